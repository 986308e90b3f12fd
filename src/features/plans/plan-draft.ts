import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { subjectOf, type Ctx } from '../../server/context.ts'
import { operatorId } from '../../server/ids.ts'
import { Refusal } from '../../server/refusal.ts'
import type * as contract from './contract.ts'
import { draftOf } from './editions.ts'

/** The next edition as it stands, and what it changes. */
export function getPlanDraft(ctx: Ctx): Promise<AnswerOf<typeof contract.getPlanDraft>> {
  return draftOf(ctx)
}

/** Keeps the draft; 409 `version.stale` with the current one when somebody else changed it meanwhile. */
export async function savePlanDraft(
  ctx: Ctx,
  { body }: InputOf<typeof contract.savePlanDraft>,
): Promise<AnswerOf<typeof contract.savePlanDraft>> {
  const content = JSON.stringify(body.content)
  const { name } = subjectOf(ctx)
  const rows = await ctx.tx.query(
    'save_plan_draft',
    `insert into plan_draft (agency_id, content, updated_at, updated_by)
     select $1, $2::jsonb, $3, $4 where $5 = 0 or exists (select from plan_draft where agency_id = $1)
     on conflict (agency_id) do update set content = excluded.content, updated_at = excluded.updated_at,
       updated_by = excluded.updated_by, version = plan_draft.version + 1 where plan_draft.version = $5
     returning version`,
    [operatorId, content, ctx.nowIso, name, body.version],
  )
  if (rows.length === 0) throw new Refusal(409, 'version.stale', { data: { current: await draftOf(ctx) } })
  return draftOf(ctx)
}

/** Throws the draft away; nothing happens when there is none. */
export async function discardPlanDraft(ctx: Ctx): Promise<Record<string, never>> {
  const gone = await ctx.db
    .deleteFrom('plan_draft')
    .where('agency_id', '=', operatorId)
    .returning('version')
    .executeTakeFirst()
  if (gone) ctx.audit({ action: 'plans.draft_discarded' })
  return {}
}
