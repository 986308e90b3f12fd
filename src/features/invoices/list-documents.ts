import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import type { Ctx } from '../../server/context.ts'
import { cursorId, cursorInstant, decodeCursor, encodeCursor } from '../../server/page-cursor.ts'
import type { listDocuments as contract } from './contract.ts'

type Row = {
  document_id: string
  buyer_agency_id: string
  kind: 'invoice' | 'deposit' | 'credit_note'
  label: string
  issued_on: string
  buyer_name: string
  currency: string
  net: bigint
  vat: bigint
  gross: bigint
  created_at: string
}

const documentsSql = `
  select document_id, buyer_agency_id, kind, label, issued_on, buyer_name, currency, net, vat, gross, created_at
  from issued_document
  where agency_id = $1 and ($2::text is null or search_text like (select search_key($2))) and ($3::int is null or year = $3)
    and ($4::timestamptz is null or (created_at, document_id) < ($4, $5::uuid))
  order by created_at desc, document_id desc limit $6`

/** The seller's register, newest first: what it issued to whom, of its own tenant alone. */
export async function listDocuments(
  ctx: Ctx,
  { query }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  const after = decodeCursor(query.cursor, 2)
  const rows = await ctx.tx.query<Row>('issued_documents', documentsSql, [
    ctx.agencyId,
    query.q?.trim() ? `%${query.q.trim().replaceAll(/[\\%_]/g, '\\$&')}%` : null,
    query.year ?? null,
    cursorInstant(after?.[0]) ?? null,
    cursorId(after?.[1]) ?? null,
    query.limit + 1,
  ])
  const shown = rows.slice(0, query.limit)
  const last = shown.at(-1)
  return {
    data: shown.map((r) => ({
      id: toPublicId('invoice', r.document_id),
      agencyId: toPublicId('agency', r.buyer_agency_id),
      kind: r.kind,
      number: r.label,
      issuedOn: r.issued_on,
      buyer: r.buyer_name,
      net: { amount: Number(r.net), currency: r.currency },
      vat: { amount: Number(r.vat), currency: r.currency },
      gross: { amount: Number(r.gross), currency: r.currency },
    })),
    nextCursor: rows.length > query.limit && last ? encodeCursor([last.created_at, last.document_id]) : null,
  }
}
