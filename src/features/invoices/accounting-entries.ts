import type { VatCategory, VatGroup } from '../rating/public.ts'

/** One line of a journal, minor units; exactly one of debit and credit is not zero. */
export type AccountingEntry = {
  /** VE sales, CB card receipts. */
  journal: 'VE' | 'CB'
  account: string
  label: string
  /** Carries the buyer's auxiliary account. */
  auxiliary: boolean
  debit: number
  credit: number
}

/** What the entries of a document are made from; amounts in minor units, never negative but line nets. */
export type Booked = {
  kind: 'invoice' | 'deposit' | 'credit_note'
  lines: readonly { net: bigint; category: VatCategory }[]
  groups: readonly VatGroup[]
  gross: bigint
  cardPaid: bigint
  /** Deducted deposits (given back ones on a credit note): their VAT by rate, and what no deposit covers. */
  prepaid: { net: bigint; vat: { rateBasisPoints: number; amount: bigint }[] }
}

// French general chart of accounts (PCG): 411 customers, 4191 advances, 4457 VAT collected, 706 services.
const customers = ['411000', 'Clients'] as const
const advances = ['419100', 'Avances et acomptes reçus'] as const
const cards = ['511500', 'Cartes bancaires à l’encaissement'] as const

/** Account of services by where they are taxed. */
function revenue(category: VatCategory): readonly [string, string] {
  if (category === 'AE') return ['706100', 'Prestations de services – Union européenne']
  if (category === 'O' || category === 'G') return ['706200', 'Prestations de services – hors champ']
  return ['706000', 'Prestations de services']
}

const vatAccounts: Readonly<Record<number, string>> = {
  2000: '445710',
  1000: '445711',
  550: '445712',
  850: '445713',
}

function vatAccount(rateBasisPoints: number): readonly [string, string] {
  const rate = String(rateBasisPoints / 100).replace('.', ',')
  return [vatAccounts[rateBasisPoints] ?? '445719', `TVA collectée ${rate} %`]
}

/**
 * The entries of a document. An invoice owes its gross less the deposits it deducts, which leave the advances
 * account with their VAT; a deposit enters it; a credit note is the opposite of an invoice. What was paid by
 * card is received in its own journal. Debits equal credits in each journal.
 */
export function entriesOf(b: Booked): AccountingEntry[] {
  const entries: AccountingEntry[] = []
  const sign = b.kind === 'credit_note' ? -1n : 1n
  // Positive amounts are debits.
  const add = (
    journal: 'VE' | 'CB',
    [account, label]: readonly [string, string],
    amount: bigint,
    auxiliary = false,
  ) => {
    if (amount === 0n) return
    const signed = amount * sign
    entries.push({
      journal,
      account,
      label,
      auxiliary,
      debit: signed > 0n ? Number(signed) : 0,
      credit: signed < 0n ? Number(-signed) : 0,
    })
  }
  const prepaid = b.prepaid.net + b.prepaid.vat.reduce((sum, v) => sum + v.amount, 0n)
  add('VE', customers, b.gross - prepaid, true)
  add('VE', advances, b.prepaid.net)
  for (const v of b.prepaid.vat) add('VE', vatAccount(v.rateBasisPoints), v.amount)
  const sales = new Map<string, bigint>()
  for (const line of b.lines) {
    const [account] = b.kind === 'deposit' ? advances : revenue(line.category)
    sales.set(`${account} ${line.category}`, (sales.get(`${account} ${line.category}`) ?? 0n) + line.net)
  }
  for (const [key, net] of sales)
    add('VE', b.kind === 'deposit' ? advances : revenue(key.split(' ')[1] as VatCategory), -net)
  for (const g of b.groups) add('VE', vatAccount(g.rateBasisPoints), -g.vat)
  add('CB', cards, b.cardPaid)
  add('CB', customers, -b.cardPaid, true)
  return entries
}
