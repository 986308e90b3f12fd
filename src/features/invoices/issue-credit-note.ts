import { agencyOf, type Ctx } from '../../server/context.ts'
import { Refusal, notFound } from '../../server/refusal.ts'
import type { Locale } from '../../contract/common.ts'
import { moneyText } from '../wallets/public.ts'
import type { Payer } from '../agency-billing/public.ts'
import { share, vatBreakdown } from '../rating/public.ts'
import type { Buyer } from './buyer.ts'
import { giveBack, type GroupJson } from './deposits.ts'
import { keepDocument, type KeptLine, type Totals } from './keep-document.ts'
import { sellingNow } from './seller.ts'
import type { VatCase } from './vat-case.ts'

/** A line that gives back `net` (positive, minor units, without VAT) of an invoice. */
export type CreditLine = {
  label: string
  net: bigint
  vatRateBasisPoints: number
  kind: string
  period?: { from: string; to: string }
  hostedAccountId?: string
}
/** What is given back, why, and where the money went; VAT included, minor units. */
export type CreditNoteInput = {
  invoiceId: string
  /** `rest`: everything not yet given back. */
  lines: readonly CreditLine[] | 'rest'
  /** Printed, in the payer's language. */
  reason: string
  /** Returned to prepaid credit, and to the card; the remainder is left to give back. */
  toPrepaid?: bigint
  toCard?: bigint
  reference?: { kind: string; id: string }
}

type Original = {
  id: string
  kind: string
  number: string
  payer_kind: 'agency' | 'client'
  client_id: string | null
  hosted_account_id: string | null
  buyer: Buyer
  currency: string
  locale: Locale
  vat_case: VatCase
  vat_groups: GroupJson[]
}

/**
 * Issues a credit note in the caller's transaction; the same rules as `issueInvoice` on when to call it. It
 * cites its invoice, and all credit notes of an invoice sum to at most it, per VAT rate; when all is given
 * back, to the cent. 404 for no such invoice of this agency, 409 `credit_note.too_much` with what is left, 409
 * `credit_note.refund_pending` while a refund is asked for whose note (by `reference`) is another one.
 */
export async function issueCreditNote(
  ctx: Ctx,
  input: CreditNoteInput,
): Promise<{ invoiceId: string; number: string }> {
  const { original, left } = await lockedOriginal(ctx, input.invoiceId)
  await refuseWhileRefunding(ctx, input)
  const lines =
    input.lines === 'rest' ? await restLines(ctx, original, left) : input.lines.map((l) => keptLine(l, left))
  const totals = creditTotals(ctx, lines, left, original.currency)
  if ((input.toPrepaid ?? 0n) + (input.toCard ?? 0n) > totals.gross)
    throw new Error(`a credit note of ${totals.gross} cannot return more`)
  const payer: Payer =
    original.payer_kind === 'client' ? { kind: 'client', id: original.client_id! } : { kind: 'agency' }
  const [toPrepaid, toCard] = [input.toPrepaid ?? 0n, input.toCard ?? 0n]
  return keepDocument(ctx, {
    kind: 'credit_note',
    selling: await sellingNow(ctx),
    payer,
    buyer: original.buyer,
    vatCase: original.vat_case,
    lines,
    totals,
    currency: original.currency,
    hostedAccountId: original.hosted_account_id,
    prepaidUsed: toPrepaid,
    deducted: await giveBack(ctx, original.id, toPrepaid),
    cardPaid: toCard,
    paidAt: toPrepaid + toCard === totals.gross ? ctx.now : null,
    dueOn: null,
    locale: original.locale ?? agencyOf(ctx).locale,
    originalId: original.id,
    reason: input.reason,
    reference: input.reference ?? null,
  })
}

/** What an invoice has left to give back. */
export type Creditable = { currency: string; groups: Totals['groups'] }

/** What credit notes have not taken of an invoice yet, held as it is until the transaction ends. 404 for no such. */
export async function creditableOf(ctx: Ctx, invoiceId: string): Promise<Creditable> {
  const { original, left } = await lockedOriginal(ctx, invoiceId)
  return { currency: original.currency, groups: left }
}

/**
 * Lines of a credit note of `gross` (minor units, VAT included), rate after rate; one cent less where no base has
 * that sum at its rate. Gives what the note will say in all.
 */
export function linesOfGross(
  { groups }: Creditable,
  gross: bigint,
  label: string,
): { lines: CreditLine[]; net: bigint; vat: bigint } {
  const found = { lines: [] as CreditLine[], net: 0n, vat: 0n }
  let rest = gross
  for (const g of groups) {
    if (rest <= 0n || g.net <= 0n) continue
    const rate = BigInt(g.rateBasisPoints)
    const most = (rest * 10_000n) / (10_000n + rate) + 1n
    let net = rest >= g.net + g.vat || most > g.net ? g.net : most
    while (net > 0n && net + vatGivenBack(g, net) > rest) net -= 1n
    if (net === 0n) continue
    const vat = vatGivenBack(g, net)
    found.lines.push({ label, net, vatRateBasisPoints: g.rateBasisPoints, kind: 'correction' })
    found.net += net
    found.vat += vat
    rest -= net + vat
  }
  return found
}

async function lockedOriginal(ctx: Ctx, invoiceId: string) {
  // One at a time per invoice: two at once must not give the same euro back twice.
  await ctx.tx.query(
    'credit_lock',
    `select pg_advisory_xact_lock(hashtextextended('credit:' || $1::text, 0))`,
    [invoiceId],
  )
  const original = await readOriginal(ctx, invoiceId)
  return { original, left: await leftOf(ctx, original) }
}

/** The provider gives money back whose note comes after: nothing may take what it counts on. */
async function refuseWhileRefunding(ctx: Ctx, input: CreditNoteInput): Promise<void> {
  const [pending] = await ctx.tx.query(
    'credit_refund_pending',
    `select 1 from purchase p join purchase_refund r on r.agency_id = $1 and r.purchase_id = p.id
     where p.agency_id = $1 and p.invoice_id = $2 and r.state = 'pending' and r.id is distinct from $3::uuid`,
    [ctx.agencyId, input.invoiceId, input.reference?.id ?? null],
  )
  if (pending) throw new Refusal(409, 'credit_note.refund_pending')
}

async function readOriginal(ctx: Ctx, id: string): Promise<Original> {
  const [row] = await ctx.tx.query<Original>(
    'credit_original',
    `select id, kind, number, payer_kind, client_id, hosted_account_id, buyer, currency, locale, vat_case, vat_groups
     from invoice where agency_id = $1 and id = $2 and kind <> 'credit_note'`,
    [ctx.agencyId, id],
  )
  if (!row) throw notFound()
  return row
}

/** Per VAT group, what credit notes have not taken yet. */
async function leftOf(ctx: Ctx, original: Original): Promise<Totals['groups']> {
  const taken = await ctx.tx.query<{ vat_groups: GroupJson[] }>(
    'credit_taken',
    `select vat_groups from invoice where agency_id = $1 and original_id = $2`,
    [ctx.agencyId, original.id],
  )
  return original.vat_groups.map((g) => {
    const same = taken.flatMap((c) => c.vat_groups).filter((x) => sameGroup(x, g))
    const less = (of: 'net' | 'vat') => BigInt(g[of]) - same.reduce((sum, x) => sum + BigInt(x[of]), 0n)
    return { category: g.category, rateBasisPoints: g.rateBasisPoints, net: less('net'), vat: less('vat') }
  })
}

function sameGroup(a: Pick<GroupJson, 'category' | 'rateBasisPoints'>, b: typeof a): boolean {
  return a.category === b.category && a.rateBasisPoints === b.rateBasisPoints
}

/** VAT that goes with `net` of what is left of a group. */
function vatGivenBack(left: Totals['groups'][number], net: bigint): bigint {
  const vat = share(net, BigInt(left.rateBasisPoints), 10_000n)
  return net === left.net || vat > left.vat ? left.vat : vat
}

/** VAT of each group: by its rate, at most what is left of it, and all that is left with the last of its base. */
function creditTotals(
  ctx: Ctx,
  lines: readonly KeptLine[],
  left: Totals['groups'],
  currency: string,
): Totals {
  const { groups } = vatBreakdown(lines)
  if (groups.length === 0) throw tooMuch(ctx, left, currency)
  for (const g of groups) {
    const of = left.find((l) => sameGroup(l, g))
    if (!of || g.net <= 0n || g.net > of.net) throw tooMuch(ctx, left, currency)
    g.vat = vatGivenBack(of, g.net)
  }
  const net = groups.reduce((sum, g) => sum + g.net, 0n)
  const vat = groups.reduce((sum, g) => sum + g.vat, 0n)
  return { groups, net, vat, gross: net + vat }
}

function tooMuch(ctx: Ctx, left: Totals['groups'], currency: string): Refusal {
  const open = left.reduce((sum, l) => sum + l.net + l.vat, 0n)
  return new Refusal(409, 'credit_note.too_much', {
    values: { left: moneyText(ctx.locale, open, currency) },
    data: { left: { amount: Number(open), currency } },
  })
}

function keptLine(line: CreditLine, left: Totals['groups']): KeptLine {
  const group = left.find((g) => g.rateBasisPoints === line.vatRateBasisPoints)
  return {
    kind: line.kind,
    label: line.label,
    quantity: 1,
    unitPrice: line.net,
    discount: 0n,
    discountLabel: null,
    net: line.net,
    rateBasisPoints: line.vatRateBasisPoints,
    category: group?.category ?? 'S',
    periodFrom: line.period?.from ?? null,
    periodTo: line.period?.to ?? null,
    hostedAccountId: line.hostedAccountId ?? null,
  }
}

/** The invoice's own lines when nothing was given back yet, else one line per rate with what is left. */
async function restLines(ctx: Ctx, original: Original, left: Totals['groups']): Promise<KeptLine[]> {
  const untouched = original.vat_groups.every((g) => left.find((l) => sameGroup(l, g))?.net === BigInt(g.net))
  if (untouched) return readLines(ctx, original.id)
  return left
    .filter((g) => g.net > 0n)
    .map((g) => ({
      ...keptLine(
        { label: original.number, net: g.net, vatRateBasisPoints: g.rateBasisPoints, kind: 'rest' },
        left,
      ),
      category: g.category,
    }))
}

async function readLines(ctx: Ctx, id: string): Promise<KeptLine[]> {
  return ctx.tx.query<KeptLine>(
    'credit_lines',
    `select kind, label, quantity, unit_price as "unitPrice", discount, discount_label as "discountLabel", net,
       vat_rate_basis_points as "rateBasisPoints", vat_category as category, period_from as "periodFrom", period_to as "periodTo",
       hosted_account_id as "hostedAccountId"
     from invoice_line where agency_id = $1 and invoice_id = $2 order by position`,
    [ctx.agencyId, id],
  )
}
