import { agencyOf, type Ctx } from '../../server/context.ts'
import { readAgencyProfile, type Payer } from '../agency-billing/public.ts'
import { clientIdentity, type ClientIdentity } from '../client-billing/public.ts'

/** Legal identity a document is made out to, as it was when it was sold. `purchaseReference` is BT-13. */
export type Buyer = ClientIdentity

/**
 * The payer's identity as it is now: a client's billing details (A5), or the agency's own, under its name and
 * country while it has none. Whoever sells for longer than a moment keeps it from the offer to the payment, so that
 * the document says what was agreed.
 */
export async function buyerOf(ctx: Ctx, payer: Payer): Promise<Buyer> {
  if (payer.kind === 'agency') return agencyBuyer(ctx)
  const client = await clientIdentity(ctx, payer.id)
  if (!client) throw new Error(`no client ${payer.id} to make a document out to`)
  return client
}

async function agencyBuyer(ctx: Ctx): Promise<Buyer> {
  const [row, [agency]] = await Promise.all([
    readAgencyProfile(ctx),
    ctx.tx.query<{ country: string }>('buyer_country', 'select country from agency where agency_id = $1', [
      ctx.agencyId,
    ]),
  ])
  return {
    name: row?.legal_name ?? agencyOf(ctx).name,
    siren: row?.siren ?? null,
    siret: row?.siret ?? null,
    vatNumber: row?.vat_number ?? null,
    email: row?.email ?? null,
    addressLine1: row?.address_line1 ?? null,
    addressLine2: row?.address_line2 ?? null,
    postalCode: row?.postal_code ?? null,
    city: row?.city ?? null,
    country: row?.country ?? agency?.country ?? 'FR',
    purchaseReference: row?.purchase_reference ?? null,
  }
}
