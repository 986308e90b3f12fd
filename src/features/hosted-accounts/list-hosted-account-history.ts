import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import type { Ctx } from '../../server/context.ts'
import { decodeCursor } from '../../server/page-cursor.ts'
import { invalid, notFound } from '../../server/refusal.ts'
import { hostedAccountOf } from './account-facts.ts'
import type { listHostedAccountHistory as contract } from './contract.ts'

/** What was done to an account, newest first: read by its client, whose events are indexed, then by its own id. */
export async function listHostedAccountHistory(
  ctx: Ctx,
  { params, query }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  const account = await hostedAccountOf(ctx, params.id)
  if (!account) throw notFound()
  const [before] = decodeCursor(query.cursor, 1) ?? []
  if (before !== undefined && !/^\d{1,18}$/.test(before)) throw invalid({ cursor: 'field.invalid' })
  const rows = await ctx.db
    .selectFrom('audit_event')
    .selectAll()
    .where('agency_id', '=', ctx.agencyId)
    .where('client_id', '=', account.clientId)
    .where('entity_id', '=', account.id)
    .$if(before !== undefined, (q) => q.where('seq', '<', BigInt(before!)))
    .orderBy('seq', 'desc')
    .limit(query.limit + 1)
    .execute()
  const { texts } = ctx.app
  const page = rows.slice(0, query.limit)
  return {
    data: page.map((e) => ({
      id: toPublicId('auditEvent', e.id),
      at: e.occurred_at,
      action: e.action,
      label: texts.has(`audit.${e.action}`) ? texts.t(ctx.locale, `audit.${e.action}`) : e.action,
      actor: e.actor_name,
      subject: e.subject_name,
      data: e.data as Record<string, unknown>,
    })),
    nextCursor:
      rows.length > query.limit
        ? Buffer.from(JSON.stringify([String(page.at(-1)!.seq)])).toString('base64url')
        : null,
  }
}
