import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { Refusal } from '../../server/refusal.ts'
import type { Exchange } from '../../server/route.ts'
import type { signIn as contract } from './contract.ts'
import { enter } from './enter.ts'
import { proveLogin } from './prove-password.ts'

/**
 * Signs in with an address or user name and a password (B53 to B55). 401 `sign_in.wrong` says how many tries
 * are left and, after the fifth, when to try again; 429 `sign_in.locked` until then.
 */
export async function signIn(
  ctx: Ctx,
  { body }: InputOf<typeof contract>,
  { reply }: Exchange,
): Promise<AnswerOf<typeof contract>> {
  const proof = await proveLogin(ctx, body.login, body.password)
  if (!proof.user) {
    ctx.app.log.warn(
      { requestId: ctx.requestId, realmId: ctx.realm.realmId, left: proof.attempt.left },
      'sign-in refused',
    )
    throw new Refusal(401, 'sign_in.wrong', {
      values: { left: proof.attempt.left },
      data: { ...proof.attempt },
    })
  }
  const { id, password_hash } = proof.user
  return ctx.apart((inner) =>
    enter(inner, reply, id, { method: 'password', remember: body.remember, passwordHash: password_hash }),
  )
}
