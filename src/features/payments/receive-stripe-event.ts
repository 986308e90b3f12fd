import type { FastifyInstance } from 'fastify'
import type Stripe from 'stripe'
import type { App, Ctx } from '../../server/context.ts'
import { runInTenant } from '../../server/run-in-tenant.ts'
import { Refusal } from '../../server/refusal.ts'
import { stripeOf } from '../payment-providers/public.ts'
import { watchPayment } from './jobs.ts'

/** Where Stripe tells us what happened; an address of the base host, set in its dashboard. */
export const stripeEventsPath = '/api/v1/payment-events/stripe'

/** What a card's setup needs when the provider says it moved. */
export type SetupMoved = (ctx: Ctx, setupId: string) => Promise<void>

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/**
 * Takes the provider's events: 401 unless signed by the secret over the bytes as they came. An event only makes us ask
 * the provider where the payment stands, so that duplicates, bad order and lies about a payment change nothing.
 */
export function stripeEventRoute(server: FastifyInstance, app: App, setupMoved: SetupMoved): void {
  void server.register(async (scope) => {
    scope.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_, body, done) => done(null, body))
    scope.post(stripeEventsPath, async (request, reply) => {
      const event = verified(app, request.body as Buffer, request.headers['stripe-signature'])
      await receive(app, event, setupMoved)
      return reply.status(200).send({})
    })
  })
}

function verified(app: App, body: Buffer, signature: string | string[] | undefined): Stripe.Event {
  const secrets = app.config.stripe?.webhookSecrets ?? []
  const stripe = stripeOf(app)
  if (!stripe || typeof signature !== 'string') throw new Refusal(401, 'session.required')
  // Two secrets hold while one is being replaced.
  for (const secret of secrets) {
    try {
      return stripe.webhooks.constructEvent(body, signature, secret)
    } catch {
      continue
    }
  }
  throw new Refusal(401, 'session.required')
}

async function receive(app: App, event: Stripe.Event, setupMoved: SetupMoved): Promise<void> {
  const object = event.data.object as { id?: string; metadata?: Record<string, string> | null }
  const { agencyId, attemptId, setupId } = object.metadata ?? {}
  // Somebody else's payment on the same account.
  if (!agencyId || !uuid.test(agencyId) || typeof object.id !== 'string') return
  const ref = object.id
  await runInTenant(app, { agencyId }, async (ctx) => {
    if (!ctx.agency) return
    const [first] = await ctx.tx.query(
      'keep_provider_event',
      `insert into provider_event (agency_id, provider, event_id, type, object_ref, received_at) values ($1, 'stripe', $2, $3, $4, $5)
       on conflict do nothing returning event_id`,
      [agencyId, event.id, event.type, ref, ctx.nowIso],
    )
    if (!first) return
    if (setupId && uuid.test(setupId)) await setupMoved(ctx, setupId)
    else if (attemptId && uuid.test(attemptId) && event.type.startsWith('payment_intent.'))
      await look(ctx, attemptId, ref)
  })
}

/** The event may be here before the answer to our own call was recorded. */
async function look(ctx: Ctx, attemptId: string, ref: string): Promise<void> {
  const [attempt] = await ctx.tx.query<{ provider_ref: string | null }>(
    'attempt_of_event',
    `update payment_attempt set provider_ref = coalesce(provider_ref, $3)
     where agency_id = $1 and id = $2 and state in ('started', 'requires_action') and card_amount > 0 returning provider_ref`,
    [ctx.agencyId, attemptId, ref],
  )
  // The 1-unit authorisation beside prepaid credit carries the same try.
  if (attempt?.provider_ref !== ref) return
  await ctx.enqueue(watchPayment, { attemptId, giveUp: false }, { key: `event:${attemptId}` })
}
