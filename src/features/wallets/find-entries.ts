import { sql } from 'kysely'
import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { agencyOf, memberOf, type Ctx } from '../../server/context.ts'
import type { exportEntries, listEntries } from './contract.ts'
import { reasonText } from './get-wallet.ts'

/** Filters of a statement. */
export type EntryFilters = InputOf<typeof exportEntries>['query']
/** A line of a statement as the API answers it. */
export type Entry = AnswerOf<typeof listEntries>['data'][number]
/** Where a page ends: the last entry's instant and number. */
export type EntryPlace = [occurredAt: string, number: string]

type Row = {
  number: bigint
  occurred_at: string
  amount: bigint
  balance_after: bigint
  reason: string
  note: string | null
  actor_user_id: string | null
  actor_name: string
  subject_name: string | null
  owner_kind: string | null
  code: string | null
  other_name: string | null
}

/**
 * Entries of a wallet that match, `limit` of them from `place` on, newest or oldest first. A client's own
 * people read "the agency" for whoever in it is on the other side.
 */
export async function findEntries(
  ctx: Ctx,
  wallet: { id: string; unit: string; owner_kind: string },
  filters: EntryFilters,
  page: { limit: number; place?: EntryPlace | undefined; oldestFirst?: boolean },
): Promise<Entry[]> {
  const direction = sql.raw(page.oldestFirst ? 'asc' : 'desc')
  const beyond = sql.raw(page.oldestFirst ? '>' : '<')
  const { rows } = await sql<Row>`
    select e.number, e.occurred_at, e.amount, e.balance_after, m.reason, m.note, m.actor_user_id, m.actor_name, m.subject_name,
      o.owner_kind, o.code, coalesce(c.name, u.name, h.name) as other_name
    from entry e
    join money_transfer m on m.agency_id = e.agency_id and m.id = e.money_transfer_id
    left join lateral (
      select w.owner_kind, w.owner_id, w.code from entry x join wallet w on w.agency_id = x.agency_id and w.id = x.wallet_id
      where x.agency_id = e.agency_id and x.money_transfer_id = e.money_transfer_id and x.line <> e.line and w.unit = ${wallet.unit}
      order by ((x.amount > 0) <> (e.amount > 0)) desc, (w.owner_kind = 'counterpart') desc, abs(x.amount) desc limit 1) o on true
    left join client c on c.agency_id = e.agency_id and o.owner_kind = 'client' and c.id = o.owner_id
    left join member mm on mm.agency_id = e.agency_id and o.owner_kind = 'member' and mm.id = o.owner_id
    left join realm_user u on u.agency_id = e.agency_id and u.id = mm.user_id
    left join hosted_account h on h.agency_id = e.agency_id and o.owner_kind = 'hosted_account' and h.id = o.owner_id
    where e.agency_id = ${ctx.agencyId} and e.wallet_id = ${wallet.id}
      ${page.place ? sql`and (e.occurred_at, e.number) ${beyond} (${page.place[0]}::timestamptz, ${page.place[1]}::bigint)` : sql``}
      ${filters.from ? sql`and e.occurred_at >= ${startOf(ctx, filters.from)}::timestamptz` : sql``}
      ${filters.to ? sql`and e.occurred_at < ${startOf(ctx, filters.to, 1)}::timestamptz` : sql``}
      ${filters.direction ? sql`and ${filters.direction === 'in' ? sql`e.amount > 0` : sql`e.amount < 0`}` : sql``}
      ${filters.reason ? sql`and m.reason = ${filters.reason}` : sql``}
    order by e.occurred_at ${direction}, e.number ${direction} limit ${page.limit}`.execute(ctx.db)
  const clientEyes = memberOf(ctx).role === 'client'
  const amount = (value: bigint) => ({ amount: Number(value), currency: wallet.unit })
  return rows.map((r) => ({
    number: Number(r.number),
    occurredAt: r.occurred_at,
    reason: r.reason,
    label: reasonText(ctx, r.reason, wallet.owner_kind),
    amount: amount(r.amount),
    balanceAfter: amount(r.balance_after),
    other: r.owner_kind === null ? null : otherOf(ctx, r, clientEyes),
    note: r.note,
    by:
      r.actor_user_id === null || (clientEyes && r.actor_user_id !== ctx.actor?.userId)
        ? null
        : { name: r.subject_name ?? r.actor_name, via: r.subject_name === null ? null : r.actor_name },
  }))
}

function otherOf(ctx: Ctx, r: Row, clientEyes: boolean): { kind: string; name: string } {
  // How an order's money is shared out says what it cost the agency, which is its owners' to know.
  if (r.reason.startsWith('order.') && !ctx.may('orders.cost'))
    return { kind: 'agency', name: agencyOf(ctx).name }
  if (r.owner_kind === 'counterpart')
    return { kind: r.code!, name: ctx.app.texts.t(ctx.locale, `wallet.counterpart.${r.code!}`) }
  if (r.owner_kind === 'agency' || (clientEyes && r.owner_kind === 'member'))
    return { kind: 'agency', name: agencyOf(ctx).name }
  return { kind: r.owner_kind!, name: r.other_name ?? '' }
}

/** Start of a day, `plus` days on, in the agency's time zone. */
function startOf(ctx: Ctx, date: string, plus = 0): string {
  return Temporal.PlainDate.from(date)
    .add({ days: plus })
    .toZonedDateTime(agencyOf(ctx).timeZone)
    .toInstant()
    .toString()
}
