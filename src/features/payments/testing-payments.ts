import { newId } from '../../server/ids.ts'
import type { TestApp } from '../../server/testing.ts'
import { testCards, tokenOf } from '../payment-providers/public.ts'

/** Gives an agency (or one of its clients) a test card by its last four digits: `4242` pays, `3155` asks, `0341` fails. */
export async function giveCard(
  t: TestApp,
  agency: { id: string },
  given: { last4?: string; clientId?: string; expMonth?: number; expYear?: number } = {},
): Promise<string> {
  const card = testCards.find((c) => c.number.endsWith(given.last4 ?? '4242'))!
  const payer = given.clientId ?? agency.id
  await t.sql(
    `update payment_method set state = 'replaced', ended_at = now() where agency_id = $1 and payer_id = $2 and state = 'active'`,
    [agency.id, payer],
  )
  const id = newId()
  await t.sql(
    `insert into payment_method (agency_id, id, payer_id, client_id, provider, customer_ref, token, brand, last4, exp_month, exp_year, added_by, created_at)
     values ($1, $2, $3, $4, 'sandbox', 'sandbox_customer', $5, $6, $7, $8, $9, 'Test', now())`,
    [
      agency.id,
      id,
      payer,
      given.clientId ?? null,
      tokenOf(card),
      card.brand,
      card.number.slice(-4),
      given.expMonth ?? 12,
      given.expYear ?? 2040,
    ],
  )
  return id
}

/** Gives an agency the billing details without which nothing can be invoiced. */
export async function giveBillingProfile(
  t: TestApp,
  agency: { id: string },
  given: { country?: string; vatNumber?: string; email?: string; collectionDay?: number } = {},
): Promise<void> {
  await t.sql(
    `insert into agency_billing_profile (agency_id, legal_name, siren, email, address_line1, postal_code, city, country, vat_number, collection_day, updated_at)
     values ($1, 'Studio Exemple SARL', '732829320', $2, '12 rue des Lilas', '69003', 'Lyon', $3, $4, $5, now())
     on conflict (agency_id) do update set email = excluded.email, country = excluded.country, vat_number = excluded.vat_number, collection_day = excluded.collection_day`,
    [
      agency.id,
      given.email ?? 'compta@exemple.fr',
      given.country ?? 'FR',
      given.vatNumber ?? null,
      given.collectionDay ?? null,
    ],
  )
}

/** Makes an agency able to pay: billing details and a card that works. */
export async function readyToPay(t: TestApp, agency: { id: string }): Promise<void> {
  await giveBillingProfile(t, agency)
  await giveCard(t, agency)
}
