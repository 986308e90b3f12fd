import { sql } from 'kysely'
import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { cursorId, decodeCursor, encodeCursor } from '../../server/page-cursor.ts'
import { invalid } from '../../server/refusal.ts'
import type { listInvoices as contract } from './contract.ts'
import { rowAnswer, visibleInvoices } from './visible-invoices.ts'

/** Documents in sight, newest first; searched by number, buyer and lines. */
export async function listInvoices(
  ctx: Ctx,
  { query }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  const after = decodeCursor(query.cursor, 2)
  if (after && !/^\d{4}-\d\d-\d\d$/.test(after[0]!)) throw invalid({ cursor: 'field.invalid' })
  cursorId(after?.[1])
  const words = query.q?.trim() ? `%${query.q.trim().replaceAll(/[\\%_]/g, '\\$&')}%` : undefined
  const matching = visibleInvoices(ctx)
    .$if(words !== undefined, (q) =>
      q.where('invoice.search_text', 'like', sql<string>`(select search_key(${words}))`),
    )
    .$if(query.kind !== undefined, (q) => q.where('invoice.kind', 'in', query.kind!))
    .$if(query.year !== undefined, (q) => q.where('invoice.year', '=', query.year!))
    .$if(query.clientId !== undefined, (q) => q.where('invoice.client_id', '=', query.clientId!))
    .$if(query.status === 'due', (q) => q.where('invoice.amount_due', '>', 0n))
    .$if(query.status === 'paid', (q) => q.where('invoice.amount_due', '=', 0n))
  const rows = await matching
    .selectAll('invoice')
    .select((e) =>
      e
        .selectFrom('invoice_line')
        .select('invoice_line.label')
        .whereRef('invoice_line.agency_id', '=', 'invoice.agency_id')
        .whereRef('invoice_line.invoice_id', '=', 'invoice.id')
        .where('invoice_line.position', '=', 1)
        .as('about'),
    )
    .$if(after !== undefined, (q) =>
      q.where(sql<boolean>`(invoice.issued_on, invoice.id) < (${after![0]}::date, ${after![1]}::uuid)`),
    )
    .orderBy('invoice.issued_on', 'desc')
    .orderBy('invoice.id', 'desc')
    .limit(query.limit + 1)
    .execute()
  const shown = rows.slice(0, query.limit)
  const last = shown.at(-1)
  return {
    data: shown.map((r) => rowAnswer(r, r.about ?? '')),
    nextCursor: rows.length > query.limit && last ? encodeCursor([last.issued_on, last.id]) : null,
    ...(query.total && { total: await count(matching) }),
  }
}

async function count(matching: ReturnType<typeof visibleInvoices>): Promise<number> {
  const rows = await matching.select('invoice.id').limit(10_001).execute()
  return rows.length
}
