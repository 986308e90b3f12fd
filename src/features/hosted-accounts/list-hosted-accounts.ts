import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { accountRowAnswer } from './account-answers.ts'
import type * as contract from './contract.ts'
import { readAccounts } from './read-accounts.ts'

/** The agency's hosted accounts, searched, filtered and sorted (B2 to B8); ended ones only when asked for. */
export async function listHostedAccounts(
  ctx: Ctx,
  { query }: InputOf<typeof contract.listHostedAccounts>,
): Promise<AnswerOf<typeof contract.listHostedAccounts>> {
  const { limit, cursor, sort, total, ...filter } = query
  const page = await readAccounts(ctx, { filter, sort, cursor, limit, total })
  return {
    data: page.rows.map((r) => accountRowAnswer(ctx, r)),
    nextCursor: page.nextCursor,
    ...(page.total !== undefined && { total: page.total }),
  }
}
