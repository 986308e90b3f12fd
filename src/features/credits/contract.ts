import { z } from 'zod'
import { instant, money } from '../../contract/common.ts'
import { endpoint } from '../../contract/endpoint.ts'
import { idAnswer, idInput } from '../../contract/ids.ts'

const common = { realms: ['agency' as const], may: 'credits.manage' as const }
const operator = { realms: ['operator' as const], may: 'operator' as const }

/** Kinds of credit: money that pays before the card, messages, previews of mailings. */
export const creditKinds = ['prepaid', 'sms', 'preview'] as const
export type CreditKind = (typeof creditKinds)[number]
const params = z.strictObject({ kind: z.enum(creditKinds) })

/** Minor units of a currency, or pieces of `SMS` or `PREVIEW`. */
const amount = z.strictObject({ amount: z.int(), unit: z.string() })

const balance = z.strictObject({
  kind: z.enum(creditKinds),
  /** The agency's own balance, once something moved in it: its statement's id. */
  walletId: idAnswer('wallet').nullable(),
  /** With the agency, to use or to hand out. */
  available: amount,
  /** Handed out to hosted accounts and still there. */
  onAccounts: amount,
})

/** What the agency has of every kind. */
export const listCredits = endpoint({
  ...common,
  name: 'listCredits',
  method: 'GET',
  path: '/credits',
  summary: 'Prepaid, SMS and preview credit: what the agency has and what its hosted accounts have.',
  answer: z.strictObject({ data: z.array(balance) }),
})

/** One kind, with what is on sale. */
export const getCredit = endpoint({
  ...common,
  name: 'getCredit',
  method: 'GET',
  path: '/credits/:kind',
  summary: 'One kind of credit: balances, packs on sale and VAT.',
  params,
  answer: balance.extend({
    /** On sale: quantity (minor units with VAT for prepaid), price without VAT, VAT and total. */
    packs: z.array(
      z.strictObject({ id: z.string(), quantity: z.int(), net: money, vat: money, total: money }),
    ),
  }),
})

/** Hosted accounts with what they have of a kind. */
export const listCreditAccounts = endpoint({
  ...common,
  name: 'listCreditAccounts',
  method: 'GET',
  path: '/credits/:kind/accounts',
  summary:
    'Hosted accounts with their balance of a kind of credit, by name, and whether their plan can use it.',
  params,
  query: z.strictObject({ q: z.string().max(200).optional() }),
  answer: z.strictObject({
    data: z.array(
      z.strictObject({
        id: idAnswer('hostedAccount'),
        name: z.string(),
        plan: z.string(),
        available: amount,
        /** Its plan can use it; a Lite account sends no SMS (B72). */
        usable: z.boolean(),
      }),
    ),
    /** More match than are shown: refine. */
    more: z.boolean(),
  }),
})

/** Buys credit; prepaid credit may be for one hosted account (B69). */
export const buyCredit = endpoint({
  ...common,
  name: 'buyCredit',
  method: 'POST',
  path: '/credits/:kind/purchases',
  summary: 'Buy a pack of credit, for the agency or, prepaid, for one hosted account.',
  params,
  body: z.strictObject({ packId: z.string().max(40), hostedAccountId: idInput('hostedAccount').optional() }),
  answer: z.strictObject({ purchaseId: idAnswer('purchase') }),
  status: 201,
  idempotencyKey: 'required',
  refusals: [
    'credit.pack_gone',
    'credit.not_for_one',
    'billing_profile.incomplete',
    'payment_method.missing',
  ],
})

const move = z.strictObject({
  hostedAccountId: idInput('hostedAccount'),
  /** Minor units, or pieces. */
  quantity: z.int().min(1).max(1_000_000_000),
})

/** Gives a hosted account credit of the agency (B67). */
export const allocateCredit = endpoint({
  ...common,
  name: 'allocateCredit',
  method: 'POST',
  path: '/credits/:kind/allocations',
  summary: 'Give a hosted account credit that the agency has.',
  params,
  body: move,
  answer: balance,
  idempotencyKey: 'required',
  refusals: ['wallet.insufficient', 'wallet.key_reused', 'credit.plan_without'],
})

/** Takes credit back from a hosted account, what is available of it. */
export const reclaimCredit = endpoint({
  ...common,
  name: 'reclaimCredit',
  method: 'POST',
  path: '/credits/:kind/reclaims',
  summary: 'Take back credit that a hosted account has not used.',
  params,
  body: move,
  answer: balance,
  idempotencyKey: 'required',
  refusals: ['wallet.insufficient', 'wallet.key_reused'],
})

const edition = {
  packs: z
    .array(
      z.strictObject({
        kind: z.enum(['sms', 'preview']),
        quantity: z.int().min(1).max(10_000_000),
        /** Without VAT, minor units. */
        price: z.int().min(1).max(100_000_000),
      }),
    )
    .min(1)
    .max(40),
  /** Without VAT, minor units. */
  prepaidAmounts: z.array(z.int().min(1000).max(100_000_000)).min(1).max(20),
}
const editionAnswer = z.strictObject({
  version: z.int(),
  currency: z.string(),
  ...edition,
  createdAt: instant,
  createdBy: z.string(),
})

/** What credit costs, every edition of it. */
export const listCreditEditions = endpoint({
  ...operator,
  name: 'listCreditEditions',
  method: 'GET',
  path: '/operator/credits',
  summary: 'Packs of credit on sale, as editions, the one that sells first.',
  answer: z.strictObject({ data: z.array(editionAnswer) }),
})

/** Sells at other prices from now on. */
export const publishCredits = endpoint({
  ...operator,
  name: 'publishCredits',
  method: 'POST',
  path: '/operator/credits',
  summary: 'Sell packs of credit at other prices from now on; purchases under way keep theirs.',
  body: z.strictObject({ ...edition, version: z.int() }),
  answer: editionAnswer,
  refusals: ['version.stale'],
})
