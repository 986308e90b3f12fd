import type { Ctx } from '../../server/context.ts'
import type { BillingDetails } from './billing-details.ts'

/** Legal identity of a client, as invoices are made out to it: its billing details under a name it always has. */
export type ClientIdentity = Omit<BillingDetails, 'legalName'> & { name: string }

/** A client's billing details (A5), under its own name, town and country while it has none; undefined when there is no such client. Asks nobody's sight. */
export async function clientIdentity(ctx: Ctx, clientId: string): Promise<ClientIdentity | undefined> {
  const [row] = await ctx.tx.query<ClientIdentity>(
    'client_identity',
    `select coalesce(b.legal_name, c.name) as name, b.siren, b.siret, b.vat_number as "vatNumber", b.email,
       b.address_line1 as "addressLine1", b.address_line2 as "addressLine2", b.postal_code as "postalCode",
       coalesce(b.city, c.city) as city, coalesce(b.country, c.country) as country,
       b.purchase_reference as "purchaseReference"
     from client c left join billing_profile b on b.agency_id = $1 and b.client_id = c.id
     where c.agency_id = $1 and c.id = $2`,
    [ctx.agencyId, clientId],
  )
  return row
}
