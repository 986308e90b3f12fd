import type { Ctx } from '../../server/context.ts'
import type { Locale } from '../../contract/common.ts'
import { toPublicId } from '../../contract/ids.ts'
import { agencyOf } from '../../server/context.ts'
import { linkTo } from '../../server/hosts.ts'
import { queueMail } from '../../server/mail.ts'
import { notifyUsers } from '../notifications/public.ts'
import { moneyText } from '../wallets/public.ts'
import type { BudgetNode } from './budget-node.ts'
import { waysUp } from './budget-tree.ts'
import { responsibleFor, type Told } from './responsible-for.ts'

type Low = {
  owner_kind: BudgetNode['kind']
  owner_id: string
  name: string
  available: bigint
  alert_below: bigint
}

/**
 * Warns, once each time, of budgets that fell below what was agreed: the level itself and the one above it, in
 * the product and by mail. What is well filled again can be warned of again.
 */
export async function warnOfLowBudgets(ctx: Ctx): Promise<void> {
  await ctx.tx.query('end_budget_warnings', endedSql, [ctx.agencyId, agencyOf(ctx).currency])
  const low = await ctx.tx.query<Low>('low_budgets', lowSql, [
    ctx.agencyId,
    agencyOf(ctx).currency,
    ctx.nowIso,
  ])
  if (low.length === 0) return
  const nodes: BudgetNode[] = low.map((l) =>
    l.owner_kind === 'agency' ? { kind: 'agency' } : { kind: l.owner_kind, id: l.owner_id },
  )
  const ways = await waysUp(ctx, nodes)
  for (const [i, l] of low.entries()) {
    const told = new Map<string, Told>()
    for (const node of [ways[i]![0]!, ways[i]![1]])
      if (node) for (const who of await responsibleFor(ctx, node)) told.set(who.userId, who)
    for (const who of told.values()) await warn(ctx, who, l)
  }
}

async function warn(ctx: Ctx, who: Told, low: Low): Promise<void> {
  const agency = agencyOf(ctx)
  const locale: Locale = who.locale ?? agency.locale
  const { texts, config } = ctx.app
  const values = {
    name: low.owner_kind === 'agency' ? agency.name : low.name,
    available: moneyText(locale, low.available, agency.currency),
    limit: moneyText(locale, low.alert_below, agency.currency),
  }
  // To the very balance, where it can be filled.
  const link =
    low.owner_kind === 'agency' ? '/budgets' : `/budgets/${toPublicId(low.owner_kind, low.owner_id)}`
  await notifyUsers(ctx, [who.userId], { kind: 'budget_low', values, link })
  await queueMail(ctx, {
    kind: 'budgets.low',
    to: { email: who.email, name: who.name, userId: who.userId },
    locale,
    body: {
      subject: texts.t(locale, 'budgets.mail.low.subject', values),
      title: texts.t(locale, 'budgets.mail.low.title', values),
      paragraphs: [texts.t(locale, 'budgets.mail.low.text', values)],
      button: {
        label: texts.t(locale, 'budgets.mail.low.button'),
        url: linkTo(config, ctx.realm, link),
      },
    },
  })
}

const available = `coalesce((select w.balance - w.held from wallet w where w.agency_id = r.agency_id and w.owner_kind = r.owner_kind
    and w.owner_id = r.owner_id and w.purpose = 'budget' and w.code = '' and w.unit = $2), 0)`

const endedSql = `update budget_rule r set alerted_at = null where r.agency_id = $1 and r.alerted_at is not null
  and (r.alert_below is null or ${available} >= r.alert_below)`

const lowSql = `with low as (
    update budget_rule r set alerted_at = $3 where r.agency_id = $1 and r.alert_below is not null and r.alerted_at is null
      and ${available} < r.alert_below
    returning r.owner_kind, r.owner_id, r.alert_below, ${available} as available)
  select low.*, coalesce(c.name, u.name, '') as name from low
  left join client c on c.agency_id = $1 and low.owner_kind = 'client' and c.id = low.owner_id
  left join member m on m.agency_id = $1 and low.owner_kind = 'member' and m.id = low.owner_id
  left join realm_user u on u.agency_id = $1 and u.id = m.user_id
  where c.status is distinct from 'archived' and m.state is distinct from 'disabled'`
