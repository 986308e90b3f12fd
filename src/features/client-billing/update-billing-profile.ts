import type { InputOf } from '../../contract/endpoint.ts'
import { checkCompanyNumbers } from '../../contract/company-numbers.ts'
import type { Ctx } from '../../server/context.ts'
import { newId } from '../../server/ids.ts'
import { Refusal, invalid } from '../../server/refusal.ts'
import { lockOpenClient, touchClient } from '../client-record/public.ts'
import {
  billingAnswer,
  completed,
  detailsOf,
  emptyDetails,
  readBillingRow,
  type BillingAnswer,
  type BillingRow,
  type Details,
} from './billing-profile.ts'
import type * as contract from './contract.ts'

type Body = InputOf<typeof contract.updateBillingProfile>['body']

/**
 * Replaces the billing details. The numbers are checked by their keys and with each other, a French postal code
 * by its form; all that is wrong is answered at once. 409 `version.stale` with the current details.
 */
export async function updateBillingProfile(
  ctx: Ctx,
  { params, body }: InputOf<typeof contract.updateBillingProfile>,
): Promise<BillingAnswer> {
  const { version, ...given } = body
  const client = await lockOpenClient(ctx, params.id)
  const row = await readBillingRow(ctx, client.id)
  if ((row?.version ?? 0) !== version)
    throw new Refusal(409, 'version.stale', {
      data: { current: await billingAnswer(ctx, client.id, row, client) },
    })
  const { numbers, faults } = checkCompanyNumbers({
    siren: given.siren ?? null,
    siret: given.siret ?? null,
    vatNumber: given.vatNumber ?? null,
  })
  const wrong = { ...faults, ...postalCodeFault(given) }
  if (Object.keys(wrong).length > 0) throw invalid(wrong)
  const details = completed({ ...given, ...numbers })
  const changes = differences(row ? detailsOf(row) : emptyDetails(client.country), details)
  if (row && Object.keys(changes).length === 0) return billingAnswer(ctx, client.id, row, client)
  await save(ctx, client.id, row, details)
  ctx.audit({
    action: 'billing_profile.updated',
    clientId: client.id,
    entity: { kind: 'client', id: client.id, name: client.name },
    data: { changes },
  })
  await touchClient(ctx, client.id)
  return billingAnswer(ctx, client.id, await readBillingRow(ctx, client.id), client)
}

function postalCodeFault(given: Pick<Body, 'country' | 'postalCode'>): Record<string, string> {
  return given.country === 'FR' && given.postalCode && !/^\d{5}$/.test(given.postalCode)
    ? { postalCode: 'client_billing.postal_code_fr' }
    : {}
}

async function save(ctx: Ctx, clientId: string, row: BillingRow | undefined, d: Details): Promise<void> {
  const values = {
    legal_name: d.legalName,
    siren: d.siren,
    siret: d.siret,
    vat_number: d.vatNumber,
    email: d.email,
    address_line1: d.addressLine1,
    address_line2: d.addressLine2,
    postal_code: d.postalCode,
    city: d.city,
    country: d.country,
    purchase_reference: d.purchaseReference,
    payment_terms_days: d.paymentTermsDays,
    updated_at: ctx.nowIso,
    version: (row?.version ?? 0) + 1,
  }
  // The client's row is locked, so that two first saves can't both insert.
  if (row)
    await ctx.db
      .updateTable('billing_profile')
      .set(values)
      .where('agency_id', '=', ctx.agencyId)
      .where('id', '=', row.id)
      .execute()
  else
    await ctx.db
      .insertInto('billing_profile')
      .values({ ...values, agency_id: ctx.agencyId, id: newId(), client_id: clientId })
      .execute()
}

function differences(old: Details, now: Details): Record<string, [unknown, unknown]> {
  const changed = (Object.keys(now) as (keyof Details)[]).filter((k) => old[k] !== now[k])
  return Object.fromEntries(changed.map((k) => [k, [old[k], now[k]]]))
}
