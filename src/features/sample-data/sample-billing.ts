import { frenchVatNumber, luhnHolds } from '../../contract/company-numbers.ts'
import type { Ctx } from '../../server/context.ts'
import type { SampleClient, World } from './world.ts'

const legalForms = ['SARL', 'SAS', 'EURL', 'SASU'] as const

/** Billing details of most clients, with numbers whose keys hold; the others are still to be filled in. */
export async function sampleBilling(ctx: Ctx, world: World): Promise<void> {
  const { random } = world
  const billed = world.clients.filter((c) => {
    const known = random.chance(0.82)
    // Clients whose own people sign in pay for themselves: their invoices need it.
    return known || c.assignments.some((a) => a.member.part.role === 'client')
  })
  await ctx.db
    .insertInto('billing_profile')
    .values(
      billed.map((c) => ({
        agency_id: ctx.agencyId,
        id: random.id(c.createdAt),
        client_id: c.id,
        legal_name: `${random.pick(legalForms)} ${c.name}`,
        siren: c.siren,
        siret: siretOf(c),
        vat_number: frenchVatNumber(c.siren),
        email: `compta@${c.website}`,
        address_line1: c.town.street,
        postal_code: c.town.postalCode,
        city: c.town.name,
        country: 'FR',
        purchase_reference: random.chance(0.2)
          ? `BC-${random.whole(2024, 2026)}-${random.whole(100, 999)}`
          : null,
        payment_terms_days: random.pick([0, 15, 30, 30, 30, 45]),
        updated_at: c.createdAt.toString(),
      })),
    )
    .execute()
}

/** The firm's head office: its SIREN, the first establishment's number, the key of the fourteen. */
function siretOf(client: SampleClient): string {
  for (let key = 0; key <= 9; key += 1) {
    const siret = `${client.siren}0001${key}`
    if (luhnHolds(siret)) return siret
  }
  throw new Error('every number has a key')
}
