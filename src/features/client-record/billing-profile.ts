import type { Selectable } from 'kysely'
import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { checkCompanyNumbers } from '../../contract/company-numbers.ts'
import type { Ctx } from '../../server/context.ts'
import { newId } from '../../server/ids.ts'
import { Refusal, invalid, notFound } from '../../server/refusal.ts'
import type { BillingProfile } from '../../server/schema.gen.ts'
import { visibleClients } from '../access/public.ts'
import type * as contract from './contract.ts'
import { findLookAlikes } from './find-look-alikes.ts'
import { lockOpenClient, touchClient } from './lock-client.ts'

type Answer = AnswerOf<typeof contract.getBillingProfile>
type Body = InputOf<typeof contract.updateBillingProfile>['body']
/** The details themselves, every field present. */
type Details = { [K in Exclude<keyof Body, 'version'>]-?: Exclude<Body[K], undefined> }

/** Billing details of a client (A5); empty, with the agency's country, until somebody saves them. */
export async function getBillingProfile(
  ctx: Ctx,
  { params }: InputOf<typeof contract.getBillingProfile>,
): Promise<Answer> {
  const client = await visibleClients(ctx)
    .select(['client.country', 'client.status'])
    .where('client.id', '=', params.id)
    .executeTakeFirst()
  if (!client) throw notFound()
  return answerOf(ctx, params.id, await readRow(ctx, params.id), client)
}

/**
 * Replaces the billing details. The numbers are checked by their keys and with each other, a French postal code
 * by its form; all that is wrong is answered at once. 409 `version.stale` with the current details.
 */
export async function updateBillingProfile(
  ctx: Ctx,
  { params, body }: InputOf<typeof contract.updateBillingProfile>,
): Promise<Answer> {
  const { version, ...given } = body
  const client = await lockOpenClient(ctx, params.id)
  const row = await readRow(ctx, client.id)
  if ((row?.version ?? 0) !== version)
    throw new Refusal(409, 'version.stale', {
      data: { current: await answerOf(ctx, client.id, row, client) },
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
  if (row && Object.keys(changes).length === 0) return answerOf(ctx, client.id, row, client)
  await save(ctx, client.id, row, details)
  ctx.audit({
    action: 'billing_profile.updated',
    clientId: client.id,
    entity: { kind: 'client', id: client.id, name: client.name },
    data: { changes },
  })
  await touchClient(ctx, client.id)
  return answerOf(ctx, client.id, await readRow(ctx, client.id), client)
}

function postalCodeFault(given: Pick<Body, 'country' | 'postalCode'>): Record<string, string> {
  return given.country === 'FR' && given.postalCode && !/^\d{5}$/.test(given.postalCode)
    ? { postalCode: 'billing.postal_code_fr' }
    : {}
}

function readRow(ctx: Ctx, clientId: string): Promise<Selectable<BillingProfile> | undefined> {
  return ctx.db
    .selectFrom('billing_profile')
    .selectAll()
    .where('agency_id', '=', ctx.agencyId)
    .where('client_id', '=', clientId)
    .executeTakeFirst()
}

async function save(
  ctx: Ctx,
  clientId: string,
  row: Selectable<BillingProfile> | undefined,
  d: Details,
): Promise<void> {
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

function emptyDetails(country: string): Details {
  return completed({ country, paymentTermsDays: null, email: null })
}

function completed(d: Partial<Details> & Pick<Details, 'country' | 'paymentTermsDays'>): Details {
  return {
    legalName: d.legalName ?? null,
    siren: d.siren ?? null,
    siret: d.siret ?? null,
    vatNumber: d.vatNumber ?? null,
    email: d.email ?? null,
    addressLine1: d.addressLine1 ?? null,
    addressLine2: d.addressLine2 ?? null,
    postalCode: d.postalCode ?? null,
    city: d.city ?? null,
    country: d.country,
    purchaseReference: d.purchaseReference ?? null,
    paymentTermsDays: d.paymentTermsDays,
  }
}

function detailsOf(row: Selectable<BillingProfile>): Details {
  return {
    legalName: row.legal_name,
    siren: row.siren,
    siret: row.siret,
    vatNumber: row.vat_number,
    email: row.email,
    addressLine1: row.address_line1,
    addressLine2: row.address_line2,
    postalCode: row.postal_code,
    city: row.city,
    country: row.country,
    purchaseReference: row.purchase_reference,
    paymentTermsDays: row.payment_terms_days,
  }
}

function differences(old: Details, now: Details): Record<string, [unknown, unknown]> {
  const changed = (Object.keys(now) as (keyof Details)[]).filter((k) => old[k] !== now[k])
  return Object.fromEntries(changed.map((k) => [k, [old[k], now[k]]]))
}

async function answerOf(
  ctx: Ctx,
  clientId: string,
  row: Selectable<BillingProfile> | undefined,
  client: { country: string; status: string },
): Promise<Answer> {
  return {
    ...(row ? detailsOf(row) : emptyDetails(client.country)),
    version: row?.version ?? 0,
    updatedAt: row?.updated_at ?? null,
    sameSiren: row?.siren ? await findLookAlikes(ctx, { siren: row.siren, except: clientId }) : [],
    can: { edit: client.status !== 'archived' && ctx.may('clients.billing') },
  }
}
