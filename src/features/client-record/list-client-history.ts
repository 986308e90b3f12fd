import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import type { Ctx } from '../../server/context.ts'
import { invalid, notFound } from '../../server/refusal.ts'
import { visibleClients } from '../access/public.ts'
import type * as contract from './contract.ts'

type Answer = AnswerOf<typeof contract.listClientHistory>

/** Audit events of one client, newest first, for the team members who see it; each with actor and subject. */
export async function listClientHistory(
  ctx: Ctx,
  { params, query }: InputOf<typeof contract.listClientHistory>,
): Promise<Answer> {
  const client = await visibleClients(ctx)
    .select('client.id')
    .where('client.id', '=', params.id)
    .executeTakeFirst()
  if (!client) throw notFound()
  if (query.cursor !== undefined && !/^\d{1,18}$/.test(query.cursor))
    throw invalid({ cursor: 'field.invalid' })
  const rows = await ctx.db
    .selectFrom('audit_event')
    .select([
      'id',
      'seq',
      'occurred_at',
      'action',
      'actor_name',
      'subject_name',
      'entity_kind',
      'entity_name',
      'data',
    ])
    .where('agency_id', '=', ctx.agencyId)
    .where('client_id', '=', params.id)
    .$if(query.cursor !== undefined, (q) => q.where('seq', '<', BigInt(query.cursor!)))
    .orderBy('seq', 'desc')
    .limit(query.limit + 1)
    .execute()
  const shown = rows.slice(0, query.limit)
  return {
    data: shown.map((r) => ({
      id: toPublicId('auditEvent', r.id),
      at: r.occurred_at,
      action: r.action,
      actor: r.actor_name,
      subject: r.subject_name,
      entity: r.entity_kind === null ? null : { kind: r.entity_kind, name: r.entity_name ?? '' },
      data: r.data as Record<string, unknown>,
    })),
    nextCursor: rows.length > query.limit ? String(shown.at(-1)!.seq) : null,
  }
}
