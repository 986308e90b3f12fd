import type { Ctx } from '../../server/context.ts'
import type { Payer } from '../agency-billing/public.ts'
import { share, type VatCategory } from '../rating/public.ts'

/** A part of a deposit invoice that a document deducts (or gives back), minor units, VAT included. */
export type DepositPart = { depositId: string; amount: bigint }
/** The parts, and what they hold without VAT and of VAT by rate; `net` includes what no deposit covers. */
export type Deducted = {
  parts: DepositPart[]
  net: bigint
  vat: { rateBasisPoints: number; amount: bigint }[]
}

type Row = { id: string; gross: bigint; vat_groups: GroupJson[]; used: bigint }
/** A VAT group as kept with its document. */
export type GroupJson = { category: VatCategory; rateBasisPoints: number; net: number; vat: number }

// Serialised per payer: two documents at once must not deduct the same euro of a deposit.
const lockSql = `select pg_advisory_xact_lock(hashtextextended('deposits:' || $1::text || ':' || coalesce($2::text, ''), 0))`

const depositsSql = `
  select d.id, d.gross, d.vat_groups, coalesce(u.used, 0)::bigint as used
  from invoice d left join lateral (
    select sum(case when i.kind = 'credit_note' then -u.amount else u.amount end) as used
    from deposit_use u join invoice i on i.agency_id = $1 and i.id = u.invoice_id
    where u.agency_id = $1 and u.deposit_id = d.id) u on true
  where d.agency_id = $1 and d.kind = 'deposit' and d.client_id is not distinct from $2
    and d.currency = $4
  order by d.hosted_account_id is distinct from $3, d.hosted_account_id is not null, d.issued_on, d.id`

/**
 * Which of the payer's deposit invoices `amount` of prepaid credit is deducted from: those of the hosted account
 * it was for, then the oldest (domain.md, "Order of application"). Credit moves between an agency and its
 * accounts, so any of the payer's deposits may be what was spent. Credit that nobody invoiced (granted free) is
 * deducted too, from no deposit.
 */
export async function deduct(
  ctx: Ctx,
  d: { payer: Payer; hostedAccountId: string | null; currency: string; amount: bigint },
): Promise<Deducted> {
  if (d.amount === 0n) return { parts: [], net: 0n, vat: [] }
  const clientId = d.payer.kind === 'client' ? d.payer.id : null
  const [, rows] = await Promise.all([
    ctx.tx.query('deposits_lock', lockSql, [ctx.agencyId, clientId]),
    ctx.tx.query<Row>('deposits', depositsSql, [ctx.agencyId, clientId, d.hostedAccountId, d.currency]),
  ])
  const found: Deducted = { parts: [], net: 0n, vat: [] }
  let left = d.amount
  for (const row of rows) {
    const amount = least(row.gross - row.used, left)
    if (amount <= 0n) continue
    found.parts.push({ depositId: row.id, amount })
    addVat(found, row, amount)
    left -= amount
  }
  found.net = d.amount - found.vat.reduce((sum, v) => sum + v.amount, 0n)
  return found
}

/** VAT of a part: of what is deducted up to now less of what was before, so that all parts sum exactly. */
function addVat(found: Deducted, row: Row, amount: bigint): void {
  for (const g of row.vat_groups) {
    const upTo = (used: bigint) => share(BigInt(g.vat), used, row.gross)
    const vat = upTo(row.used + amount) - upTo(row.used)
    const known = found.vat.find((v) => v.rateBasisPoints === g.rateBasisPoints)
    if (known) known.amount += vat
    else found.vat.push({ rateBasisPoints: g.rateBasisPoints, amount: vat })
  }
}

const usesSql = `
  select d.id, d.gross, d.vat_groups, u.amount - coalesce((
      select sum(b.amount) from deposit_use b join invoice c on c.agency_id = $1 and c.id = b.invoice_id
      where b.agency_id = $1 and b.deposit_id = d.id and c.original_id = $2), 0)::bigint as left,
    (select sum(case when i.kind = 'credit_note' then -x.amount else x.amount end)
      from deposit_use x join invoice i on i.agency_id = $1 and i.id = x.invoice_id
      where x.agency_id = $1 and x.deposit_id = d.id)::bigint as used
  from deposit_use u join invoice d on d.agency_id = $1 and d.id = u.deposit_id
  where u.agency_id = $1 and u.invoice_id = $2
  order by d.issued_on desc, d.id desc`

/** Which deposits get back what an invoice deducted, the last used first: they can be deducted again. */
export async function giveBack(ctx: Ctx, invoiceId: string, amount: bigint): Promise<Deducted> {
  const found: Deducted = { parts: [], net: 0n, vat: [] }
  if (amount === 0n) return found
  const rows = await ctx.tx.query<Row & { left: bigint }>('deposit_uses', usesSql, [ctx.agencyId, invoiceId])
  let rest = amount
  for (const row of rows) {
    const part = least(row.left, rest)
    if (part <= 0n) continue
    found.parts.push({ depositId: row.id, amount: part })
    addVat(found, { ...row, used: row.used - part }, part)
    rest -= part
  }
  found.net = amount - found.vat.reduce((sum, v) => sum + v.amount, 0n)
  return found
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}
