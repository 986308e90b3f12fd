import type { InputOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import type { Ctx } from '../../server/context.ts'
import { linkTo } from '../../server/hosts.ts'
import { newId } from '../../server/ids.ts'
import { buyerOf } from '../invoices/public.ts'
import { providerOf, type PaymentProvider } from '../payment-providers/public.ts'
import { customerOf, setupAnswer, type SetupAnswer } from './card-setup.ts'
import type * as contract from './contract.ts'
import { clientPayer, type CardPayer } from './read-card.ts'

/** Begins to add or replace the agency's card; the present one stays until the new one is confirmed. */
export function startAgencyCard(
  ctx: Ctx,
  { body }: InputOf<typeof contract.startAgencyCard>,
): Promise<SetupAnswer> {
  return start(ctx, async () => ({ payerId: ctx.agencyId, clientId: null }), body.returnPath)
}

/** The same for the own card of a client in sight. */
export function startClientCard(
  ctx: Ctx,
  { params, body }: InputOf<typeof contract.startClientCard>,
): Promise<SetupAnswer> {
  return start(ctx, (inner) => clientPayer(inner, params.id), body.returnPath)
}

/** Outside any transaction, since the provider is asked: for its name of the payer, then for its form. */
async function start(
  ctx: Ctx,
  payerOf: (inner: Ctx) => Promise<CardPayer>,
  returnPath: string,
): Promise<SetupAnswer> {
  const provider = providerOf(ctx.app)
  const caller = { app: ctx.app, agencyId: ctx.agencyId }
  const id = newId()
  const found = await ctx.apart(async (inner) => {
    const payer = await payerOf(inner)
    const buyer = await buyerOf(
      inner,
      payer.clientId === null ? { kind: 'agency' } : { kind: 'client', id: payer.clientId },
    )
    return { ...payer, buyer, customer: await customerOf(inner, payer.payerId, provider.name) }
  })
  const customer =
    found.customer ??
    (await provider.createCustomer(caller, {
      key: found.payerId,
      name: found.buyer.name,
      email: found.buyer.email,
    }))
  const back = new URL(returnPath, linkTo(ctx.app.config, ctx.realm, '/'))
  back.searchParams.set('carte', toPublicId('cardSetup', id))
  const state = await provider.startSetup(caller, {
    key: id,
    customer,
    returnUrl: back.href,
    metadata: { agencyId: ctx.agencyId, setupId: id },
  })
  return ctx.apart(async (inner) => {
    await keepCustomer(inner, found.payerId, provider, customer)
    const row = await inner.db
      .insertInto('card_setup')
      .values({
        agency_id: ctx.agencyId,
        id,
        payer_id: found.payerId,
        client_id: found.clientId,
        provider: provider.name,
        provider_ref: state.ref,
        state: 'open',
        // The sandbox has no form of its own: the card is typed on our page.
        action_url: provider.name === 'sandbox' || !('actionUrl' in state) ? null : state.actionUrl,
        return_path: back.pathname + back.search,
        created_by: inner.subject?.name ?? null,
        created_at: inner.nowIso,
      })
      .returningAll()
      .executeTakeFirstOrThrow()
    return setupAnswer(row)
  })
}

async function keepCustomer(
  ctx: Ctx,
  payerId: string,
  provider: PaymentProvider,
  customer: string,
): Promise<void> {
  await ctx.db
    .insertInto('payment_customer')
    .values({
      agency_id: ctx.agencyId,
      payer_id: payerId,
      provider: provider.name,
      customer_ref: customer,
      created_at: ctx.nowIso,
    })
    .onConflict((c) => c.doNothing())
    .execute()
}
