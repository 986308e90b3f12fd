import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { fromPublicId } from '../../contract/ids.ts'
import type { Ctx } from '../../server/context.ts'
import { invalid } from '../../server/refusal.ts'
import type * as contract from './contract.ts'
import { purchaseAnswers, visiblePurchases } from './purchase-answer.ts'

/** Purchases in sight, newest first, by keyset pages. */
export async function listPurchases(
  ctx: Ctx,
  { query }: InputOf<typeof contract.listPurchases>,
): Promise<AnswerOf<typeof contract.listPurchases>> {
  const before = query.cursor === undefined ? undefined : fromPublicId('purchase', query.cursor)
  if (query.cursor !== undefined && before === undefined) throw invalid({ cursor: 'field.invalid' })
  const rows = await visiblePurchases(ctx)
    .selectAll('purchase')
    .$if(before !== undefined, (q) => q.where('purchase.id', '<', before!))
    .$if(query.state !== undefined, (q) => q.where('purchase.state', '=', query.state!))
    .$if(query.open === true, (q) =>
      q.where('purchase.state', 'in', ['pending', 'requires_action', 'failed']),
    )
    .orderBy('purchase.id', 'desc')
    .limit(query.limit + 1)
    .execute()
  const data = await purchaseAnswers(ctx, rows.slice(0, query.limit))
  return { data, nextCursor: rows.length > query.limit ? data.at(-1)!.id : null }
}
