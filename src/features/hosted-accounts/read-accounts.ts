import type { Ctx } from '../../server/context.ts'
import { readCursor, writeCursor } from '../../server/cursor.ts'
import { invalid } from '../../server/refusal.ts'
import { accountSorts, type AccountFilter, type AccountSort } from './contract.ts'

/** A line of the list as the database has it. Amounts in minor units. */
export type ReadAccount = {
  id: string
  name: string
  slug: string
  custom_domain: string | null
  domain_verified: boolean
  client_id: string
  client_name: string
  status: string
  plan_code: string
  interval: string | null
  contact_limit: number
  currency: string
  period_net: bigint
  ends_on: string | null
  cancel_at_end: boolean
  unpaid_since: string | null
  created_at: string
}

/** Totals are exact up to here (api.md, "Lists"); matches of a search beyond are not looked at: one goes on typing. */
const mostCounted = 10_000
/** Ended accounts are out of the default list (B5). */
const running = ['trial', 'active', 'cancelled', 'suspended', 'disabled']

const keys: Record<AccountSort, { expr: string; type: string }> = {
  name: { expr: 'a.name_key', type: 'text' },
  planSize: { expr: 'a.plan_size', type: 'integer' },
  createdAt: { expr: 'a.created_at', type: 'timestamptz' },
  endsOn: { expr: 'a.ends_on', type: 'date' },
}
const forms: Record<string, RegExp> = {
  text: /^[^\0]*$/s,
  integer: /^\d{1,9}$/,
  timestamptz: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$/,
  date: /^\d{4}-\d\d-\d\d$/,
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
}

/** What to read. */
export type AccountQuery = {
  filter: AccountFilter
  sort?: string | undefined
  cursor?: string | undefined
  limit: number
  /** Whether to count what matches as well. */
  total?: boolean | undefined
}

/**
 * A page of the agency's hosted accounts, by keyset, and how many match: exact to 10,000, then 10,001. 422 at `sort`
 * or `cursor` when they are none.
 */
export async function readAccounts(
  ctx: Ctx,
  { filter, sort, cursor, limit, total }: AccountQuery,
): Promise<{ rows: ReadAccount[]; nextCursor: string | null; total?: number }> {
  const { by, descending } = readSort(sort)
  const key = keys[by]
  const kind = `${descending ? '-' : ''}${by}`
  const { from, where, values } = conditions(ctx, filter)
  let after = 'true'
  if (cursor !== undefined) {
    const [, at, id] = readCursor(cursor, kind, 3)
    if (!forms[key.type]!.test(String(at)) || !forms['uuid']!.test(String(id)))
      throw invalid({ cursor: 'field.invalid' })
    values.push(at, id)
    after = `(${key.expr}, a.id) ${descending ? '<' : '>'} ($${values.length - 1}::${key.type}, $${values.length}::uuid)`
  }
  values.push(limit + 1)
  const direction = descending ? 'desc' : 'asc'
  const n = total ? `(select count(*)::int from (select from found limit ${mostCounted + 1}) x)` : 'null::int'
  const { rows } = await ctx.tx.client.query<ReadAccount & { k: string | number; n: number | null }>({
    // What a search finds is found once, for the page and its total; a list's two readings have an index each.
    text: `with found as ${filter.q ? '' : 'not '}materialized (select a.* from ${from} where ${where.join(' and ')}),
      page as materialized (
        select a.id, ${key.expr} as k from found a where ${after} order by ${key.expr} ${direction}, a.id ${direction} limit $${values.length})
      select a.id, a.name, a.slug, a.custom_domain, a.client_id, a.client_name, a.status, a.ends_on, a.created_at, page.k, ${n} as n,
        h.name is not null as domain_verified, s.plan_code, s.interval, s.contact_limit, s.currency, s.period_net, s.cancel_at_end, s.unpaid_since
      from page join hosted_account a on a.agency_id = $1 and a.id = page.id
      join subscription s on s.agency_id = $1 and s.hosted_account_id = page.id
      left join host_name h on h.name = a.custom_domain and h.agency_id = $1 and h.realm_id = a.id and h.verified_at is not null
      order by page.k ${direction}, page.id ${direction}`,
    values,
  })
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    rows: rows.slice(0, limit),
    nextCursor: last ? writeCursor([kind, last.k, last.id]) : null,
    ...(total && { total: rows[0]?.n ?? (await countAccounts(ctx, filter)) }),
  }
}

async function countAccounts(ctx: Ctx, filter: AccountFilter): Promise<number> {
  const { from, where, values } = conditions(ctx, filter)
  const { rows } = await ctx.tx.client.query<{ n: number }>({
    text: `select count(*)::int as n from (select from ${from} where ${where.join(' and ')} limit ${mostCounted + 1}) x`,
    values,
  })
  return rows[0]?.n ?? 0
}

function readSort(sort: string | undefined): { by: AccountSort; descending: boolean } {
  if (sort === undefined || sort === '') return { by: 'name', descending: false }
  const descending = sort.startsWith('-')
  const by = accountSorts.find((s) => s === sort.slice(descending ? 1 : 0))
  if (!by) throw invalid({ sort: 'field.choice' })
  return { by, descending }
}

function conditions(ctx: Ctx, filter: AccountFilter): { from: string; where: string[]; values: unknown[] } {
  const values: unknown[] = [ctx.agencyId]
  const add = (value: unknown) => `$${values.push(value)}`
  const where = ['a.agency_id = $1']
  const status = filter.status ?? 'running'
  if (status === 'running') where.push(`a.status = any (${add(running)}::text[])`)
  else if (status !== 'all') where.push(`a.status = ${add(status)}`)
  if (filter.type) where.push(`a.plan_type = ${add(filter.type)}`)
  if (filter.client) where.push(`a.client_id = ${add(filter.client)}::uuid`)
  if (filter.endsFrom) where.push(`a.ends_on >= ${add(filter.endsFrom)}::date`)
  if (filter.endsTo) where.push(`a.ends_on <= ${add(filter.endsTo)}::date`)
  const from = filter.q ? `find_hosted_accounts(${add(filter.q)}, ${mostCounted + 1}) a` : 'hosted_account a'
  return { from, where, values }
}
