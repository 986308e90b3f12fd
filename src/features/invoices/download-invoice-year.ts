import type { InputOf } from '../../contract/endpoint.ts'
import type { App, Ctx } from '../../server/context.ts'
import { Refusal } from '../../server/refusal.ts'
import type { Exchange } from '../../server/route.ts'
import { zipStream } from '../../server/zip-stream.ts'
import type { downloadInvoiceYear as contract } from './contract.ts'
import { invoiceFile } from './invoice-file.ts'
import { sendPieces } from './send-file.ts'
import { visibleInvoices } from './visible-invoices.ts'

/**
 * Every document in sight of a year as one archive of PDFs, made and sent one after the other; 409
 * `invoice.none_that_year` when there is none. Each file is drawn once, so that a second download costs little.
 */
export async function downloadInvoiceYear(
  ctx: Ctx,
  { params, query }: InputOf<typeof contract>,
  exchange: Exchange,
): Promise<Record<string, never>> {
  const documents = await ctx.apart(async (tx) => {
    tx.audit({ action: 'invoices.downloaded', data: { year: params.year } })
    return visibleInvoices(tx)
      .select(['invoice.id', 'invoice.number'])
      .where('invoice.year', '=', params.year)
      .$if(query.clientId !== undefined, (q) => q.where('invoice.client_id', '=', query.clientId!))
      .orderBy('invoice.number')
      .execute()
  })
  if (documents.length === 0)
    throw new Refusal(409, 'invoice.none_that_year', { values: { year: String(params.year) } })
  const { app, agencyId } = ctx
  const entries = documents.map((d) => ({ name: `${d.number}.pdf`, content: pdf(app, agencyId, d.id) }))
  sendPieces(
    ctx,
    exchange,
    { name: `factures-${params.year}.zip`, type: 'application/zip' },
    zipStream(entries),
  )
  return {}
}

async function* pdf(app: App, agencyId: string, id: string): AsyncGenerator<Buffer> {
  yield (await invoiceFile(app, agencyId, id, 'pdf'))!.bytes
}
