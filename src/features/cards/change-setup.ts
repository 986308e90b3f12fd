import type { InputOf } from '../../contract/endpoint.ts'
import type { App, Ctx } from '../../server/context.ts'
import { runInTenant } from '../../server/run-in-tenant.ts'
import { Refusal, invalid, notFound } from '../../server/refusal.ts'
import { hasExpired } from '../payments/public.ts'
import { enterSandboxCard, providerNamed, testCardOf, tokenOf } from '../payment-providers/public.ts'
import { recordSetup, setupAnswer, setupInSight, type SetupAnswer } from './card-setup.ts'
import type * as contract from './contract.ts'

/** Where the adding of a card stands, as last heard. */
export async function getCardSetup(
  ctx: Ctx,
  { params }: InputOf<typeof contract.getCardSetup>,
): Promise<SetupAnswer> {
  return setupAnswer(await setupInSight(ctx, params.id))
}

/**
 * A test card given to the sandbox: 422 at `number` for any other, so that nobody types a real one, at `number` too
 * when the bank refuses it, at `expYear` when it has expired. 409 `card_setup.over` once done.
 */
export async function enterTestCard(
  ctx: Ctx,
  { params, body }: InputOf<typeof contract.enterTestCard>,
): Promise<SetupAnswer> {
  const row = await setupInSight(ctx, params.id, true)
  if (row.provider !== 'sandbox') throw notFound()
  if (row.state === 'done' || row.state === 'failed') throw new Refusal(409, 'card_setup.over')
  const card = testCardOf(body.number)
  if (!card) throw invalid({ number: 'card.not_a_test_card' })
  const today = ctx.now.toZonedDateTimeISO('UTC').toPlainDate()
  if (hasExpired({ exp_month: body.expMonth, exp_year: body.expYear }, today))
    throw invalid({ expYear: 'card.expired' })
  if (card.does === 'declined') throw invalid({ number: 'card.declined' })
  const token = tokenOf(card)
  const state = await enterSandboxCard(ctx, {
    setupId: row.id,
    token,
    card: {
      token,
      brand: card.brand,
      last4: card.number.slice(-4),
      expMonth: body.expMonth,
      expYear: body.expYear,
    },
  })
  return setupAnswer(await recordSetup(ctx, row, state))
}

/** Asks the provider, outside any transaction, how a setup went, and records it. */
export async function checkCardSetup(
  ctx: Ctx,
  { params }: InputOf<typeof contract.checkCardSetup>,
): Promise<SetupAnswer> {
  const row = await ctx.apart((inner) => setupInSight(inner, params.id))
  if (row.provider_ref === null || row.state === 'done' || row.state === 'failed') return setupAnswer(row)
  const provider = providerNamed(ctx.app, row.provider)
  const state = await provider.readSetup({ app: ctx.app, agencyId: ctx.agencyId }, row.provider_ref)
  return ctx.apart(async (inner) => {
    const now = await setupInSight(inner, params.id, true)
    if (state.state === 'open') return setupAnswer(now)
    return setupAnswer(await recordSetup(inner, now, state))
  })
}

/** The same when the provider said that something moved: the holder may never come back to our page. */
export async function refreshSetup(app: App, agencyId: string, setupId: string): Promise<void> {
  const row = await runInTenant(app, { agencyId }, (ctx) => readSetupRow(ctx, setupId))
  if (!row || row.provider_ref === null || row.state === 'done' || row.state === 'failed') return
  const state = await providerNamed(app, row.provider).readSetup({ app, agencyId }, row.provider_ref)
  if (state.state === 'open') return
  await runInTenant(app, { agencyId }, async (ctx) => {
    const now = await readSetupRow(ctx, setupId)
    if (now) await recordSetup(ctx, now, state)
  })
}

function readSetupRow(ctx: Ctx, id: string) {
  return ctx.db
    .selectFrom('card_setup')
    .selectAll()
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}
