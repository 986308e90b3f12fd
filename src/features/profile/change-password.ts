import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { revokeTokens } from '../../server/one-time-token.ts'
import { checkNewPassword, hashPassword } from '../passwords/public.ts'
import { endSessionsOf, proveOwnPassword, setPassword } from '../sign-in/public.ts'
import type { changePassword as contract } from './contract.ts'

/** Changes the caller's password once the current one is proved; ends every other session and voids reset links. */
export async function changePassword(
  ctx: Ctx,
  { body }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  const user = await proveOwnPassword(ctx, body.currentPassword)
  checkNewPassword(body.password, {
    email: user.email,
    name: user.name,
    userName: user.user_name,
    agencyName: ctx.agency?.name ?? null,
  })
  const hash = await hashPassword(body.password)
  return ctx.apart(async (inner) => {
    await setPassword(inner, user, hash)
    await revokeTokens(inner, user.id, 'password_reset', 'second_factor')
    return { endedSessions: await endSessionsOf(inner, user.id, ctx.session?.id) }
  })
}
