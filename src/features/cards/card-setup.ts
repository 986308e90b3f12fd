import type { Selectable } from 'kysely'
import type { AnswerOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import type { Ctx } from '../../server/context.ts'
import { newId } from '../../server/ids.ts'
import { notFound } from '../../server/refusal.ts'
import type { CardSetup } from '../../server/schema.gen.ts'
import { entrustedClients } from '../access/public.ts'
import type { SetupState } from '../payment-providers/public.ts'
import { retryOwed } from '../renewals/public.ts'
import type * as contract from './contract.ts'

/** A setup as the API answers it. */
export type SetupAnswer = AnswerOf<typeof contract.getCardSetup>
/** A row of `card_setup`. */
export type SetupRow = Selectable<CardSetup>

/** A setup in sight: an owner's any, a client's member those of its clients; 404 otherwise. */
export async function setupInSight(ctx: Ctx, id: string, lock = false): Promise<SetupRow> {
  const row = await ctx.db
    .selectFrom('card_setup')
    .selectAll()
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', id)
    .$if(!ctx.may('billing.manage'), (q) =>
      q.where('client_id', 'in', entrustedClients(ctx).select('client.id')),
    )
    .$if(lock, (q) => q.forUpdate())
    .executeTakeFirst()
  if (!row) throw notFound()
  return row
}

/** The row as answered. */
export function setupAnswer(row: SetupRow): SetupAnswer {
  return {
    id: toPublicId('cardSetup', row.id),
    state: row.state as SetupAnswer['state'],
    provider: row.provider as SetupAnswer['provider'],
    actionUrl: row.action_url,
    failure: row.failure_code,
    returnPath: row.return_path,
  }
}

/** Records how a setup stands at the provider: done, the card is the payer's from now on and what it owes is tried. */
export async function recordSetup(ctx: Ctx, row: SetupRow, state: SetupState): Promise<SetupRow> {
  if (row.state === 'done' || row.state === 'failed') return row
  if (state.state !== 'done')
    return changeSetup(ctx, row.id, {
      state: state.state,
      action_url: 'actionUrl' in state ? state.actionUrl || row.action_url : null,
      failure_code: state.state === 'failed' ? state.code : null,
      ...(state.state === 'failed' && { finished_at: ctx.nowIso }),
    })
  const { card } = state
  const id = newId()
  await endCard(ctx, row.payer_id, 'replaced')
  const customer = await customerOf(ctx, row.payer_id, row.provider)
  await ctx.db
    .insertInto('payment_method')
    .values({
      agency_id: ctx.agencyId,
      id,
      payer_id: row.payer_id,
      client_id: row.client_id,
      provider: row.provider,
      customer_ref: customer ?? '',
      token: card.token,
      brand: card.brand,
      last4: card.last4,
      exp_month: card.expMonth,
      exp_year: card.expYear,
      added_by: row.created_by,
      created_at: ctx.nowIso,
    })
    .execute()
  ctx.audit({
    action: 'card.added',
    clientId: row.client_id,
    entity: { kind: 'card', id, name: `${card.brand} •••• ${card.last4}` },
  })
  ctx.publish({ agencyId: ctx.agencyId, kind: 'card' })
  await ctx.enqueue(retryOwed, { payerId: row.payer_id }, { key: `retry_owed:${row.payer_id}` })
  return changeSetup(ctx, row.id, {
    state: 'done',
    action_url: null,
    failure_code: null,
    payment_method_id: id,
    finished_at: ctx.nowIso,
  })
}

/** Sets columns of a setup. */
export function changeSetup(ctx: Ctx, id: string, set: Partial<SetupRow>): Promise<SetupRow> {
  return ctx.db
    .updateTable('card_setup')
    .set(set)
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** Ends a payer's present card; gives it, if there was one. */
export function endCard(ctx: Ctx, payerId: string, state: 'replaced' | 'removed') {
  return ctx.db
    .updateTable('payment_method')
    .set({ state, ended_at: ctx.nowIso })
    .where('agency_id', '=', ctx.agencyId)
    .where('payer_id', '=', payerId)
    .where('state', '=', 'active')
    .returningAll()
    .executeTakeFirst()
}

/** How the provider calls a payer, once it was told of it. */
export async function customerOf(ctx: Ctx, payerId: string, provider: string): Promise<string | undefined> {
  const row = await ctx.db
    .selectFrom('payment_customer')
    .select('customer_ref')
    .where('agency_id', '=', ctx.agencyId)
    .where('payer_id', '=', payerId)
    .where('provider', '=', provider)
    .executeTakeFirst()
  return row?.customer_ref
}
