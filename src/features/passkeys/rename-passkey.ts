import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { subjectOf, type Ctx } from '../../server/context.ts'
import { notFound } from '../../server/refusal.ts'
import type { renamePasskey as contract } from './contract.ts'
import { passkeyAnswer } from './passkey-rows.ts'

/** Gives one of the caller's passkeys another name. */
export async function renamePasskey(
  ctx: Ctx,
  { params, body }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  const { userId, memberId } = subjectOf(ctx)
  const row = await ctx.db
    .updateTable('passkey')
    .set({ name: body.name })
    .where('agency_id', '=', ctx.agencyId)
    .where('user_id', '=', userId)
    .where('id', '=', params.id)
    .returning(['id', 'name', 'created_at', 'last_used_at'])
    .executeTakeFirst()
  if (!row) throw notFound()
  ctx.audit({ action: 'passkey.renamed', memberId, entity: { kind: 'passkey', id: row.id, name: row.name } })
  return passkeyAnswer(row)
}
