import type pg from 'pg'

/** Orders of the year before now. */
export const seededOrders = 50_000

/**
 * What an agency's clients have after a year: projects, campaigns, orders with their lines, and budgets handed down
 * three times (a year ago, last month, this month), with every entry of the ledger behind them. Half of the open
 * clients have a budget and orders. Set by set, and what the use cases would have stored.
 */
export async function seedWork(c: pg.Client, agencyId: string): Promise<void> {
  await c.query(`set session_replication_role = 'replica'`)
  await c.query(`select set_config('app.agency_id', $1, false)`, [agencyId])
  for (const statement of [...clientWork, ...orders, ...money]) await c.query(statement)
  await c.query('vacuum (analyze)')
}

const tenant = 'current_agency_id()'

const clientWork = [
  `create temp table seed_client as
   select c.id, c.name, row_number() over (order by c.id)::int as n, a.member_id as lead, uuidv7() as wallet
   from client c left join assignment a on a.agency_id = ${tenant} and a.client_id = c.id and a.is_lead
   where c.agency_id = ${tenant} and c.status <> 'archived'
     and ('x' || right(c.id::text, 4))::bit(16)::int % 2 = 0`,
  'create unique index on seed_client (n)',
  'analyze seed_client',
  `insert into project (agency_id, id, client_id, name, site_url, site_host, created_by_name, created_at, updated_at)
   select ${tenant}, uuidv7(), id, 'Site ' || name, 'https://' || n || '.exemple.fr', n || '.exemple.fr', 'Banc', now() - interval '1 year', now()
   from seed_client where n % 3 = 0`,
  `insert into campaign (agency_id, id, client_id, name, goal, starts_on, ends_on, budget, currency, created_by_name, created_at, updated_at)
   select ${tenant}, uuidv7(), id, (array['Été','Rentrée','Notoriété','Hiver'])[1 + n % 4] || ' ' || name, 'Être vu', current_date - n % 360, current_date - n % 360 + 90,
     100000, 'EUR', 'Banc', now() - interval '1 year', now()
   from seed_client where n % 5 = 0`,
  `insert into campaign_project (agency_id, client_id, campaign_id, project_id)
   select ${tenant}, g.client_id, g.id, p.id from campaign g join project p on p.agency_id = ${tenant} and p.client_id = g.client_id
   where g.agency_id = ${tenant}`,
]

const openStates = `('placed', 'accepted', 'in_progress')`

const orders = [
  `create temp table seed_path as
   select d.id, array_agg(m.id order by k.depth desc) as ids,
     jsonb_agg(jsonb_build_object('id', m.id, 'role', m.role, 'name', u.name) order by k.depth desc) as people,
     (array_agg(m.id order by k.depth) filter (where m.role = 'manager'))[1] as manager,
     (array_agg(u.name order by k.depth) filter (where m.role = 'manager'))[1] as manager_name,
     (array_agg(m.id order by k.depth) filter (where m.role = 'consultant'))[1] as consultant,
     (array_agg(u.name order by k.depth) filter (where m.role = 'consultant'))[1] as consultant_name
   from member d join member_closure k on k.agency_id = ${tenant} and k.descendant_id = d.id
   join member m on m.agency_id = ${tenant} and m.id = k.ancestor_id
   join realm_user u on u.agency_id = ${tenant} and u.id = m.user_id where d.agency_id = ${tenant} group by d.id`,
  `create temp table seed_order as
   select k, uuidv7(at - now()) as id, uuidv7(at - now()) as hold, c.id as client, c.name, c.wallet, c.lead, at, total, total * 7 / 10 as cost,
     case when age > 40 then case when k % 25 = 0 then 'refused' else 'approved' end
       when age > 20 then (array['in_progress','delivered','approved','approved'])[1 + k % 4]
       else (array['placed','accepted','in_progress','delivered','approved'])[1 + k % 5] end as state,
     (array['Le Journal','La Gazette','L’Écho','Planète','Carnets'])[1 + k % 5] || ' ' || (array['jardins','vins','sport','auto','mode','santé','voyage'])[1 + (k / 5) % 7] || ' ' || k % 900 as title
   from (select k::int, now() - (${seededOrders} - k) * interval '1 year' / ${seededOrders} as at,
       (${seededOrders} - k) * 365.0 / ${seededOrders} as age, 5000 + (k * 104729) % 45000 as total
     from generate_series(1, ${seededOrders}::bigint) k) o
   join seed_client c on c.n = 1 + (o.k::bigint * 7919) % (select count(*) from seed_client)`,
  'create index on seed_order (client)',
  'create index on seed_order (wallet)',
  'analyze seed_order',
  `insert into client_order (agency_id, id, number, client_id, project_id, campaign_id, state, currency, total, held, captured, captured_cost,
     hold_id, client_name, responsible_id, path_ids, path, manager_id, manager_name, consultant_id, consultant_name, placed_by_name,
     placed_at, placed_on, accepted_at, due_on, delivered_at, closed_at, search_text, updated_at)
   select ${tenant}, o.id, o.k, o.client, p.id, g.id, o.state, 'EUR', o.total, case when o.state in ${openStates} then o.total else 0 end,
     case when o.state in ('delivered', 'approved') then o.total else 0 end, case when o.state in ('delivered', 'approved') then o.cost else 0 end,
     o.hold, o.name, o.lead, coalesce(w.ids, '{}'), coalesce(w.people, '[]'), w.manager, w.manager_name, w.consultant, w.consultant_name, 'Banc',
     o.at, (o.at at time zone 'Europe/Paris')::date, case when o.state <> 'placed' then o.at end, (o.at + interval '20 days')::date,
     case when o.state in ('delivered', 'approved') then o.at + interval '10 days' end, case when o.state in ('approved', 'refused') then o.at + interval '12 days' end,
     search_key(concat_ws(' ', o.k, o.name, p.name, p.site_host, g.name, o.title, 'site-' || o.k % 900 || '.example', o.title || ' bis')), o.at
   from seed_order o left join seed_path w on w.id = o.lead
   left join project p on p.agency_id = ${tenant} and p.client_id = o.client
   left join campaign g on g.agency_id = ${tenant} and g.client_id = o.client order by o.k`,
  `insert into order_line (agency_id, id, order_id, position, item_id, item_version, kind, title, site, project_id, quantity, unit_price, unit_cost, delivered, refused)
   select ${tenant}, uuidv7(), o.id, i, gen_random_uuid(), 1, 'link', o.title || case when i = 2 then ' bis' else '' end, 'site-' || o.k % 900 || '.example', r.project_id, 1,
     case i when 1 then o.total - o.total / 3 else o.total / 3 end, case i when 1 then o.cost - o.cost / 3 else o.cost / 3 end,
     (o.state in ('delivered', 'approved'))::int, (o.state = 'refused')::int
   from seed_order o join client_order r on r.agency_id = ${tenant} and r.id = o.id cross join generate_series(1, 2) i order by o.k`,
  `insert into order_event (agency_id, id, order_id, kind, side, actor_name, to_state, occurred_at)
   select ${tenant}, uuidv7(), id, 'place', 'agency', 'Banc', 'placed', at from seed_order order by k`,
  `insert into order_counter (agency_id, last_number) values (${tenant}, ${seededOrders})`,
]

const money = [
  `create temp table seed_wallet as
   select 'agency' as kind, ${tenant} as owner, '' as code, null::uuid as parent, uuidv7() as id, 0 as depth
   union all select 'counterpart', ${tenant}, x, null, uuidv7(), 0 from unnest(array['bank', 'revenue']) x
   union all select 'member', m.id, '', m.parent_id, uuidv7(), (select max(k.depth)::int + 1 from member_closure k where k.agency_id = ${tenant} and k.descendant_id = m.id)
     from member m where m.agency_id = ${tenant} and m.role in ('manager', 'consultant')
   union all select 'client', id, '', lead, wallet, 9 from seed_client`,
  'create unique index on seed_wallet (owner, kind, code)',
  'analyze seed_wallet',
  // What each member receives in a round: what its branch needs, and something for itself.
  `create temp table seed_round as
   select 0 as r, now() - interval '366 days' as at union all select 1, date_trunc('month', now()) - interval '1 month' + interval '5 minutes'
   union all select 2, date_trunc('month', now()) + interval '1 minute'`,
  `create temp table seed_gift as
   select r.r, c.id as owner, c.lead, case r.r when 0 then 20000 + coalesce((select sum(total) from seed_order o where o.client = c.id), 0) else 10000 end::bigint as amount
   from seed_client c cross join seed_round r`,
  'analyze seed_gift',
  `create temp table seed_need as
   select g.r, k.ancestor_id as owner, sum(g.amount)::bigint as amount from (
       select r, lead, sum(amount) as amount from seed_gift where lead is not null group by 1, 2
       union all select r.r, m.id, 50000 from seed_round r cross join member m where m.agency_id = ${tenant} and m.role in ('manager', 'consultant')) g
   join member_closure k on k.agency_id = ${tenant} and k.descendant_id = g.lead group by 1, 2`,
  `create temp table seed_op (i bigint generated always as identity, id uuid not null default uuidv7(), at timestamptz, key text, reason text, ref_kind text, ref_id uuid,
     hold uuid, change bigint, source uuid, target uuid, amount bigint, depth int)`,
  'create index on seed_need (owner)',
  'analyze seed_need',
  `insert into seed_op (at, key, reason, ref_kind, ref_id, hold, change, source, target, amount, depth)
   select * from (
     select r.at, 'seed.top-up ' || r.r, 'budget.topped_up', null, null::uuid, null::uuid, null::bigint, b.id, a.id,
         (select sum(amount)::bigint from seed_need n join member m on m.agency_id = ${tenant} and m.id = n.owner and m.parent_id is null where n.r = r.r)
         + coalesce((select sum(amount)::bigint from seed_gift g where g.r = r.r and g.lead is null), 0) + 1000000, 0
       from seed_round r, seed_wallet a, seed_wallet b where a.kind = 'agency' and b.code = 'bank'
     union all
     select r.at, 'seed.give ' || r.r || ' ' || w.id, 'budget.allocated', 'member', w.owner, null, null, p.id, w.id, n.amount, w.depth
       from seed_need n join seed_round r on r.r = n.r join seed_wallet w on w.kind = 'member' and w.owner = n.owner
       join seed_wallet p on p.code = '' and p.owner = coalesce(w.parent, ${tenant})
     union all
     select r.at, 'seed.give ' || r.r || ' ' || w.id, 'budget.allocated', 'client', w.owner, null, null, p.id, w.id, g.amount, 9
       from seed_gift g join seed_round r on r.r = g.r join seed_wallet w on w.kind = 'client' and w.owner = g.owner
       join seed_wallet p on p.code = '' and p.owner = coalesce(w.parent, ${tenant})
     union all
     select at, 'order.place ' || id, 'order.placed', 'order', id, hold, total, null, null, null, 10 from seed_order
     union all
     select o.at, 'order.deliver ' || o.id, 'order.delivered', 'order', o.id, o.hold, -o.cost, o.wallet, b.id, o.cost, 11 from seed_order o, seed_wallet b
       where b.code = 'revenue' and o.state in ('delivered', 'approved')
     union all
     select o.at, 'order.margin ' || o.id, 'order.margin', 'order', o.id, o.hold, o.cost - o.total, o.wallet, b.id, o.total - o.cost, 12 from seed_order o, seed_wallet b
       where b.kind = 'agency' and o.state in ('delivered', 'approved')
     union all
     select at, 'order.release ' || id, 'hold.released', 'order', id, hold, -total, null, null, null, 13 from seed_order where state = 'refused'
   ) o order by 1, 11`,
  'analyze seed_op',
  `insert into money_transfer (agency_id, id, operation_key, input_hash, reason, occurred_at, actor_name, reference_kind, reference_id, hold_id, held_change)
   select ${tenant}, id, key, sha256('seed'), reason, at, 'Banc', ref_kind, ref_id, hold, change from seed_op order by i`,
  `create temp table seed_entry as
   select o.id, l.line, l.wallet, l.amount, o.at, o.i, w.kind from seed_op o
   cross join lateral (values (1, o.source, -o.amount), (2, o.target, o.amount)) l(line, wallet, amount)
   join seed_wallet w on w.id = l.wallet where o.source is not null`,
  'analyze seed_entry',
  `insert into entry (agency_id, money_transfer_id, line, wallet_id, amount, number, balance_after, occurred_at)
   select ${tenant}, id, line, wallet, amount, case when kind <> 'counterpart' then row_number() over own end,
     case when kind <> 'counterpart' then sum(amount) over own end, at from seed_entry window own as (partition by wallet order by i, line)`,
  `insert into wallet (agency_id, id, owner_kind, owner_id, purpose, code, unit, balance, held, entry_count, moved_at, created_at)
   select ${tenant}, w.id, w.kind, w.owner, case when w.kind = 'counterpart' then 'counterpart' else 'budget' end, w.code, 'EUR',
     case when w.kind = 'counterpart' then 0 else coalesce(e.balance, 0) end,
     coalesce((select sum(total) from seed_order o where o.wallet = w.id and o.state in ${openStates}), 0),
     case when w.kind = 'counterpart' then 0 else coalesce(e.entries, 0) end, e.at, now() - interval '1 year'
   from seed_wallet w left join (select wallet, sum(amount) as balance, count(*) as entries, max(at) as at from seed_entry group by 1) e on e.wallet = w.id`,
  `insert into hold (agency_id, id, wallet_id, amount, remaining, reason, reference_kind, reference_id, created_at, closed_at)
   select ${tenant}, hold, wallet, total, case when state in ${openStates} then total else 0 end, 'order.placed', 'order', id, at,
     case when state not in ${openStates} then at end from seed_order`,
  // Every twentieth client with a budget is low.
  `insert into budget_rule (agency_id, owner_kind, owner_id, alert_below, alerted_at, updated_at)
   select ${tenant}, 'client', id, 1000000, now(), now() from seed_client where n % 20 = 0`,
]
