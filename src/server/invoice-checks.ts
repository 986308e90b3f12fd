import type { Check } from './verify-data.ts'

/** What is promised of invoices (domain.md, "Invariants"): sums, credit notes within their invoice, no gap, balance. */
export const invoiceChecks: readonly Check[] = [
  {
    id: 'invoices',
    name: 'invoices: each sums to its lines and VAT, none is credited beyond itself',
    often: true,
    sql: `
      select 'agency ' || $1::text || ', document ' || i.number as fault from invoice i
      left join (select invoice_id, sum(net) as net from invoice_line where agency_id = $1::uuid group by 1) l on l.invoice_id = i.id
      cross join lateral (select coalesce(sum((g->>'vat')::bigint), 0) as vat, coalesce(sum((g->>'net')::bigint), 0) as net
        from jsonb_array_elements(i.vat_groups) g) v
      where i.agency_id = $1::uuid and (l.net is distinct from i.net or v.net <> i.net or v.vat <> i.vat)
      union all
      select 'agency ' || $1::text || ', credited beyond ' || o.number from invoice o
      join (select original_id, sum(gross) as gross from invoice where agency_id = $1::uuid and original_id is not null group by 1) c
        on c.original_id = o.id
      where o.agency_id = $1::uuid and c.gross > o.gross limit 20`,
  },
  {
    id: 'numbers',
    name: 'numbers: no gap in any series or journal, and entries balance',
    often: true,
    sql: `
      select 'series ' || r.siren || ' ' || r.series || ' ' || r.year as fault from (
        select siren, series, year, count(*) as n, max(number) as last from issued_document
        where agency_id = $1::uuid group by 1, 2, 3) r
      left join number_sequence s on s.agency_id = $1::uuid and (s.siren, s.series, s.year) = (r.siren, r.series, r.year)
      where r.n <> r.last or s.last_number is distinct from r.last
      union all
      select 'journal ' || siren || ' ' || year from issued_document where agency_id = $1::uuid
        group by siren, year having count(*) <> max(entry_number)
      union all
      select 'entries of ' || label from issued_document d where agency_id = $1::uuid
        and (select sum((e->>'debit')::bigint - (e->>'credit')::bigint) from jsonb_array_elements(d.entries) e) <> 0 limit 20`,
  },
]
