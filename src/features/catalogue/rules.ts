import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import { agencyOf, subjectOf, type Ctx } from '../../server/context.ts'
import { newId } from '../../server/ids.ts'
import { Refusal, invalid, notFound } from '../../server/refusal.ts'
import type {
  CatalogueRule,
  createCatalogueRule as create,
  deleteCatalogueRule as remove,
  listCatalogueRules as list,
  moveCatalogueRule as move,
} from './contract.ts'
import { offerOf } from './offer.ts'
import { ruleSql, type Rule } from './retail.ts'

/** Rules of one agency at most: each is tried for every item. */
const mostRules = 50

type Kept = Rule & { position: number; created_at: string; created_by_name: string }

/** The agency's rules in the order they are tried, with how many items on sale each fits. */
export async function listCatalogueRules(ctx: Ctx): Promise<AnswerOf<typeof list>> {
  const rules = await keptRules(ctx)
  const counts = await countFitting(ctx, rules)
  return { data: rules.map((r, i) => ruleAnswer(ctx, r, i, counts[i]!)) }
}

/** Adds a rule after the others; 422 when it says nothing, or its prices are the wrong way round. */
export async function createCatalogueRule(
  ctx: Ctx,
  { body }: InputOf<typeof create>,
): Promise<AnswerOf<typeof create>> {
  const rules = await lockedRules(ctx)
  if (rules.length >= mostRules)
    throw new Refusal(409, 'catalogue.too_many_rules', { values: { most: mostRules } })
  if (body.priceFrom !== null && body.priceTo !== null && body.priceTo < body.priceFrom)
    throw invalid({ priceTo: 'catalogue.fault.range' })
  const conditions = [
    body.kind,
    body.theme,
    body.language,
    body.country,
    body.priceFrom,
    body.priceTo,
    body.trustBelow,
  ]
  // Hiding everything would leave an empty catalogue, which nobody means.
  if (body.effect === 'hide' && conditions.every((c) => c === null))
    throw invalid({ effect: 'catalogue.fault.everything' })
  const margin = body.effect === 'margin'
  const id = newId()
  await ctx.db
    .insertInto('catalogue_rule')
    .values({
      agency_id: ctx.agencyId,
      id,
      effect: body.effect,
      position: (rules.at(-1)?.position ?? -1) + 1,
      kind: body.kind,
      theme: body.theme,
      language: body.language,
      country: body.country,
      price_from: body.priceFrom === null ? null : BigInt(body.priceFrom),
      price_to: body.priceTo === null ? null : BigInt(body.priceTo),
      trust_below: body.trustBelow,
      percent_basis_points: margin ? body.percentBasisPoints : 0,
      fixed: margin ? BigInt(body.fixed) : 0n,
      round_to: margin ? BigInt(body.roundTo) : 1n,
      created_at: ctx.nowIso,
      created_by_name: subjectOf(ctx).name,
    })
    .execute()
  const made = (await keptRules(ctx)).at(-1)!
  ctx.audit({ action: 'catalogue.rule_created', data: ruleFacts(made) })
  return ruleAnswer(ctx, made, rules.length, (await countFitting(ctx, [made]))[0]!)
}

/** Puts a rule at another place among the others. */
export async function moveCatalogueRule(
  ctx: Ctx,
  { params, body }: InputOf<typeof move>,
): Promise<AnswerOf<typeof move>> {
  const rules = await lockedRules(ctx)
  const moved = rules.find((r) => r.id === params.id)
  if (!moved) throw notFound()
  const order = rules.filter((r) => r !== moved).toSpliced(body.position, 0, moved)
  await ctx.tx.client.query(
    `update catalogue_rule r set position = o.n - 1 from unnest($2::uuid[]) with ordinality as o(id, n)
     where r.agency_id = $1 and r.id = o.id`,
    [ctx.agencyId, order.map((r) => r.id)],
  )
  ctx.audit({
    action: 'catalogue.rule_moved',
    data: { ...ruleFacts(moved), changes: { position: [rules.indexOf(moved), order.indexOf(moved)] } },
  })
  return {}
}

/** Takes a rule away: what it kept back is shown, what it priced goes by the next rule. */
export async function deleteCatalogueRule(
  ctx: Ctx,
  { params }: InputOf<typeof remove>,
): Promise<AnswerOf<typeof remove>> {
  const gone = (await lockedRules(ctx)).find((r) => r.id === params.id)
  if (!gone) throw notFound()
  await ctx.db
    .deleteFrom('catalogue_rule')
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', gone.id)
    .execute()
  ctx.audit({ action: 'catalogue.rule_deleted', data: ruleFacts(gone) })
  return {}
}

/** The same for who changes them: one at a time, since a rule's place is among the others. */
async function lockedRules(ctx: Ctx): Promise<Kept[]> {
  await ctx.tx.query('catalogue_rules_lock', `select pg_advisory_xact_lock(hashtextextended($1, 14))`, [
    ctx.agencyId,
  ])
  return keptRules(ctx)
}

/** What the journal keeps of a rule: all that it says, minor units and hundredths of a percent as numbers. */
function ruleFacts(r: Kept): Record<string, unknown> {
  const said = {
    kind: r.kind,
    theme: r.theme,
    language: r.language,
    country: r.country,
    priceFrom: r.price_from,
    priceTo: r.price_to,
    trustBelow: r.trust_below,
    ...(r.effect === 'margin' && {
      percentBasisPoints: r.percent_basis_points,
      fixed: r.fixed,
      roundTo: r.round_to,
    }),
  }
  const facts = Object.entries(said).filter(([, value]) => value !== null)
  return {
    effect: r.effect,
    position: r.position,
    ...Object.fromEntries(facts.map(([name, v]) => [name, typeof v === 'bigint' ? Number(v) : v])),
  }
}

async function keptRules(ctx: Ctx): Promise<Kept[]> {
  const { rows } = await ctx.tx.client.query<Kept>(
    `select id, effect, position, kind, theme, language, country, price_from, price_to, trust_below, percent_basis_points, fixed, round_to, created_at, created_by_name
     from catalogue_rule where agency_id = $1 order by position, id`,
    [ctx.agencyId],
  )
  return rows
}

async function countFitting(ctx: Ctx, rules: readonly Kept[]): Promise<number[]> {
  if (rules.length === 0) return []
  const offer = offerOf(ctx, { rules: [], hides: false, prices: false })
  const counts = rules.map((r, i) => `(count(*) filter (where ${ruleSql(r, offer.s)}))::int as n${i}`)
  const { rows } = await ctx.tx.client.query<Record<string, number>>({
    text: `select ${counts.join(', ')} from ${offer.from} where ${offer.where.join(' and ')}`,
    values: offer.s.values,
  })
  return rules.map((_, i) => rows[0]![`n${i}`]!)
}

function ruleAnswer(ctx: Ctx, r: Kept, position: number, items: number): CatalogueRule {
  const { currency } = agencyOf(ctx)
  const money = (amount: bigint | null) => (amount === null ? null : { amount: Number(amount), currency })
  return {
    id: toPublicId('catalogueRule', r.id),
    position,
    effect: r.effect,
    kind: r.kind,
    theme: r.theme as CatalogueRule['theme'],
    language: r.language,
    country: r.country,
    priceFrom: money(r.price_from),
    priceTo: money(r.price_to),
    trustBelow: r.trust_below,
    percentBasisPoints: r.percent_basis_points,
    fixed: { amount: Number(r.fixed), currency },
    roundTo: Number(r.round_to),
    items,
    createdAt: r.created_at,
    createdBy: r.created_by_name,
  }
}
