import type { Ctx } from '../../server/context.ts'
import { operatorId } from '../../server/ids.ts'
import { queryWithin } from '../../server/within.ts'
import type { AccountingEntry } from './accounting-entries.ts'

/** What the seller's register keeps of a document. */
export type Registered = {
  documentId: string
  kind: 'invoice' | 'deposit' | 'credit_note'
  siren: string
  series: 'F' | 'A'
  today: Temporal.PlainDate
  buyerName: string
  buyerAccount: string
  currency: string
  net: bigint
  vat: bigint
  gross: bigint
  entries: AccountingEntry[]
}
/** The number given, as printed and bare, and the day of issue. */
export type Numbered = { label: string; number: number; issuedOn: string }

// The journal's row is always taken first: whoever issues waits there, and never for each other in a ring.
const registerSql = `
  with entry as (
    insert into number_sequence as s (agency_id, siren, series, year, last_number, last_on)
    values ($1, $2, 'VE', $4, 1, $5)
    on conflict (agency_id, siren, series, year)
      do update set last_number = s.last_number + 1, last_on = greatest(s.last_on, excluded.last_on)
    returning last_number, last_on),
  given as (
    insert into number_sequence as s (agency_id, siren, series, year, last_number, last_on)
    select $1, $2, $3, $4, 1, entry.last_on from entry
    on conflict (agency_id, siren, series, year)
      do update set last_number = s.last_number + 1, last_on = greatest(s.last_on, excluded.last_on)
    returning last_number, last_on,
      $3 || '-' || $4 || '-' || repeat('0', 6 - length(last_number::text)) || last_number as label)
  insert into issued_document (agency_id, siren, series, year, number, entry_number, buyer_agency_id, document_id, kind,
    label, issued_on, buyer_name, buyer_account, currency, net, vat, gross, entries, search_text, created_at)
  select $1, $2, $3, $4, given.last_number, entry.last_number, $6, $7, $8, given.label, given.last_on, $9, $10, $11,
    $12, $13, $14, $15, search_key(given.label || ' ' || $9), $16
  from entry, given
  returning label, number, issued_on as "issuedOn"`

/**
 * Takes the next number of the seller's series and enters the document in its register, in the caller's
 * transaction: rolled back, neither happened, so that numbers have no gap. From here to the commit everybody
 * else who issues waits: call it last, after wallets and deposits are locked. Days never go back within a
 * series and year, even when a transaction that began earlier comes later.
 */
export async function registerDocument(ctx: Ctx, d: Registered): Promise<Numbered> {
  const [row] = await queryWithin<Numbered>(ctx, operatorId, 'register_document', registerSql, [
    operatorId,
    d.siren,
    d.series,
    d.today.year,
    d.today.toString(),
    ctx.agencyId,
    d.documentId,
    d.kind,
    d.buyerName,
    d.buyerAccount,
    d.currency,
    d.net,
    d.vat,
    d.gross,
    JSON.stringify(d.entries),
    ctx.nowIso,
  ])
  return row!
}
