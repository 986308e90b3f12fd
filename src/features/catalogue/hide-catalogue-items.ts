import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { subjectOf, type Ctx } from '../../server/context.ts'
import type { hideCatalogueItems as contract } from './contract.ts'

/** Keeps items back, or shows them again; what a rule keeps back stays so. Items that are already so are passed over. */
export async function hideCatalogueItems(
  ctx: Ctx,
  { body }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  const { rows } = await ctx.tx.client.query<{ item_id: string }>(
    body.hidden
      ? `insert into catalogue_hidden_item (agency_id, item_id, hidden_at, hidden_by_name)
         select $1, i.id, $3, $4 from catalogue_item i where i.id = any ($2::uuid[]) and i.state <> 'draft'
         on conflict do nothing returning item_id`
      : `delete from catalogue_hidden_item where agency_id = $1 and item_id = any ($2::uuid[])
         and $3::timestamptz is not null and $4::text is not null returning item_id`,
    [ctx.agencyId, body.items, ctx.nowIso, subjectOf(ctx).name],
  )
  if (rows.length > 0)
    ctx.audit({
      action: body.hidden ? 'catalogue.hidden' : 'catalogue.shown',
      data: { items: rows.length, ids: rows.slice(0, 20).map((r) => r.item_id) },
    })
  return { changed: rows.length }
}
