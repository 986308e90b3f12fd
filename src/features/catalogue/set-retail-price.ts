import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { subjectOf, type Ctx } from '../../server/context.ts'
import type { setRetailPrice as contract } from './contract.ts'
import { readItem } from './get-catalogue-item.ts'

/** Sets an item's retail price by hand; null leaves it to the margin rules. Orders already placed keep theirs. */
export async function setRetailPrice(
  ctx: Ctx,
  { params, body }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  const before = await readItem(ctx, params.id)
  await ctx.tx.client.query(
    body.amount === null
      ? `delete from catalogue_retail_price where agency_id = $1 and item_id = $2
           and $3::bigint is null and $4::timestamptz is not null and $5::text is not null`
      : `insert into catalogue_retail_price (agency_id, item_id, amount, set_at, set_by_name) values ($1, $2, $3, $4, $5)
         on conflict (agency_id, item_id) do update set amount = excluded.amount, set_at = excluded.set_at, set_by_name = excluded.set_by_name`,
    [ctx.agencyId, params.id, body.amount, ctx.nowIso, subjectOf(ctx).name],
  )
  const after = await readItem(ctx, params.id)
  if (after.retail.amount !== before.retail.amount || after.retailSource !== before.retailSource)
    ctx.audit({
      action: 'catalogue.price_set',
      entity: { kind: 'catalogue_item', id: params.id, name: after.name },
      data: { changes: { price: [before.retail.amount, after.retail.amount] } },
    })
  return after
}
