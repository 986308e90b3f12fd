import type { AnswerOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import type { listInvoiceYears as contract } from './contract.ts'
import { visibleInvoices } from './visible-invoices.ts'

/** Years with documents in sight; credit notes count as less. One total per currency. */
export async function listInvoiceYears(ctx: Ctx): Promise<AnswerOf<typeof contract>> {
  const rows = await visibleInvoices(ctx)
    .select(({ fn, eb }) => [
      'invoice.year',
      'invoice.currency',
      fn.countAll<bigint>().as('count'),
      fn
        .sum<bigint>(
          eb
            .case()
            .when('invoice.kind', '=', 'credit_note')
            .then(eb.neg('invoice.gross'))
            .else(eb.ref('invoice.gross'))
            .end(),
        )
        .as('gross'),
    ])
    .groupBy(['invoice.year', 'invoice.currency'])
    .orderBy('invoice.year', 'desc')
    .orderBy('invoice.currency')
    .execute()
  return {
    data: [...Map.groupBy(rows, (r) => r.year)].map(([year, of]) => ({
      year,
      count: of.reduce((sum, r) => sum + Number(r.count), 0),
      gross: of.map((r) => ({ amount: Number(r.gross), currency: r.currency })),
    })),
  }
}
