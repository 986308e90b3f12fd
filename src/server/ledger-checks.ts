import type { Check } from './verify-data.ts'

// Wallets by id and amounts in minor units: what whoever repairs it needs, and nobody's name.
const wallet = `'agency ' || $1::text || ', wallet ' ||`

/** The invariants of the ledger (domain.md, "Invariants"), each as one query over one tenant's rows. */
export const ledgerChecks: readonly Check[] = [
  {
    id: 'entries_sum_to_zero',
    often: true,
    name: 'ledger entries: those of each money transfer sum to zero per unit',
    sql: `
      select 'agency ' || $1::text || ', transfer ' || e.money_transfer_id || ' is off by ' || sum(e.amount) || coalesce(' ' || w.unit, ', of no wallet') as fault
      from entry e left join wallet w on w.agency_id = $1::uuid and w.id = e.wallet_id
      where e.agency_id = $1::uuid group by e.money_transfer_id, w.unit
      having sum(e.amount) <> 0 or w.unit is null limit 20`,
  },
  {
    id: 'balance_is_entries',
    often: true,
    name: 'ledger balances: each wallet’s is the sum of its entries',
    sql: `
      select ${wallet} w.id || ' drifts by ' || (w.balance - coalesce(e.amount, 0)) as fault
      from wallet w left join (select wallet_id, sum(amount) as amount, count(*) as n from entry where agency_id = $1::uuid group by 1) e on e.wallet_id = w.id
      where w.agency_id = $1::uuid and w.owner_kind <> 'counterpart'
        and (w.balance <> coalesce(e.amount, 0) or w.entry_count <> coalesce(e.n, 0)) limit 20`,
  },
  {
    id: 'entries_chain',
    often: true,
    name: 'ledger chains: each entry’s balance is the one before plus its amount, numbered without gaps',
    sql: `
      select ${wallet} e.wallet_id || ', entry ' || e.number as fault from (
        select wallet_id, number, balance_after, occurred_at,
          row_number() over w as place, sum(amount) over w as balance, lag(occurred_at) over w as before
        from entry where agency_id = $1::uuid and number is not null
        window w as (partition by wallet_id order by number)) e
      where e.number <> e.place or e.balance_after <> e.balance or e.occurred_at < e.before limit 20`,
  },
  {
    id: 'held_is_open_holds',
    often: true,
    name: 'ledger holds: what a wallet holds back is its open holds, each what its transfers left of it',
    sql: `
      select ${wallet} w.id || ' holds ' || w.held || ' for holds of ' || coalesce(h.remaining, 0) as fault
      from wallet w left join (select wallet_id, sum(remaining) as remaining from hold where agency_id = $1::uuid group by 1) h on h.wallet_id = w.id
      where w.agency_id = $1::uuid and w.held <> coalesce(h.remaining, 0)
      union all
      select 'agency ' || $1::text || ', hold ' || h.id as fault
      from hold h left join (select hold_id, sum(held_change) as remaining from money_transfer where agency_id = $1::uuid and hold_id is not null group by 1) m on m.hold_id = h.id
      where h.agency_id = $1::uuid and h.remaining <> coalesce(m.remaining, 0)
      limit 20`,
  },
  {
    id: 'held_within_balance',
    often: true,
    name: 'ledger limits: no wallet holds less than nothing, or holds back more than it has',
    sql: `
      select ${wallet} w.id as fault from wallet w
      where w.agency_id = $1::uuid and w.owner_kind <> 'counterpart' and not (0 <= w.held and w.held <= w.balance) limit 20`,
  },
]
