import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { checkCompanyNumbers } from '../../contract/company-numbers.ts'
import { agencyOf, type Ctx } from '../../server/context.ts'
import { Refusal, invalid } from '../../server/refusal.ts'
import type * as contract from './contract.ts'
import { missingFields, readAgencyProfile } from './payer.ts'

type Answer = AnswerOf<typeof contract.getAgencyBilling>
type Body = InputOf<typeof contract.updateAgencyBilling>['body']
type Details = Omit<Answer, 'vat' | 'missing' | 'version' | 'updatedAt'>

/** How the agency is taxed; given by the composition so that invoices may know this feature and not the reverse. */
export type VatOf = (ctx: Ctx) => Promise<{ rateBasisPoints: number; case: string }>

/** The agency's billing details; empty, with its country, until somebody saves them. */
export function getAgencyBilling(vatOf: VatOf) {
  return (ctx: Ctx): Promise<Answer> => answer(ctx, vatOf)
}

/**
 * Replaces the details. Numbers are checked by their keys and with each other, a French postal code by its form; all
 * that is wrong is answered at once. 409 `version.stale` with the current details.
 */
export function updateAgencyBilling(vatOf: VatOf) {
  return async (ctx: Ctx, { body }: InputOf<typeof contract.updateAgencyBilling>): Promise<Answer> => {
    // One at a time: two first saves must not both insert.
    await ctx.tx.query('lock_agency_billing', `select pg_advisory_xact_lock(hashtextextended($1, 12))`, [
      ctx.agencyId,
    ])
    const current = await answer(ctx, vatOf)
    const { version, ...given } = body
    if (version !== current.version) throw new Refusal(409, 'version.stale', { data: { current } })
    const { numbers, faults } = checkCompanyNumbers({
      siren: given.siren ?? null,
      siret: given.siret ?? null,
      vatNumber: given.vatNumber ?? null,
    })
    const wrong = { ...faults, ...postalCodeFault(given) }
    if (Object.keys(wrong).length > 0) throw invalid(wrong)
    const details = detailsOf({ ...given, ...numbers })
    const changes = differences(current, details)
    if (version > 0 && Object.keys(changes).length === 0) return current
    await save(ctx, details, version + 1)
    const { name } = agencyOf(ctx)
    ctx.audit({
      action: 'agency_billing.updated',
      entity: { kind: 'agency', id: ctx.agencyId, name },
      data: { changes },
    })
    return answer(ctx, vatOf)
  }
}

async function answer(ctx: Ctx, vatOf: VatOf): Promise<Answer> {
  const row = await readAgencyProfile(ctx)
  const vat = await vatOf(ctx)
  return {
    ...(row
      ? {
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
          collectionDay: row.collection_day,
        }
      : detailsOf({ country: await countryOf(ctx), email: null, collectionDay: null })),
    vat: { rateBasisPoints: vat.rateBasisPoints, case: vat.case },
    missing: missingFields(row),
    version: row?.version ?? 0,
    updatedAt: row?.updated_at ?? null,
  }
}

async function countryOf(ctx: Ctx): Promise<string> {
  const row = await ctx.db
    .selectFrom('agency')
    .select('country')
    .where('agency_id', '=', ctx.agencyId)
    .executeTakeFirstOrThrow()
  return row.country
}

function detailsOf(d: Omit<Body, 'version'>): Details {
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
    collectionDay: d.collectionDay,
  }
}

function postalCodeFault(given: Pick<Body, 'country' | 'postalCode'>): Record<string, string> {
  return given.country === 'FR' && given.postalCode && !/^\d{5}$/.test(given.postalCode)
    ? { postalCode: 'client_billing.postal_code_fr' }
    : {}
}

async function save(ctx: Ctx, d: Details, version: number): Promise<void> {
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
    collection_day: d.collectionDay,
    updated_at: ctx.nowIso,
    version,
  }
  await ctx.db
    .insertInto('agency_billing_profile')
    .values({ ...values, agency_id: ctx.agencyId })
    .onConflict((c) => c.column('agency_id').doUpdateSet(values))
    .execute()
}

function differences(old: Details, now: Details): Record<string, [unknown, unknown]> {
  const changed = (Object.keys(now) as (keyof Details)[]).filter((k) => old[k] !== now[k])
  return Object.fromEntries(changed.map((k) => [k, [old[k], now[k]]]))
}
