import { z } from 'zod'
import { billingDetails, billingDetailsAnswer } from '../../contract/client-fields.ts'
import { instant } from '../../contract/common.ts'
import { endpoint } from '../../contract/endpoint.ts'

const realms = ['agency'] as const

// An agency pays at once: no terms.
const { paymentTermsDays: _, ...details } = billingDetails

const profile = z.strictObject({
  ...billingDetailsAnswer,
  /** Day of the month on which one charge provides for all renewals; null: each on its own day. */
  collectionDay: z.int().nullable(),
  /** VAT that follows from country and number: rate in hundredths of a percent, and why. */
  vat: z.strictObject({ rateBasisPoints: z.int(), case: z.string() }),
  /** What invoices need and is missing. */
  missing: z.array(z.string()),
  /** 0 while nothing was saved. */
  version: z.int(),
  updatedAt: instant.nullable(),
})

/** The agency's own billing details (B12, B38). */
export const getAgencyBilling = endpoint({
  name: 'getAgencyBilling',
  method: 'GET',
  path: '/agency/billing-profile',
  summary: 'Legal identity and address that the operator’s invoices to the agency are made out to.',
  realms: [...realms],
  may: 'billing.manage',
  answer: profile,
})

/** Replaces them (B41). */
export const updateAgencyBilling = endpoint({
  name: 'updateAgencyBilling',
  method: 'PUT',
  path: '/agency/billing-profile',
  summary: 'Save the agency’s billing details; its numbers are checked by their keys.',
  realms: [...realms],
  may: 'billing.manage',
  body: z.strictObject({
    ...details,
    collectionDay: z.int().min(1).max(28).nullable(),
    version: z.int(),
  }),
  answer: profile,
  refusals: ['version.stale', 'billing_profile.incomplete'],
})
