import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import type { Ctx } from '../../server/context.ts'
import { notFound } from '../../server/refusal.ts'
import type { Buyer } from './buyer.ts'
import type { getInvoice as contract } from './contract.ts'
import type { GroupJson } from './deposits.ts'
import type { MentionTexts, Seller } from './seller.ts'
import { rowAnswer, visibleInvoices } from './visible-invoices.ts'

/** One document in sight, whole. */
export async function getInvoice(
  ctx: Ctx,
  { params }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  const row = await visibleInvoices(ctx)
    .selectAll('invoice')
    .where('invoice.id', '=', params.id)
    .executeTakeFirst()
  if (!row) throw notFound()
  const [lines, creditNotes, deposits, original] = await Promise.all([
    ctx.db
      .selectFrom('invoice_line')
      .selectAll()
      .where('agency_id', '=', ctx.agencyId)
      .where('invoice_id', '=', row.id)
      .orderBy('position')
      .execute(),
    ctx.db
      .selectFrom('invoice')
      .select(['id', 'number', 'issued_on', 'gross'])
      .where('agency_id', '=', ctx.agencyId)
      .where('original_id', '=', row.id)
      .orderBy('id')
      .execute(),
    ctx.db
      .selectFrom('deposit_use')
      .innerJoin('invoice', (j) =>
        j
          .onRef('invoice.agency_id', '=', 'deposit_use.agency_id')
          .onRef('invoice.id', '=', 'deposit_use.deposit_id'),
      )
      .select(['invoice.id', 'invoice.number', 'deposit_use.amount'])
      .where('deposit_use.agency_id', '=', ctx.agencyId)
      .where('deposit_use.invoice_id', '=', row.id)
      .orderBy('invoice.number')
      .execute(),
    row.original_id === null
      ? undefined
      : ctx.db
          .selectFrom('invoice')
          .select(['id', 'number'])
          .where('agency_id', '=', ctx.agencyId)
          .where('id', '=', row.original_id)
          .executeTakeFirst(),
  ])
  const amount = (minor: bigint | number) => ({ amount: Number(minor), currency: row.currency })
  const mentions = row.mentions as { code: string; texts: MentionTexts }[]
  return {
    ...rowAnswer(row, lines[0]?.label ?? ''),
    seller: partyOf(row.seller as Seller),
    buyer: {
      ...partyOf(row.buyer as Buyer),
      email: (row.buyer as Buyer).email,
      purchaseReference: (row.buyer as Buyer).purchaseReference,
    },
    lines: lines.map((l) => ({
      label: l.label,
      kind: l.kind,
      quantity: l.quantity,
      unitPrice: amount(l.unit_price),
      discount: amount(l.discount),
      discountLabel: l.discount_label,
      net: amount(l.net),
      vatRateBasisPoints: l.vat_rate_basis_points,
      period: l.period_from === null ? null : { from: l.period_from, to: l.period_to! },
    })),
    vatGroups: (row.vat_groups as GroupJson[]).map((g) => ({
      rateBasisPoints: g.rateBasisPoints,
      net: amount(g.net),
      vat: amount(g.vat),
    })),
    prepaidUsed: amount(row.prepaid_used),
    cardPaid: amount(row.card_paid),
    mentions: mentions.map((m) => m.texts[ctx.locale] ?? m.texts.fr),
    original: original ? { id: toPublicId('invoice', original.id), number: original.number } : null,
    reason: row.reason,
    creditNotes: creditNotes.map((c) => ({
      id: toPublicId('invoice', c.id),
      number: c.number,
      issuedOn: c.issued_on,
      gross: amount(c.gross),
    })),
    deposits: deposits.map((d) => ({
      id: toPublicId('invoice', d.id),
      number: d.number,
      amount: amount(d.amount),
    })),
  }
}

function partyOf(p: Seller | Buyer) {
  return {
    name: p.name,
    siren: p.siren,
    siret: p.siret,
    vatNumber: p.vatNumber,
    addressLine1: p.addressLine1,
    addressLine2: p.addressLine2,
    postalCode: p.postalCode,
    city: p.city,
    country: p.country,
  }
}
