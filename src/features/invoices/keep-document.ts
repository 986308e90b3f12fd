import type { Locale } from '../../contract/common.ts'
import type { Ctx } from '../../server/context.ts'
import { newId } from '../../server/ids.ts'
import { inOnePacket } from '../../server/packets.ts'
import type { Payer } from '../agency-billing/public.ts'
import type { VatCategory, vatBreakdown } from '../rating/public.ts'
import { entriesOf } from './accounting-entries.ts'
import type { Buyer } from './buyer.ts'
import type { Deducted } from './deposits.ts'
import { registerDocument } from './register-document.ts'
import type { MentionTexts, Selling } from './seller.ts'
import type { VatCase } from './vat-case.ts'

/** Groups and sums of a document. */
export type Totals = ReturnType<typeof vatBreakdown>
/** A line as kept; `periodTo` is the first day it no longer covers. */
export type KeptLine = {
  kind: string
  label: string
  quantity: number
  unitPrice: bigint
  discount: bigint
  discountLabel: string | null
  net: bigint
  rateBasisPoints: number
  category: VatCategory
  periodFrom: string | null
  periodTo: string | null
  hostedAccountId: string | null
}
/** A document ready to be numbered. */
export type Draft = {
  kind: 'invoice' | 'deposit' | 'credit_note'
  selling: Selling
  payer: Payer
  buyer: Buyer
  vatCase: VatCase
  lines: KeptLine[]
  totals: Totals
  currency: string
  hostedAccountId: string | null
  prepaidUsed: bigint
  deducted: Deducted
  cardPaid: bigint
  paidAt: Temporal.Instant | null
  /** Due so many days after the issue, or on a day; on the day itself when paid. */
  dueOn: Temporal.PlainDate | null
  locale: Locale
  originalId: string | null
  reason: string | null
  reference: { kind: string; id: string } | null
}

const insertSql = `
  insert into invoice (agency_id, id, kind, siren, series, year, sequence_number, number, issued_on, due_on, paid_at, locale,
    payer_kind, client_id, hosted_account_id, seller, buyer, buyer_name, currency, net, vat, gross, vat_groups,
    prepaid_used, card_paid, vat_case, mentions, original_id, reason, reference_kind, reference_id, search_text, created_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, greatest($10::date, $9::date), $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21,
    $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, search_key($32), $33)`

const linesSql = `
  insert into invoice_line (agency_id, invoice_id, position, kind, label, quantity, unit_price, discount, discount_label, net,
    vat_rate_basis_points, vat_category, period_from, period_to, hosted_account_id)
  select $1, $2, l.* from jsonb_to_recordset($3) as l (position int, kind text, label text, quantity int, "unitPrice" bigint,
    discount bigint, "discountLabel" text, net bigint, "rateBasisPoints" int, category text, "periodFrom" date, "periodTo" date,
    "hostedAccountId" uuid)`

const depositUsesSql = `
  insert into deposit_use (agency_id, deposit_id, invoice_id, amount)
  select $1, p."depositId", $2, p.amount from jsonb_to_recordset($3) as p ("depositId" uuid, amount bigint)`

/** Numbers a draft and keeps it for good, in the caller's transaction; nothing else locks between here and its end. */
export async function keepDocument(ctx: Ctx, d: Draft): Promise<{ invoiceId: string; number: string }> {
  const id = newId()
  const series = d.kind === 'credit_note' ? 'A' : 'F'
  const { seller, today } = d.selling
  const clientId = d.payer.kind === 'client' ? d.payer.id : null
  const { net, vat, gross, groups } = d.totals
  const { label, number, issuedOn } = await registerDocument(ctx, {
    documentId: id,
    kind: d.kind,
    siren: seller.siren,
    series,
    today,
    buyerName: d.buyer.name,
    buyerAccount: `C${(clientId ?? ctx.agencyId).slice(-8).toUpperCase()}`,
    currency: d.currency,
    net,
    vat,
    gross,
    entries: entriesOf({
      kind: d.kind,
      lines: d.lines,
      groups,
      gross,
      cardPaid: d.cardPaid,
      prepaid: d.deducted,
    }),
  })
  const { tx, agencyId } = ctx
  await inOnePacket(tx.client, () =>
    Promise.all([
      tx.query('insert_invoice', insertSql, [
        agencyId,
        id,
        d.kind,
        seller.siren,
        series,
        today.year,
        number,
        label,
        issuedOn,
        (d.dueOn ?? today).toString(),
        d.paidAt?.toString() ?? null,
        d.locale,
        d.payer.kind,
        clientId,
        d.hostedAccountId,
        JSON.stringify(seller),
        JSON.stringify(d.buyer),
        d.buyer.name,
        d.currency,
        net,
        vat,
        gross,
        json(groups),
        d.prepaidUsed,
        d.cardPaid,
        d.vatCase,
        JSON.stringify(mentionsOf(d)),
        d.originalId,
        d.reason,
        d.reference?.kind ?? null,
        d.reference?.id ?? null,
        [label, d.buyer.name, ...d.lines.map((l) => l.label)].join(' ').slice(0, 2000),
        ctx.nowIso,
      ]),
      tx.query('insert_invoice_lines', linesSql, [
        agencyId,
        id,
        json(d.lines.map((l, i) => ({ position: i + 1, ...l }))),
      ]),
      ...(d.deducted.parts.length > 0
        ? [tx.query('insert_deposit_uses', depositUsesSql, [agencyId, id, json(d.deducted.parts)])]
        : []),
    ]),
  )
  ctx.audit({
    action: d.kind === 'credit_note' ? 'credit_note.issued' : 'invoice.issued',
    clientId,
    entity: { kind: 'invoice', id, name: label },
    data: { gross: Number(gross), currency: d.currency },
  })
  return { invoiceId: id, number: label }
}

/** The sentences printed on this document, in order: payment, then VAT. A credit note asks for no payment. */
function mentionsOf(d: Draft): { code: string; texts: MentionTexts }[] {
  const codes = [
    'recovery',
    'penalty',
    'discount',
    ...(d.selling.seller.vatOnDebits ? ['debits'] : []),
    ...(d.vatCase === 'domestic' ? [] : [`vat.${d.vatCase}`]),
  ]
  return codes.flatMap((code) => {
    const texts = d.selling.mentions[code]
    return texts ? [{ code, texts }] : []
  })
}

function json(value: unknown): string {
  return JSON.stringify(value, (_, v: unknown) => (typeof v === 'bigint' ? Number(v) : v))
}
