import { z } from 'zod'
import { instant, line, nothing } from '../../contract/common.ts'
import { endpoint } from '../../contract/endpoint.ts'
import { idAnswer, idInput } from '../../contract/ids.ts'

const realms = ['agency'] as const
const clientParams = z.strictObject({ id: idInput('client') })
const setupParams = z.strictObject({ id: idInput('cardSetup') })

const card = z.strictObject({
  brand: z.string(),
  last4: z.string(),
  expMonth: z.int(),
  expYear: z.int(),
  /** `soon`: within 30 days of the end of its last month. */
  expiry: z.enum(['fine', 'soon', 'expired']),
  addedBy: z.string().nullable(),
  createdAt: instant,
})
const cardAnswer = z.strictObject({
  card: card.nullable(),
  /** Who takes cards here; the sandbox's test cards are typed on our own page. */
  provider: z.enum(['sandbox', 'stripe']),
  can: z.strictObject({ edit: z.boolean() }),
})
const setup = z.strictObject({
  id: idAnswer('cardSetup'),
  /** open: the card is to be typed; requires_action: the holder answers the bank at `actionUrl`. */
  state: z.enum(['open', 'requires_action', 'done', 'failed']),
  provider: z.enum(['sandbox', 'stripe']),
  /** The provider's form, or the bank's page: an address of the provider or a path of ours. */
  actionUrl: z.string().nullable(),
  /** Text key `payment.<failure>`. */
  failure: z.string().nullable(),
  returnPath: z.string(),
})
/** A path of ours to come back to, never another site. */
const returnPath = z
  .string()
  .max(300)
  .regex(/^\/(?![/\\])[\w\-/=&?.%~]*$/, 'field.invalid')
const startBody = z.strictObject({ returnPath })

/** The agency's one card (B38). */
export const getAgencyCard = endpoint({
  name: 'getAgencyCard',
  method: 'GET',
  path: '/card',
  summary: 'The card that the agency pays with.',
  realms: [...realms],
  may: 'billing.manage',
  answer: cardAnswer,
})

/** The card of a client who pays itself. */
export const getClientCard = endpoint({
  name: 'getClientCard',
  method: 'GET',
  path: '/clients/:id/card',
  summary: 'The card of a client who pays its own subscriptions.',
  realms: [...realms],
  may: 'clients.pay',
  params: clientParams,
  answer: cardAnswer,
})

/** Begins to add or replace the agency's card. */
export const startAgencyCard = endpoint({
  name: 'startAgencyCard',
  method: 'POST',
  path: '/card/setups',
  summary: 'Begin to add or replace the agency’s card; the present one stays until the new one is confirmed.',
  realms: [...realms],
  may: 'billing.manage',
  body: startBody,
  answer: setup,
  status: 201,
})

/** The same for a client's own card. */
export const startClientCard = endpoint({
  name: 'startClientCard',
  method: 'POST',
  path: '/clients/:id/card/setups',
  summary: 'Begin to add or replace a client’s own card.',
  realms: [...realms],
  may: 'clients.pay',
  params: clientParams,
  body: startBody,
  answer: setup,
  status: 201,
})

/** Where the adding of a card stands. */
export const getCardSetup = endpoint({
  name: 'getCardSetup',
  method: 'GET',
  path: '/card-setups/:id',
  summary: 'Where the adding of a card stands.',
  realms: [...realms],
  may: 'purchases.read',
  params: setupParams,
  answer: setup,
})

/** A test card of the sandbox. */
export const enterTestCard = endpoint({
  name: 'enterTestCard',
  method: 'POST',
  path: '/card-setups/:id/test-card',
  summary: 'Give the sandbox a test card. Real cards are refused, and no number is kept.',
  realms: [...realms],
  may: 'purchases.pay',
  params: setupParams,
  body: z.strictObject({
    number: line(30),
    expMonth: z.int().min(1).max(12),
    expYear: z.int().min(2000).max(2999),
  }),
  answer: setup,
  refusals: ['card_setup.over'],
})

/** Asks the provider how the adding of a card went, on the way back from it. */
export const checkCardSetup = endpoint({
  name: 'checkCardSetup',
  method: 'POST',
  path: '/card-setups/:id/check',
  summary: 'Ask the payment provider how the adding of a card went; once confirmed it is the payer’s card.',
  realms: [...realms],
  may: 'purchases.pay',
  params: setupParams,
  answer: setup,
})

/** Takes the agency's card away. */
export const removeAgencyCard = endpoint({
  name: 'removeAgencyCard',
  method: 'DELETE',
  path: '/card',
  summary: 'Remove the agency’s card; renewals then fail unless prepaid credit covers them.',
  realms: [...realms],
  may: 'billing.manage',
  answer: nothing,
})

/** Takes a client's own card away. */
export const removeClientCard = endpoint({
  name: 'removeClientCard',
  method: 'DELETE',
  path: '/clients/:id/card',
  summary: 'Remove a client’s own card.',
  realms: [...realms],
  may: 'clients.pay',
  params: clientParams,
  answer: nothing,
})
