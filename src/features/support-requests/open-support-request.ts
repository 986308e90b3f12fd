import { sql, type Selectable } from 'kysely'
import type { InputOf } from '../../contract/endpoint.ts'
import { subjectOf, type Ctx } from '../../server/context.ts'
import { newId } from '../../server/ids.ts'
import { Refusal } from '../../server/refusal.ts'
import type { SupportRequest } from '../../server/schema.gen.ts'
import type * as contract from './contract.ts'
import { addMessage, lockRequest, readConversation, type ConversationAnswer } from './conversation.ts'
import type { SupportKind } from './contract.ts'

/**
 * Asks something of the operator in the agency's name. Other features open theirs (a transfer, a second
 * extension of a trial) with `about` saying what it concerns. Gives the bare id. 409
 * `support_request.already_open` when an activation, or an extension of the same trial, is already asked for.
 */
export async function askOperator(
  ctx: Ctx,
  given: { kind: SupportKind; title: string; body: string; about?: Record<string, unknown> },
): Promise<string> {
  const who = subjectOf(ctx)
  const id = newId()
  const row = await ctx.db
    .insertInto('support_request')
    .values({
      agency_id: ctx.agencyId,
      id,
      kind: given.kind,
      title: given.title,
      about: JSON.stringify(given.about ?? {}),
      opened_by: who.userId,
      opened_by_name: who.name,
      opened_at: ctx.nowIso,
      last_message_at: ctx.nowIso,
      last_side: 'agency',
    })
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!row) throw new Refusal(409, 'support_request.already_open')
  await addMessage(ctx, { id }, 'agency', given.body)
  ctx.audit({
    action: 'support_request.opened',
    entity: { kind: 'support_request', id, name: given.title },
    data: { kind: given.kind },
  })
  ctx.publish({ agencyId: ctx.agencyId, kind: 'support_requests' })
  return id
}

/** Opens a request from the agency's own pages; 409 `support_request.already_enabled` when nothing is left to ask for. */
export async function openSupportRequest(
  ctx: Ctx,
  { body }: InputOf<typeof contract.openSupportRequest>,
): Promise<ConversationAnswer> {
  if (body.kind === 'hierarchy') {
    const agency = await ctx.db
      .selectFrom('agency')
      .select('hierarchy_enabled')
      .where('agency_id', '=', ctx.agencyId)
      .executeTakeFirstOrThrow()
    if (agency.hierarchy_enabled) throw new Refusal(409, 'support_request.already_enabled')
  }
  const title = body.title ?? ctx.app.texts.t(ctx.locale, `support_requests.title.${body.kind}`)
  const id = await askOperator(ctx, { kind: body.kind, title, body: body.body })
  return readConversation(ctx, id, 'agency')
}

/** One more message of the agency. Writing on a closed request opens it again; a decision stands. */
export async function replyToSupport(
  ctx: Ctx,
  { params, body }: InputOf<typeof contract.replyToSupport>,
): Promise<ConversationAnswer> {
  const request = await lockRequest(ctx, params.id)
  if (request.state === 'closed') {
    if (await anotherIsOpen(ctx, request)) throw new Refusal(409, 'support_request.already_open')
    await ctx.db
      .updateTable('support_request')
      .set({ state: 'open', decided_at: null, decided_by_name: null })
      .where('agency_id', '=', ctx.agencyId)
      .where('id', '=', request.id)
      .execute()
  }
  await addMessage(ctx, request, 'agency', body.body)
  ctx.publish({ agencyId: ctx.agencyId, kind: 'support_requests' })
  return readConversation(ctx, request.id, 'agency')
}

/** Whether the same is asked for already, where it is asked once at a time: the unique indexes of the table. */
async function anotherIsOpen(
  ctx: Ctx,
  request: Pick<Selectable<SupportRequest>, 'kind' | 'about'>,
): Promise<boolean> {
  if (request.kind !== 'hierarchy' && request.kind !== 'trial_extension') return false
  const { hostedAccountId = null } = request.about as { hostedAccountId?: string }
  const row = await ctx.db
    .selectFrom('support_request')
    .select('id')
    .where('agency_id', '=', ctx.agencyId)
    .where('kind', '=', request.kind)
    .where(sql<string>`about ->> 'hostedAccountId'`, 'is not distinct from', hostedAccountId)
    .where('state', '=', 'open')
    .executeTakeFirst()
  return row !== undefined
}

/** The agency takes its request back; 409 `support_request.decided` once there is nothing to take back. */
export async function closeSupportRequest(
  ctx: Ctx,
  { params }: InputOf<typeof contract.closeSupportRequest>,
): Promise<ConversationAnswer> {
  const request = await lockRequest(ctx, params.id)
  if (request.state !== 'open') throw new Refusal(409, 'support_request.decided')
  await ctx.db
    .updateTable('support_request')
    .set({ state: 'closed', decided_at: ctx.nowIso, decided_by_name: subjectOf(ctx).name })
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', request.id)
    .execute()
  ctx.audit({
    action: 'support_request.closed',
    entity: { kind: 'support_request', id: request.id, name: request.title },
  })
  ctx.publish({ agencyId: ctx.agencyId, kind: 'support_requests' })
  return readConversation(ctx, request.id, 'agency')
}
