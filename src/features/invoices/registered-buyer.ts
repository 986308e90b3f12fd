import type { Ctx } from '../../server/context.ts'
import { notFound } from '../../server/refusal.ts'

/** The agency to whom (or to a client of which) the operator issued a document of its register; 404 for no such. */
export async function registeredBuyer(ctx: Ctx, documentId: string): Promise<string> {
  const [entry] = await ctx.tx.query<{ buyer_agency_id: string }>(
    'registered_document',
    `select buyer_agency_id from issued_document where agency_id = $1 and document_id = $2`,
    [ctx.agencyId, documentId],
  )
  if (!entry) throw notFound()
  return entry.buyer_agency_id
}
