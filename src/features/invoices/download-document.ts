import type { InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { notFound } from '../../server/refusal.ts'
import type { Exchange } from '../../server/route.ts'
import type { downloadDocument as contract } from './contract.ts'
import { invoiceFile } from './invoice-file.ts'
import { sendFile } from './send-file.ts'

/** The PDF of a document that the operator issued: its own paper, the only thing it reads in a buyer's tenant. */
export async function downloadDocument(
  ctx: Ctx,
  { params }: InputOf<typeof contract>,
  exchange: Exchange,
): Promise<Record<string, never>> {
  const [entry] = await ctx.apart((tx) =>
    tx.tx.query<{ buyer_agency_id: string }>(
      'registered_document',
      `select buyer_agency_id from issued_document where agency_id = $1 and document_id = $2`,
      [tx.agencyId, params.id],
    ),
  )
  const file = entry && (await invoiceFile(ctx.app, entry.buyer_agency_id, params.id, 'pdf'))
  if (!file) throw notFound()
  sendFile(exchange, file, 'pdf')
  return {}
}
