import type { InputOf } from '../../contract/endpoint.ts'
import type { App, Ctx } from '../../server/context.ts'
import { operatorId } from '../../server/ids.ts'
import { Refusal } from '../../server/refusal.ts'
import type { Exchange } from '../../server/route.ts'
import { runInTenant } from '../../server/run-in-tenant.ts'
import type { AccountingEntry } from './accounting-entries.ts'
import type { downloadSalesJournal as contract } from './contract.ts'
import { fecHead, fecLine, fecName } from './fec.ts'
import { sendPieces } from './send-file.ts'

type Row = {
  entry_number: number
  label: string
  kind: 'invoice' | 'deposit' | 'credit_note'
  issued_on: string
  buyer_name: string
  buyer_account: string
  entries: AccountingEntry[]
}

const journals = { VE: 'Ventes', CB: 'Encaissements par carte' }
const pieces = { invoice: 'Facture', deposit: 'Facture d’acompte', credit_note: 'Avoir' }

/**
 * The operator's sales and card receipts of a year as a FEC, for its accountant to merge with the rest: entries
 * as they were written when each document was issued, in the order of issue. 409 `journal.empty` when nothing
 * was issued that year by the legal person that sells now.
 */
export async function downloadSalesJournal(
  ctx: Ctx,
  { query }: InputOf<typeof contract>,
  exchange: Exchange,
): Promise<Record<string, never>> {
  const [last] = await ctx.apart(async (tx) => {
    tx.audit({ action: 'journal.exported', data: { year: query.year } })
    return tx.tx.query<{ siren: string }>(
      'journal_siren',
      `select siren from issued_document where agency_id = $1 and year = $2 and ($3::text is null or siren = $3)
       order by created_at desc limit 1`,
      [operatorId, query.year, query.siren ?? null],
    )
  })
  if (!last) throw new Refusal(409, 'journal.empty', { values: { year: String(query.year) } })
  sendPieces(
    ctx,
    exchange,
    { name: fecName(last.siren, query.year), type: 'text/plain; charset=iso-8859-15' },
    journal(ctx.app, last.siren, query.year),
  )
  return {}
}

async function* journal(app: App, siren: string, year: number): AsyncGenerator<Buffer> {
  yield fecHead()
  let after = 0
  let receipts = 0
  for (;;) {
    // A transaction a page: a slow download holds no connection.
    const rows = await runInTenant(app, { agencyId: operatorId, readOnly: true }, (ctx) =>
      ctx.tx.query<Row>(
        'journal_page',
        `select entry_number, label, kind, issued_on, buyer_name, buyer_account, entries from issued_document
         where agency_id = $1 and siren = $2 and year = $3 and entry_number > $4 order by entry_number limit 1000`,
        [operatorId, siren, year, after],
      ),
    )
    if (rows.length === 0) return
    after = rows.at(-1)!.entry_number
    for (const row of rows) {
      if (row.entries.some((e) => e.journal === 'CB')) receipts += 1
      yield Buffer.concat(
        row.entries.map((e) => lineOf(row, e, e.journal === 'VE' ? row.entry_number : receipts)),
      )
    }
  }
}

function lineOf(row: Row, e: AccountingEntry, place: number): Buffer {
  return fecLine({
    journal: e.journal,
    journalLabel: journals[e.journal],
    number: `${e.journal}${String(place).padStart(6, '0')}`,
    day: row.issued_on,
    account: e.account,
    accountLabel: e.label,
    auxiliary: e.auxiliary ? { number: row.buyer_account, label: row.buyer_name } : null,
    piece: row.label,
    label: `${pieces[row.kind]} ${row.label} ${row.buyer_name}`,
    debit: e.debit,
    credit: e.credit,
  })
}
