import type { InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { notFound } from '../../server/refusal.ts'
import type { Exchange } from '../../server/route.ts'
import type * as contract from './contract.ts'
import { invoiceFile, type FileKind } from './invoice-file.ts'
import { sendFile } from './send-file.ts'
import { visibleInvoices } from './visible-invoices.ts'

type Input = InputOf<typeof contract.downloadInvoicePdf>

/** The PDF of a document in sight. Detached: no connection is held while it is drawn. */
export function downloadInvoicePdf(
  ctx: Ctx,
  input: Input,
  exchange: Exchange,
): Promise<Record<string, never>> {
  return download(ctx, input, exchange, 'pdf')
}

/** The XML of a document in sight, as it is inside its PDF. */
export function downloadInvoiceXml(
  ctx: Ctx,
  input: Input,
  exchange: Exchange,
): Promise<Record<string, never>> {
  return download(ctx, input, exchange, 'xml')
}

async function download(
  ctx: Ctx,
  { params }: Input,
  exchange: Exchange,
  kind: FileKind,
): Promise<Record<string, never>> {
  const seen = await ctx.apart((tx) =>
    visibleInvoices(tx).select('invoice.id').where('invoice.id', '=', params.id).executeTakeFirst(),
  )
  const file = seen && (await invoiceFile(ctx.app, ctx.agencyId, params.id, kind))
  if (!file) throw notFound()
  sendFile(exchange, file, kind)
  return {}
}
