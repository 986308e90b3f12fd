import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { notFound } from '../../server/refusal.ts'
import { visibleClients } from '../access/public.ts'
import { auditAnswer } from '../audit/public.ts'
import type { listMemberHistory as contract } from './contract.ts'
import { visibleMembers } from './visible-members.ts'

/**
 * Audit events of one sub-account, newest first. A member that came from another team brings along events
 * about clients its new manager doesn't see: they stay out, name and all.
 */
export async function listMemberHistory(
  ctx: Ctx,
  { params, query }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  const member = await visibleMembers(ctx)
    .select('member.id')
    .where('member.id', '=', params.id)
    .executeTakeFirst()
  if (!member) throw notFound()
  const rows = await ctx.db
    .selectFrom('audit_event')
    .selectAll()
    .where('agency_id', '=', ctx.agencyId)
    .where('member_id', '=', params.id)
    .where((eb) =>
      eb.or([eb('client_id', 'is', null), eb('client_id', 'in', visibleClients(ctx).select('client.id'))]),
    )
    .$if(query.cursor !== undefined, (q) => q.where('seq', '<', BigInt(query.cursor!)))
    .orderBy('seq', 'desc')
    .limit(query.limit + 1)
    .execute()
  const shown = rows.slice(0, query.limit)
  return {
    data: shown.map((row) => auditAnswer(ctx, row)),
    nextCursor: rows.length > query.limit ? String(shown.at(-1)!.seq) : null,
  }
}
