import type { AnswerOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import type { listPasskeys as contract } from './contract.ts'
import { ownPasskeys, passkeyAnswer } from './passkey-rows.ts'

/** The caller's passkeys, oldest first. */
export async function listPasskeys(ctx: Ctx): Promise<AnswerOf<typeof contract>> {
  const rows = await ownPasskeys(ctx)
    .select(['id', 'name', 'created_at', 'last_used_at'])
    .orderBy('id')
    .execute()
  return { data: rows.map(passkeyAnswer) }
}
