import type { Selectable } from 'kysely'
import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import { subjectOf, type Ctx } from '../../server/context.ts'
import { encodeCursor } from '../../server/page-cursor.ts'
import { Refusal } from '../../server/refusal.ts'
import type { SupportRequest } from '../../server/schema.gen.ts'
import type * as contract from './contract.ts'
import { addMessage, lockRequest, markRead, readConversation, requestAnswer } from './conversation.ts'
import { startOf } from './list-support-requests.ts'
import { tellOwners } from './tell-owners.ts'
import { askingAgency, withinRequest, type AskingAgency } from './within-request.ts'

type Conversation = AnswerOf<typeof contract.getOperatorRequest>

/** Requests of every agency, past the tenants' walls: their subject, never their messages. */
export async function listOperatorRequests(
  ctx: Ctx,
  { query }: InputOf<typeof contract.listOperatorRequests>,
): Promise<AnswerOf<typeof contract.listOperatorRequests>> {
  const from = startOf(query.cursor)
  const { rows } = await ctx.app.database.owner.query<
    Selectable<SupportRequest> & { agency_name: string; slug: string }
  >(
    `select r.*, a.name as agency_name, a.slug from support_request r join agency a on a.agency_id = r.agency_id
     where ($1::text is null or r.state = $1) and ($2::timestamptz is null or (r.last_message_at, r.id) < ($2, $3::uuid))
     order by r.last_message_at desc, r.id desc limit $4`,
    [query.state ?? null, from?.[0] ?? null, from?.[1] ?? null, query.limit + 1],
  )
  const count = await ctx.app.database.owner.query<{ unread: number }>(
    `select count(*)::int as unread from support_request where operator_unread > 0`,
  )
  const shown = rows.slice(0, query.limit)
  const last = rows.length > query.limit ? shown.at(-1) : undefined
  return {
    data: shown.map((r) => ({
      ...requestAnswer(r, 'operator'),
      agency: { id: toPublicId('agency', r.agency_id), name: r.agency_name, slug: r.slug },
    })),
    nextCursor: last ? encodeCursor([last.last_message_at, last.id]) : null,
    unread: count.rows[0]?.unread ?? 0,
  }
}

const withAgency = (
  agency: AskingAgency,
  answer: AnswerOf<typeof contract.getSupportRequest>,
): Conversation => ({
  ...answer,
  agency: { id: toPublicId('agency', agency.agencyId), name: agency.name, slug: agency.slug },
})

/** One conversation, read in the tenant it belongs to. */
export async function getOperatorRequest(
  ctx: Ctx,
  { params }: InputOf<typeof contract.getOperatorRequest>,
): Promise<Conversation> {
  const agency = await askingAgency(ctx, params.id)
  return withAgency(
    agency,
    await withinRequest(ctx, agency, (inner) => readConversation(inner, params.id, 'operator')),
  )
}

/** The operator has read what the agency wrote. */
export async function readOperatorRequest(
  ctx: Ctx,
  { params }: InputOf<typeof contract.readOperatorRequest>,
): Promise<Record<string, never>> {
  const agency = await askingAgency(ctx, params.id)
  await withinRequest(ctx, agency, (inner) => markRead(inner, params.id, 'operator'))
  return {}
}

/** Answers; the owners are told in the product and by mail. In the agency's journal, and in the operator's. */
export async function answerSupportRequest(
  ctx: Ctx,
  { params, body }: InputOf<typeof contract.answerSupportRequest>,
): Promise<Conversation> {
  const agency = await askingAgency(ctx, params.id)
  const answer = await withinRequest(ctx, agency, async (inner) => {
    const request = await lockRequest(inner, params.id)
    await addMessage(inner, request, 'operator', body.body)
    await markRead(inner, request.id, 'operator')
    inner.audit({ action: 'support_request.answered', entity: entityOf(request) })
    await tellOwners(inner, request, 'answered', body.body)
    return readConversation(inner, request.id, 'operator')
  })
  ctx.audit({
    action: 'support_request.answered',
    entity: { kind: 'support_request', id: params.id, name: answer.title },
    data: { agency: agency.name },
  })
  return withAgency(agency, answer)
}

/**
 * Decides. Granting does what was asked, by the grant of its kind (`App.supportGrants`), in the same
 * transaction; 409 `support_request.decided` when it was decided before.
 */
export async function decideSupportRequest(
  ctx: Ctx,
  { params, body }: InputOf<typeof contract.decideSupportRequest>,
): Promise<Conversation> {
  const agency = await askingAgency(ctx, params.id)
  const answer = await withinRequest(ctx, agency, async (inner) => {
    const request = await lockRequest(inner, params.id)
    if (request.state !== 'open') throw new Refusal(409, 'support_request.decided')
    if (body.body !== undefined) await addMessage(inner, request, 'operator', body.body)
    await inner.db
      .updateTable('support_request')
      .set({
        state: body.decision,
        decided_at: inner.nowIso,
        decided_by_name: subjectOf(inner).name,
        operator_unread: 0,
      })
      .where('agency_id', '=', inner.agencyId)
      .where('id', '=', request.id)
      .execute()
    inner.audit({ action: actions[body.decision], entity: entityOf(request), data: { kind: request.kind } })
    if (body.decision === 'granted')
      for (const grant of inner.app.supportGrants)
        if (grant.kind === request.kind)
          await grant.run(inner, { id: request.id, about: request.about as Record<string, unknown> })
    await tellOwners(inner, request, body.decision, body.body)
    return readConversation(inner, request.id, 'operator')
  })
  ctx.audit({
    action: actions[body.decision],
    entity: { kind: 'support_request', id: params.id, name: answer.title },
    data: { agency: agency.name, kind: answer.kind },
  })
  return withAgency(agency, answer)
}

const actions = {
  granted: 'support_request.granted',
  refused: 'support_request.refused',
  closed: 'support_request.closed',
} as const

const entityOf = (r: { id: string; title: string }) => ({ kind: 'support_request', id: r.id, name: r.title })
