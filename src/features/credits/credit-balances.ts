import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import { type Ctx } from '../../server/context.ts'
import { vatOfPayer } from '../payments/public.ts'
import { planAt, featuresOf } from '../plans/public.ts'
import { vatBreakdown } from '../rating/public.ts'
import { accountsOnPlans, type AccountOnPlan } from '../subscriptions/public.ts'
import { balancesOf, heldByAccounts, walletIds } from '../wallets/public.ts'
import { creditKinds, type CreditKind } from './contract.ts'
import type * as contract from './contract.ts'
import { accountWallet, agencyWallet, unitOf } from './credit-wallets.ts'
import { editionNow, type CreditEdition } from './editions.ts'

type Balance = AnswerOf<typeof contract.listCredits>['data'][number]

/** Accounts shown at once. */
const shown = 200

/** What the agency has of a kind, and what its hosted accounts have. */
export async function creditBalance(ctx: Ctx, kind: CreditKind): Promise<Balance> {
  const own = agencyWallet(ctx, kind)
  const unit = unitOf(ctx, kind)
  const [[balance], [id], held] = await Promise.all([
    balancesOf(ctx, [own]),
    walletIds(ctx, [own]),
    heldByAccounts(ctx, kind === 'prepaid' ? 'prepaid' : 'credit', unit),
  ])
  return {
    kind,
    walletId: id ? toPublicId('wallet', id) : null,
    available: { amount: Number(balance!.available), unit },
    onAccounts: { amount: Number(held), unit },
  }
}

/** Every kind. */
export async function listCredits(ctx: Ctx): Promise<AnswerOf<typeof contract.listCredits>> {
  return { data: await Promise.all(creditKinds.map((kind) => creditBalance(ctx, kind))) }
}

/** One kind with its packs, priced with the agency's VAT. */
export async function getCredit(
  ctx: Ctx,
  { params }: InputOf<typeof contract.getCredit>,
): Promise<AnswerOf<typeof contract.getCredit>> {
  const [balance, edition, vat] = await Promise.all([
    creditBalance(ctx, params.kind),
    editionNow(ctx),
    vatOfPayer(ctx, { kind: 'agency' }),
  ])
  const money = (amount: bigint) => ({ amount: Number(amount), currency: edition.currency })
  return {
    ...balance,
    packs: packsOf(edition, params.kind).map((pack) => {
      const { net, vat: tax, gross } = vatBreakdown([{ net: BigInt(pack.price), ...vat }])
      return {
        id: pack.id,
        quantity: params.kind === 'prepaid' ? Number(gross) : pack.quantity,
        net: money(net),
        vat: money(tax),
        total: money(gross),
      }
    }),
  }
}

/** Packs of a kind in an edition; the id names edition, kind and size, so that a price never changes under a buyer. */
export function packsOf(
  edition: CreditEdition,
  kind: CreditKind,
): { id: string; quantity: number; price: number }[] {
  const packs =
    kind === 'prepaid'
      ? edition.prepaidAmounts.map((price) => ({ quantity: price, price }))
      : edition.packs.filter((p) => p.kind === kind)
  return packs.map(({ quantity, price }) => ({
    id: `${edition.version}-${kind}-${quantity}`,
    quantity,
    price,
  }))
}

/** Hosted accounts with what they have, and whether their plan can use it (B72). */
export async function listCreditAccounts(
  ctx: Ctx,
  { params, query }: InputOf<typeof contract.listCreditAccounts>,
): Promise<AnswerOf<typeof contract.listCreditAccounts>> {
  const { kind } = params
  const accounts = await accountsOnPlans(ctx, { ...(query.q && { q: query.q }), limit: shown + 1 })
  const rows = accounts.slice(0, shown)
  const balances = await balancesOf(
    ctx,
    rows.map((a) => accountWallet(ctx, kind, a.id)),
  )
  const usable = await usableBy(ctx, kind, rows)
  return {
    data: rows.map((a, i) => ({
      id: toPublicId('hostedAccount', a.id),
      name: a.name,
      plan: a.planCode,
      available: { amount: Number(balances[i]!.available), unit: unitOf(ctx, kind) },
      usable: usable.has(a.id),
    })),
    more: accounts.length > shown,
  }
}

/** Which accounts' plans open what a kind of credit is for; prepaid credit pays on every plan. */
export async function usableBy(
  ctx: Ctx,
  kind: CreditKind,
  accounts: readonly Pick<AccountOnPlan, 'id' | 'planCode' | 'planVersion'>[],
): Promise<Set<string>> {
  if (kind === 'prepaid') return new Set(accounts.map((a) => a.id))
  const feature = kind === 'sms' ? 'sms' : 'previews'
  const opened = new Map<string, boolean>()
  for (const { planCode, planVersion } of accounts) {
    const key = `${planCode} ${planVersion}`
    if (!opened.has(key))
      opened.set(key, featuresOf(await planAt(ctx, planCode as 'lite', planVersion)).has(feature))
  }
  return new Set(accounts.filter((a) => opened.get(`${a.planCode} ${a.planVersion}`)).map((a) => a.id))
}
