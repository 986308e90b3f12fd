import type pg from 'pg'
import { operatorId } from './ids.ts'
import { invoiceChecks } from './invoice-checks.ts'
import { ledgerChecks } from './ledger-checks.ts'
import { isMigrated } from './migrate.ts'

/** One thing that must always hold, and what was found against it (nothing: it holds). */
export type Finding = { check: string; broken: string[] }

/** One promise about the data of one tenant ($1): its query gives one line `fault` per fault, at most 20. */
export type Check = {
  /** Word in the text key `health.check.<id>`. */
  id: string
  name: string
  sql: string
  /** Checked every few minutes and shown to the operator; others only by `verify`. */
  often?: true
}

// Each query gives one line per fault, of the tenant $1. At most 20 are named: one is enough to look.
const perTenant: readonly Check[] = [
  {
    id: 'audit_chain',
    name: 'audit chain: every event sealed by the one before, none missing, none changed',
    sql: `
      select 'agency ' || $1::text || ', event ' || seq as fault from (
        select e.seq, e.previous_hash, e.hash, audit_hash(e.previous_hash, e) as sealed,
          coalesce(lag(e.hash) over (order by e.seq), sha256(convert_to($1::text, 'UTF8'))) as before,
          row_number() over (order by e.seq) as place
        from audit_event e where e.agency_id = $1::uuid) c
      where c.hash <> c.sealed or c.previous_hash <> c.before or c.seq <> c.place
      union all
      select 'agency ' || $1::text || ', head of the chain' from audit_chain h
      left join lateral (select seq, hash from audit_event where agency_id = $1::uuid order by seq desc limit 1) e on true
      where h.agency_id = $1::uuid and h.seq > 0 and (h.seq, h.hash) is distinct from (e.seq, e.hash)
      union all
      select 'agency ' || $1::text || ', events without a head' where exists (select from audit_event e where e.agency_id = $1::uuid)
        and not exists (select from audit_chain h where h.agency_id = $1::uuid and h.seq > 0)
      limit 20`,
  },
  {
    id: 'member_tree',
    name: 'member tree: its closure equals it, and it has no cycle',
    sql: `
      with recursive up as (
        select id as descendant_id, id as ancestor_id, 0 as depth from member where agency_id = $1::uuid
        union all
        select up.descendant_id, m.parent_id, up.depth + 1 from up join member m on m.agency_id = $1::uuid and m.id = up.ancestor_id
        where m.parent_id is not null and up.depth < 1000)
      select 'agency ' || $1::text || ', member ' || coalesce(t.descendant_id, c.descendant_id) || ' below ' || coalesce(t.ancestor_id, c.ancestor_id) as fault
      from up t full join (select * from member_closure where agency_id = $1::uuid) c
        on (c.ancestor_id, c.descendant_id, c.depth) = (t.ancestor_id, t.descendant_id, t.depth)
      where t.descendant_id is null or c.descendant_id is null limit 20`,
  },
  {
    id: 'assignment_counts',
    name: 'clients: the count of assignments equals the assignments',
    sql: `
      select 'agency ' || $1::text || ', client ' || c.id as fault from client c
      left join (select client_id, count(*) as n from assignment where agency_id = $1::uuid group by 1) a on a.client_id = c.id
      where c.agency_id = $1::uuid and c.assignee_count <> coalesce(a.n, 0) limit 20`,
  },
  {
    id: 'owners',
    name: 'agencies: each in use has an owner who can sign in',
    sql: `
      select 'agency ' || a.agency_id as fault from agency a
      where a.agency_id = $1::uuid and a.kind <> 'operator' and a.state = 'active'
        and not exists (select from member m where m.agency_id = $1::uuid and m.role = 'owner' and m.state = 'active')`,
  },
  {
    id: 'account_terms',
    name: 'hosted accounts: what the list and its figures read equals their subscription',
    sql: `
      select 'agency ' || $1::text || ', hosted account ' || a.id as fault from hosted_account a
      join subscription s on s.agency_id = $1::uuid and s.hosted_account_id = a.id
      cross join lateral (select s.interval is not null and s.commercial_mode <> 'referred' as billed) b
      where a.agency_id = $1::uuid and (a.plan_type, a.plan_size, a.ends_on, a.billed, a.ending, a.monthly_list, a.next_list) is distinct from
        (coalesce(s.interval, 'trial'), s.contact_limit, s.period_end, b.billed, s.cancel_at_end,
         case when not b.billed then 0 when s.interval = 'year' then s.list_price / 12 else s.list_price end,
         case when b.billed and not s.cancel_at_end then coalesce((s.pending_change->>'listPrice')::bigint, s.list_price) else 0 end)
      limit 20`,
  },
  ...ledgerChecks,
  ...invoiceChecks,
]

/**
 * Checks that what the product promises of its data holds: migrations, audit chains, trees, counts, money.
 * Reads through the owner's connections, one tenant at a time, so that forced row security suits any owner.
 */
export async function verifyData(owner: pg.Pool): Promise<Finding[]> {
  const findings: Finding[] = [
    {
      check: 'migrations: the database is at the level of this build',
      broken: (await isMigrated(owner)) ? [] : ['it is not: run `migrate`'],
    },
  ]
  const tenants = await tenantsOf(owner)
  for (const check of perTenant)
    findings.push({ check: check.name, broken: await checkTenants(owner, check, tenants) })
  return findings
}

/** The checks made every few minutes. */
export const oftenChecked: readonly Check[] = perTenant.filter((check) => check.often)

/** Every tenant: the operator's and each agency. */
export async function tenantsOf(owner: pg.Pool): Promise<string[]> {
  const { rows } = await owner.query<{ agency_id: string }>('select distinct agency_id from host_name')
  return [operatorId, ...rows.map((r) => r.agency_id)]
}

/** What is found against one check among tenants. */
export async function checkTenants(
  owner: pg.Pool,
  check: Check,
  tenants: readonly string[],
): Promise<string[]> {
  const broken: string[] = []
  for (const tenant of tenants) broken.push(...(await faultsOf(owner, check, tenant)))
  return broken
}

async function faultsOf(owner: pg.Pool, check: Check, tenant: string): Promise<string[]> {
  const client = await owner.connect()
  try {
    await client.query('begin read only')
    await client.query(`select set_config('app.agency_id', $1, true)`, [tenant])
    return (await client.query<{ fault: string }>(check.sql, [tenant])).rows.map((r) => r.fault)
  } finally {
    await client.query('rollback').catch(() => {})
    client.release()
  }
}
