import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import { agencyOf, type Ctx } from '../../server/context.ts'
import { operatorId } from '../../server/ids.ts'
import { Refusal, invalid, notFound } from '../../server/refusal.ts'
import type * as contract from './contract.ts'
import type { OperatorItem } from './contract.ts'
import { publishDrafts, saveItems, type ItemValues } from './save-items.ts'

/** One item with every version it had. */
export async function getOperatorItem(
  ctx: Ctx,
  { params }: InputOf<typeof contract.getOperatorItem>,
): Promise<AnswerOf<typeof contract.getOperatorItem>> {
  const item = await readOperatorItem(ctx, params.id)
  const rows = await ctx.db
    .selectFrom('catalogue_item_version')
    .selectAll()
    .where('agency_id', '=', operatorId)
    .where('item_id', '=', params.id)
    .orderBy('number', 'desc')
    .execute()
  return {
    ...item,
    versions: rows.map((v) => ({
      number: v.number,
      name: v.name,
      price: { amount: Number(v.price), currency: v.currency },
      delayDays: v.delay_days,
      createdAt: v.created_at,
      createdBy: v.created_by_name,
      publishedAt: v.published_at,
    })),
  }
}

/** Makes an item as a draft; 409 when its reference is another's. */
export async function createOperatorItem(
  ctx: Ctx,
  { body }: InputOf<typeof contract.createOperatorItem>,
): Promise<OperatorItem> {
  const { reference, ...values } = body
  checkSite(values.kind, values.site)
  const known = await ctx.db
    .selectFrom('catalogue_item')
    .select('id')
    .where('agency_id', '=', operatorId)
    .where('reference', '=', reference)
    .executeTakeFirst()
  if (known) throw new Refusal(409, 'catalogue.reference_taken', { values: { reference } })
  const [saved] = await saveItems(ctx, [{ reference, values: values as ItemValues }])
  ctx.audit({
    action: 'catalogue.item_created',
    entity: { kind: 'catalogue_item', id: saved!.id, name: body.name },
  })
  return readOperatorItem(ctx, saved!.id)
}

/** Changes an item's draft; 409 when somebody else changed it since. */
export async function updateOperatorItem(
  ctx: Ctx,
  { params, body }: InputOf<typeof contract.updateOperatorItem>,
): Promise<OperatorItem> {
  const before = await readOperatorItem(ctx, params.id, true)
  if (before.version !== body.version)
    throw new Refusal(409, 'catalogue.changed', { data: { current: before } })
  const { version: _, ...values } = body
  checkSite(values.kind ?? before.kind, values.site === undefined ? before.site : values.site)
  await saveItems(ctx, [{ reference: before.reference, values: values as Partial<ItemValues> }])
  const after = await readOperatorItem(ctx, params.id)
  ctx.audit({
    action: 'catalogue.item_drafted',
    entity: { kind: 'catalogue_item', id: params.id, name: after.name },
    data: { changes: differing(before, after) },
  })
  return after
}

function differing(before: OperatorItem, after: OperatorItem): Record<string, unknown[]> {
  const plain = (item: OperatorItem) => ({ ...item, price: item.price.amount }) as Record<string, unknown>
  const [a, b] = [plain(before), plain(after)]
  const left = ['version', 'updatedAt', 'publishedPrice', 'draftVersion', 'id']
  return Object.fromEntries(
    Object.keys(b)
      .filter((k) => !left.includes(k) && a[k] !== b[k])
      .map((k) => [k, [a[k], b[k]]]),
  )
}

function checkSite(kind: string, site: string | null | undefined): void {
  if (kind !== 'content' && !site) throw invalid({ site: 'catalogue.fault.site_missing' })
}

/** Throws the draft of a published item away. */
export async function discardItemDraft(
  ctx: Ctx,
  { params }: InputOf<typeof contract.discardItemDraft>,
): Promise<OperatorItem> {
  const item = await readOperatorItem(ctx, params.id, true)
  if (item.draftVersion === null || item.publishedVersion === null)
    throw new Refusal(409, 'catalogue.no_draft')
  await ctx.db
    .updateTable('catalogue_item')
    .set((eb) => ({ draft_number: null, updated_at: ctx.nowIso, version: eb('version', '+', 1) }))
    .where('agency_id', '=', operatorId)
    .where('id', '=', params.id)
    .execute()
  await ctx.db
    .deleteFrom('catalogue_item_version')
    .where('agency_id', '=', operatorId)
    .where('item_id', '=', params.id)
    .where('published_at', 'is', null)
    .execute()
  ctx.audit({
    action: 'catalogue.draft_discarded',
    entity: { kind: 'catalogue_item', id: params.id, name: item.name },
  })
  return readOperatorItem(ctx, params.id)
}

/** Puts drafts on sale. */
export async function publishItems(
  ctx: Ctx,
  { body }: InputOf<typeof contract.publishItems>,
): Promise<AnswerOf<typeof contract.publishItems>> {
  const published = await publishDrafts(ctx, body.items)
  if (published > 0) ctx.audit({ action: 'catalogue.published', data: { items: published } })
  return { published }
}

/** Takes items off sale or puts them back; those that are so already, or never were on sale, are passed over. */
export async function setItemsOnSale(
  ctx: Ctx,
  { body }: InputOf<typeof contract.setItemsOnSale>,
): Promise<AnswerOf<typeof contract.setItemsOnSale>> {
  const { rows } = await ctx.tx.client.query<{ id: string }>(
    `update catalogue_item set state = $3, updated_at = $4, version = version + 1
     where agency_id = $1 and id = any ($2::uuid[]) and published_number is not null and state <> $3 returning id`,
    [operatorId, body.items, body.onSale ? 'published' : 'retired', ctx.nowIso],
  )
  if (rows.length > 0)
    ctx.audit({
      action: body.onSale ? 'catalogue.put_on_sale' : 'catalogue.retired',
      data: { items: rows.length, ids: rows.slice(0, 20).map((r) => r.id) },
    })
  return { changed: rows.length }
}

/** Columns of `catalogue_item i`, over its draft `d` when there is one. */
export const operatorColumns = `i.id, i.state, i.reference, i.currency, i.published_number, i.draft_number, i.updated_at, i.version, i.price as published_price,
  coalesce(d.kind, i.kind) as kind, coalesce(d.name, i.name) as name, case when d.number is null then i.site else d.site end as site,
  coalesce(d.theme, i.theme) as theme, coalesce(d.language, i.language) as language, coalesce(d.country, i.country) as country,
  case when d.number is null then i.trust else d.trust end as trust, case when d.number is null then i.citation else d.citation end as citation,
  case when d.number is null then i.traffic else d.traffic end as traffic, coalesce(d.delay_days, i.delay_days) as delay_days,
  coalesce(d.price, i.price) as price, case when d.number is null then i.description else d.description end as description`

/** An item with its draft. */
export const withDraft = `catalogue_item i left join catalogue_item_version d on d.agency_id = i.agency_id and d.item_id = i.id and d.number = i.draft_number`

/** A line as `operatorColumns` reads it. */
export type OperatorRow = {
  id: string
  state: OperatorItem['state']
  reference: string
  kind: OperatorItem['kind']
  name: string
  site: string | null
  theme: OperatorItem['theme']
  language: string
  country: string
  trust: number | null
  citation: number | null
  traffic: number | null
  delay_days: number
  price: bigint
  published_price: bigint
  currency: string
  description: string | null
  published_number: number | null
  draft_number: number | null
  updated_at: string
  version: number
}

async function readOperatorItem(ctx: Ctx, id: string, lock = false): Promise<OperatorItem> {
  const { rows } = await ctx.tx.client.query<OperatorRow>(
    `select ${operatorColumns} from ${withDraft} where i.agency_id = $1 and i.id = $2${lock ? ' for update of i' : ''}`,
    [operatorId, id],
  )
  if (!rows[0]) throw notFound()
  return operatorItemAnswer(ctx, rows[0])
}

/** A line as the API answers it. */
export function operatorItemAnswer(ctx: Ctx, r: OperatorRow): OperatorItem {
  const money = (amount: bigint) => ({ amount: Number(amount), currency: r.currency })
  return {
    id: toPublicId('catalogueItem', r.id),
    state: r.state,
    reference: r.reference,
    kind: r.kind,
    name: r.name,
    site: r.site,
    theme: r.theme,
    language: r.language,
    country: r.country,
    trust: r.trust,
    citation: r.citation,
    traffic: r.traffic,
    delayDays: r.delay_days,
    price: { amount: Number(r.price), currency: r.currency || agencyOf(ctx).currency },
    description: r.description,
    publishedVersion: r.published_number,
    publishedPrice: r.published_number === null ? null : money(r.published_price),
    draftVersion: r.draft_number,
    updatedAt: r.updated_at,
    version: r.version,
  }
}
