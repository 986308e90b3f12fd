import { agencyOf, type Ctx } from '../../server/context.ts'
import { operatorId } from '../../server/ids.ts'
import { newStatement, type Statement } from '../../server/statement.ts'
import { retailSql, ruleSql, type Rule } from './retail.ts'

/** What an agency makes of the catalogue: its rules in order, and whether it treats any item by itself. */
export type Terms = { rules: Rule[]; hides: boolean; prices: boolean }

/** The terms of the agency the call runs in. */
export async function termsOf(ctx: Ctx): Promise<Terms> {
  const [rules, own] = await Promise.all([
    ctx.tx.query<Rule>(
      'catalogue_rules',
      `select id, effect, kind, theme, language, country, price_from, price_to, trust_below, percent_basis_points, fixed, round_to
       from catalogue_rule where agency_id = $1 order by position, id`,
      [ctx.agencyId],
    ),
    ctx.tx.query<{ hides: boolean; prices: boolean }>(
      'catalogue_own',
      `select exists (select from catalogue_hidden_item where agency_id = $1) as hides,
         exists (select from catalogue_retail_price where agency_id = $1) as prices`,
      [ctx.agencyId],
    ),
  ])
  return { rules, hides: own[0]!.hides, prices: own[0]!.prices }
}

/** The catalogue as one agency offers it, for SQL. */
export type Offer = {
  s: Statement
  /** `catalogue_item i` and what belongs to it. */
  from: string
  /** On sale, in the agency's currency: every statement begins with it. */
  where: string[]
  /** Retail price, minor units; its values join the statement when it is first asked for. */
  retail(): string
  /** The price set by hand, or null. */
  own: string
  /** Kept back, by itself or by a rule. */
  hiddenItem: string
  hiddenRule: string
}

/** Begins a statement over the catalogue under an agency's terms. */
export function offerOf(ctx: Ctx, terms: Terms): Offer {
  const s = newStatement(ctx)
  const margins = terms.rules.filter((r) => r.effect === 'margin')
  const hiding = terms.rules.filter((r) => r.effect === 'hide').map((r) => ruleSql(r, s))
  let retail: string | undefined
  const own = terms.prices ? 'p.amount' : 'null::bigint'
  return {
    s,
    from: `catalogue_item i${terms.prices ? ' left join catalogue_retail_price p on p.agency_id = $1 and p.item_id = i.id' : ''}`,
    where: [
      `i.agency_id = '${operatorId}'`,
      `i.state = 'published'`,
      // The agency is always the first value, used or not.
      '$1::uuid is not null',
      `i.currency = ${s.add(agencyOf(ctx).currency, 'text')}`,
    ],
    retail: () => (retail ??= retailSql(margins, s, terms.prices ? own : null)),
    own,
    hiddenItem: terms.hides
      ? 'exists (select from catalogue_hidden_item h where h.agency_id = $1 and h.item_id = i.id)'
      : 'false',
    hiddenRule: hiding.length === 0 ? 'false' : `(${hiding.join(' or ')})`,
  }
}
