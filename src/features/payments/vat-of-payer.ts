import type { Ctx } from '../../server/context.ts'
import type { Payer } from '../agency-billing/public.ts'
import { buyerOf, sellingNow, vatOf, type Buyer, type Vat } from '../invoices/public.ts'

/** A payer's legal identity at this moment, and how it is taxed. */
export type Taxed = { buyer: Buyer; vat: Vat }

const known = new WeakMap<Ctx, Map<string, Promise<Taxed>>>()

/** Identity and VAT of a payer, read once a transaction: a batch of renewals asks it of the same payer each time. */
export function taxedPayer(ctx: Ctx, payer: Payer): Promise<Taxed> {
  const ofCtx = known.get(ctx) ?? new Map<string, Promise<Taxed>>()
  known.set(ctx, ofCtx)
  const key = payer.kind === 'agency' ? '' : payer.id
  const found = ofCtx.get(key) ?? readTaxed(ctx, payer)
  ofCtx.set(key, found)
  return found
}

async function readTaxed(ctx: Ctx, payer: Payer): Promise<Taxed> {
  const buyer = await buyerOf(ctx, payer)
  const { seller } = await sellingNow(ctx)
  return { buyer, vat: vatOf(seller, buyer) }
}

/** The same, read again: for who has just changed it. */
export async function vatNow(ctx: Ctx, payer: Payer): Promise<Vat> {
  return (await readTaxed(ctx, payer)).vat
}

/** How a payer is taxed in this transaction: what `PurchaseLine.vatRateBasisPoints` is taken from. */
export async function vatOfPayer(ctx: Ctx, payer: Payer): Promise<Vat> {
  return (await taxedPayer(ctx, payer)).vat
}
