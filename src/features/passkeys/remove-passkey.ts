import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { notFound } from '../../server/refusal.ts'
import { proveOwnPassword, sendSecurityMail } from '../sign-in/public.ts'
import type { removePasskey as contract } from './contract.ts'

/** Removes one of the caller's passkeys, once the password is proved. */
export async function removePasskey(
  ctx: Ctx,
  { params, body }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  const user = await proveOwnPassword(ctx, body.currentPassword)
  await ctx.apart(async (inner) => {
    const row = await inner.db
      .deleteFrom('passkey')
      .where('agency_id', '=', ctx.agencyId)
      .where('user_id', '=', user.id)
      .where('id', '=', params.id)
      .returning(['id', 'name'])
      .executeTakeFirst()
    if (!row) throw notFound()
    inner.audit({
      action: 'passkey.removed',
      memberId: user.member_id,
      entity: { kind: 'passkey', id: row.id, name: row.name },
    })
    await sendSecurityMail(inner, user, 'passkey_removed')
  })
  return {}
}
