import type { ItemKind, ItemTheme } from '../../contract/catalogue-fields.ts'
import { agencyOf, type Ctx } from '../../server/context.ts'
import { newId, operatorId } from '../../server/ids.ts'

/** What is said of an item; `price` is wholesale, minor units of the operator's currency. */
export type ItemValues = {
  kind: ItemKind
  name: string
  site: string | null
  theme: ItemTheme
  language: string
  country: string
  trust: number | null
  citation: number | null
  traffic: number | null
  delayDays: number
  price: number
  description: string | null
}

/** What an import or a form gives: a reference, and the values that are said; others stay, or take their default. */
export type GivenItem = { reference: string; values: Partial<ItemValues> }

/** What became of a given item. */
export type SavedItem = { id: string; state: 'created' | 'updated' | 'unchanged' }

const defaults: Omit<ItemValues, 'name' | 'price'> = {
  kind: 'link',
  site: null,
  theme: 'general',
  language: 'fr',
  country: 'FR',
  trust: null,
  citation: null,
  traffic: null,
  delayDays: 7,
  description: null,
}
const fields = Object.keys({ ...defaults, name: '', price: 0 }) as (keyof ItemValues)[]

type Known = ItemValues & {
  id: string
  reference: string
  state: string
  draft_number: number | null
  last_number: number
}
type Draft = ItemValues & { id: string; reference: string; number: number; fresh: boolean; inPlace: boolean }

/**
 * Brings items to what is given, as drafts: a new one is made, a known one (by its reference) gets a draft or has
 * its draft changed, and what is on sale stays as it is. What already says the same is left alone, so that the same
 * file again changes nothing. In the operator's tenant only; a few statements whatever the number. Gives what
 * became of each, in order; a given item that lacks a name or price when new is not made: null.
 */
export async function saveItems(ctx: Ctx, given: readonly GivenItem[]): Promise<(SavedItem | null)[]> {
  const known = await knownItems(
    ctx,
    given.map((g) => g.reference),
  )
  const drafts: Draft[] = []
  const outcomes = given.map((g): SavedItem | null => {
    const before = known.get(g.reference)
    if (!before && (g.values.name === undefined || g.values.price === undefined)) return null
    const values = { ...defaults, ...(before && pick(before)), ...said(g.values) } as ItemValues
    if (before && fields.every((f) => before[f] === values[f])) return { id: before.id, state: 'unchanged' }
    const id = before?.id ?? newId()
    drafts.push({
      ...values,
      id,
      reference: g.reference,
      number: before ? (before.draft_number ?? before.last_number + 1) : 1,
      fresh: before === undefined,
      // Never on sale yet: the list shows the draft itself.
      inPlace: before === undefined || before.state === 'draft',
    })
    return { id, state: before ? 'updated' : 'created' }
  })
  await keepDrafts(ctx, drafts)
  return outcomes
}

function said(values: Partial<ItemValues>): Partial<ItemValues> {
  return Object.fromEntries(Object.entries(values).filter(([, v]) => v !== undefined))
}

function pick(item: Known): ItemValues {
  return Object.fromEntries(fields.map((f) => [f, item[f]])) as ItemValues
}

/** Known items by reference, with the values of their draft when there is one. Locked: two imports take turns. */
async function knownItems(ctx: Ctx, references: readonly string[]): Promise<Map<string, Known>> {
  const rows = await ctx.tx.query<Omit<Known, 'price'> & { price: bigint }>(
    'catalogue_known',
    `select i.id, i.reference, i.state, i.draft_number,
       (select coalesce(max(number), 0) from catalogue_item_version l where l.agency_id = $1 and l.item_id = i.id) as last_number,
       coalesce(v.kind, i.kind) as kind, coalesce(v.name, i.name) as name, case when v.number is null then i.site else v.site end as site,
       coalesce(v.theme, i.theme) as theme, coalesce(v.language, i.language) as language, coalesce(v.country, i.country) as country,
       case when v.number is null then i.trust else v.trust end as trust, case when v.number is null then i.citation else v.citation end as citation,
       case when v.number is null then i.traffic else v.traffic end as traffic, coalesce(v.delay_days, i.delay_days) as "delayDays",
       coalesce(v.price, i.price) as price, case when v.number is null then i.description else v.description end as description
     from catalogue_item i
     left join catalogue_item_version v on v.agency_id = $1 and v.item_id = i.id and v.number = i.draft_number
     where i.agency_id = $1 and i.reference = any ($2::text[]) order by i.id for update of i`,
    [operatorId, references],
  )
  return new Map(rows.map((r) => [r.reference, { ...r, price: Number(r.price) }]))
}

const columns = `kind, name, site, theme, language, country, trust, citation, traffic, delay_days, price, description`
const given = `x(id uuid, reference text, number int, fresh boolean, "inPlace" boolean, kind text, name text, site text, theme text,
  language text, country text, trust int, citation int, traffic int, "delayDays" int, price bigint, description text)`
const taken = `x.kind, x.name, x.site, x.theme, x.language, x.country, x.trust, x.citation, x.traffic, x."delayDays", x.price, x.description`

async function keepDrafts(ctx: Ctx, drafts: readonly Draft[]): Promise<void> {
  if (drafts.length === 0) return
  const json = JSON.stringify(drafts)
  const { currency } = agencyOf(ctx)
  await ctx.tx.query(
    'catalogue_insert',
    `insert into catalogue_item (agency_id, id, reference, ${columns}, currency, draft_number, created_at, updated_at)
     select $1, x.id, x.reference, ${taken}, $3, 1, $4, $4 from jsonb_to_recordset($2::jsonb) as ${given} where x.fresh`,
    [operatorId, json, currency, ctx.nowIso],
  )
  await ctx.tx.query(
    'catalogue_draft',
    `insert into catalogue_item_version (agency_id, item_id, number, ${columns}, currency, created_at, created_by_name)
     select $1, x.id, x.number, ${taken}, $3, $4, $5 from jsonb_to_recordset($2::jsonb) as ${given}
     on conflict (agency_id, item_id, number) do update set kind = excluded.kind, name = excluded.name, site = excluded.site,
       theme = excluded.theme, language = excluded.language, country = excluded.country, trust = excluded.trust,
       citation = excluded.citation, traffic = excluded.traffic, delay_days = excluded.delay_days, price = excluded.price,
       description = excluded.description, created_at = excluded.created_at, created_by_name = excluded.created_by_name`,
    [operatorId, json, currency, ctx.nowIso, ctx.subject?.name ?? 'Canopée'],
  )
  await ctx.tx.query(
    'catalogue_drafted',
    `update catalogue_item i set draft_number = x.number, updated_at = $3, version = i.version + 1
     from jsonb_to_recordset($2::jsonb) as ${given} where i.agency_id = $1 and i.id = x.id and not x.fresh`,
    [operatorId, json, ctx.nowIso],
  )
  await ctx.tx.query(
    'catalogue_drafted_in_place',
    `update catalogue_item i set (${columns}) = (${taken})
     from jsonb_to_recordset($2::jsonb) as ${given} where i.agency_id = $1 and i.id = x.id and x."inPlace" and not x.fresh`,
    [operatorId, json],
  )
}

/** Puts the drafts of these items, or of all, on sale; gives how many. Published versions never change from then on. */
export async function publishDrafts(ctx: Ctx, items: readonly string[] | 'all'): Promise<number> {
  const { rows } = await ctx.tx.client.query<{ n: number }>(
    `with published as (
       update catalogue_item_version v set published_at = $2
       where v.agency_id = $1 and v.published_at is null and ($3::uuid[] is null or v.item_id = any ($3::uuid[])) returning v.*),
     moved as (
       update catalogue_item i set (${columns}) = (${columns
         .split(', ')
         .map((c) => `v.${c}`)
         .join(', ')}), state = 'published', published_number = v.number, draft_number = null,
         published_at = coalesce(i.published_at, $2), updated_at = $2, version = i.version + 1
       from published v where i.agency_id = $1 and i.id = v.item_id returning i.id)
     select count(*)::int as n from moved`,
    [operatorId, ctx.nowIso, items === 'all' ? null : items],
  )
  return rows[0]!.n
}
