import type { Ctx } from '../../server/context.ts'
import { newId } from '../../server/ids.ts'
import { testCards, tokenOf } from '../payment-providers/public.ts'
import { sampleBuyer } from './sample-invoices.ts'
import type { World } from './world.ts'

/** Who the sample agency's invoices are made out to, and the test card that pays its renewals. */
export async function samplePayer(ctx: Ctx, world: World): Promise<void> {
  const then = world.now.subtract({ hours: 24 * 330 }).toString()
  await ctx.db
    .insertInto('agency_billing_profile')
    .values({
      agency_id: ctx.agencyId,
      legal_name: sampleBuyer.name,
      siren: sampleBuyer.siren,
      siret: sampleBuyer.siret,
      vat_number: sampleBuyer.vatNumber,
      email: sampleBuyer.email,
      address_line1: sampleBuyer.addressLine1,
      postal_code: sampleBuyer.postalCode,
      city: sampleBuyer.city,
      country: sampleBuyer.country,
      updated_at: then,
    })
    .execute()
  const card = testCards[0]!
  await ctx.db
    .insertInto('payment_method')
    .values({
      agency_id: ctx.agencyId,
      id: newId(),
      payer_id: ctx.agencyId,
      provider: 'sandbox',
      customer_ref: 'sandbox_customer_sample',
      token: tokenOf(card),
      brand: card.brand,
      last4: card.number.slice(-4),
      exp_month: 9,
      exp_year: world.now.toZonedDateTimeISO('Europe/Paris').year + 2,
      added_by: 'Camille Rousseau',
      created_at: then,
    })
    .execute()
}
