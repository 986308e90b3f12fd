import type { Selectable, SelectQueryBuilder } from 'kysely'
import type { AnswerOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import { memberOf, type Ctx } from '../../server/context.ts'
import type { DB, Invoice } from '../../server/schema.gen.ts'
import { entrustedClients } from '../access/public.ts'
import type { listInvoices } from './contract.ts'

/** Every read of documents starts here: an owner's are the agency's, anybody else's are of clients in sight. */
export function visibleInvoices(ctx: Ctx): SelectQueryBuilder<DB, 'invoice', object> {
  const all = ctx.db.selectFrom('invoice').where('invoice.agency_id', '=', ctx.agencyId)
  return memberOf(ctx).role === 'owner'
    ? all
    : all.where('invoice.client_id', 'in', entrustedClients(ctx).select('client.id'))
}

/** A document as a list shows it. */
export function rowAnswer(
  r: Selectable<Invoice>,
  about: string,
): AnswerOf<typeof listInvoices>['data'][number] {
  const amount = (minor: bigint) => ({ amount: Number(minor), currency: r.currency })
  return {
    id: toPublicId('invoice', r.id),
    kind: r.kind as 'invoice',
    number: r.number,
    issuedOn: r.issued_on,
    dueOn: r.due_on,
    paidAt: r.paid_at,
    payer: {
      kind: r.payer_kind as 'agency',
      clientId: r.client_id === null ? null : toPublicId('client', r.client_id),
      name: r.buyer_name,
    },
    net: amount(r.net),
    vat: amount(r.vat),
    gross: amount(r.gross),
    amountDue: amount(r.amount_due),
    about,
  }
}
