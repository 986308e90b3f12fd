import { z } from 'zod'
import { billingDetails, billingDetailsAnswer } from '../../contract/client-fields.ts'
import { instant } from '../../contract/common.ts'
import { endpoint } from '../../contract/endpoint.ts'
import { idInput } from '../../contract/ids.ts'
import { lookAlike } from '../client-record/contract.ts'

const realms = ['agency'] as const
const params = z.strictObject({ id: idInput('client') })

const billingProfile = z.strictObject({
  ...billingDetailsAnswer,
  paymentTermsDays: z.int().nullable(),
  /** 0 while nothing was saved. */
  version: z.int(),
  updatedAt: instant.nullable(),
  /** Other clients in sight with the same SIREN. */
  sameSiren: z.array(lookAlike),
  can: z.strictObject({ edit: z.boolean() }),
})

/** Billing details of a client (A5). */
export const getBillingProfile = endpoint({
  name: 'getBillingProfile',
  method: 'GET',
  path: '/clients/:id/billing-profile',
  summary: 'Legal identity and address that a client’s invoices are made out to.',
  realms: [...realms],
  may: 'clients.read',
  params,
  answer: billingProfile,
})

/** Replaces the billing details of a client. */
export const updateBillingProfile = endpoint({
  name: 'updateBillingProfile',
  method: 'PUT',
  path: '/clients/:id/billing-profile',
  summary: 'Save a client’s billing details; its numbers are checked by their keys.',
  realms: [...realms],
  may: 'clients.billing',
  params,
  body: z.strictObject({ ...billingDetails, version: z.int() }),
  answer: billingProfile,
  refusals: ['version.stale', 'client.archived'],
})
