import type { Ctx } from '../../server/context.ts'
import { Refusal } from '../../server/refusal.ts'
import { billingDetailsOf } from '../client-billing/public.ts'

/** Who pays: the agency itself, or one of its clients with its own money (clientPaid). */
export type Payer = { kind: 'agency' } | { kind: 'client'; id: string }

const needed = ['legal_name', 'address_line1', 'postal_code', 'city'] as const
const fields = {
  legal_name: 'legalName',
  address_line1: 'addressLine1',
  postal_code: 'postalCode',
  city: 'city',
} as const

/** Names of the fields that an invoice must say of its buyer and that are not known yet; the postal code only in France. */
export function missingFields(
  found: (Partial<Record<(typeof needed)[number], string | null>> & { country: string }) | undefined,
): string[] {
  return needed
    .filter((f) => !found?.[f] && !(f === 'postal_code' && (found?.country ?? 'FR') !== 'FR'))
    .map((f) => fields[f])
}

/**
 * 409 `billing_profile.incomplete`, data { payer, missing }, when an invoice to this payer would not say what the law
 * wants of it (CGI ann. II art. 242 nonies A): name and address.
 */
export async function refuseIncomplete(ctx: Ctx, payer: Payer): Promise<void> {
  const found = payer.kind === 'agency' ? await readAgencyProfile(ctx) : await billingDetailsOf(ctx, payer.id)
  const missing = missingFields(found)
  if (missing.length > 0)
    throw new Refusal(409, 'billing_profile.incomplete', { data: { payer: payer.kind, missing } })
}

/** The agency's own row, once somebody saved one. */
export function readAgencyProfile(ctx: Ctx) {
  return ctx.db
    .selectFrom('agency_billing_profile')
    .selectAll()
    .where('agency_id', '=', ctx.agencyId)
    .executeTakeFirst()
}
