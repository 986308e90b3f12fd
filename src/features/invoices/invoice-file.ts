import { createHash } from 'node:crypto'
import type { App } from '../../server/context.ts'
import { runInTenant } from '../../server/run-in-tenant.ts'
import { documentFacts } from './document-facts.ts'
import { invoicePdf } from './invoice-pdf.ts'
import { invoiceXml } from './invoice-xml.ts'

/** A file of a document and the SHA-256 it is known by. */
export type InvoiceFile = { name: string; bytes: Buffer; sha256: Buffer }
/** pdf: PDF/A-3b with the XML inside; xml: that XML alone. */
export type FileKind = 'pdf' | 'xml'

const fileSql = `
  select i.number || '.' || f.kind as name, f.bytes, f.sha256
  from invoice_file f join invoice i on i.agency_id = $1 and i.id = f.invoice_id
  where f.agency_id = $1 and f.invoice_id = $2 and f.kind = $3`

/**
 * A document's file: made when first asked for, kept, and the same bytes for good from then on. No connection is
 * held while it is made. Undefined when the tenant has no such document; asks nobody's sight.
 */
export async function invoiceFile(
  app: App,
  agencyId: string,
  id: string,
  kind: FileKind,
): Promise<InvoiceFile | undefined> {
  const found = await runInTenant(app, { agencyId, readOnly: true }, async (ctx) => {
    const [kept] = await ctx.tx.query<InvoiceFile>('invoice_file', fileSql, [agencyId, id, kind])
    return { kept, facts: kept ? undefined : await documentFacts(ctx, id) }
  })
  if (found.kept) return found.kept
  if (!found.facts) return undefined
  const xml = invoiceXml(found.facts)
  const bytes = kind === 'xml' ? Buffer.from(xml) : await invoicePdf(found.facts, xml, app.texts)
  return runInTenant(app, { agencyId }, async (ctx) => {
    // Whoever was first at the same time is right: read back what is kept.
    await ctx.tx.query(
      'keep_invoice_file',
      `insert into invoice_file (agency_id, invoice_id, kind, bytes, sha256, made_at) values ($1, $2, $3, $4, $5, $6)
       on conflict do nothing`,
      [agencyId, id, kind, bytes, createHash('sha256').update(bytes).digest(), ctx.nowIso],
    )
    const [kept] = await ctx.tx.query<InvoiceFile>('invoice_file', fileSql, [agencyId, id, kind])
    return kept!
  })
}
