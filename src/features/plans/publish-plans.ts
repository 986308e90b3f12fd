import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { agencyOf, subjectOf, type Ctx } from '../../server/context.ts'
import { operatorId } from '../../server/ids.ts'
import { Refusal } from '../../server/refusal.ts'
import type * as contract from './contract.ts'
import { draftOf, editionOf, newestEdition } from './editions.ts'

/**
 * Publishes the draft as the next edition, in force from the first instant of a day in the operator's time zone,
 * at once when that is today. Subscriptions keep the edition they were sold at. 409 when the draft changes
 * nothing, is not the one that was read, or would apply before today or before the newest edition does.
 */
export async function publishPlans(
  ctx: Ctx,
  { body }: InputOf<typeof contract.publishPlans>,
): Promise<AnswerOf<typeof contract.publishPlans>> {
  await ctx.tx.query('lock_plan_draft', `select from plan_draft where agency_id = $1 for update`, [
    operatorId,
  ])
  const draft = await draftOf(ctx)
  if (draft.version !== body.version) throw new Refusal(409, 'version.stale', { data: { current: draft } })
  if (draft.changes.length === 0) throw new Refusal(409, 'plans.nothing_changed')
  const { timeZone } = agencyOf(ctx)
  const day = Temporal.PlainDate.from(body.appliesOn)
  const today = ctx.now.toZonedDateTimeISO(timeZone).toPlainDate()
  const ahead = Temporal.PlainDate.compare(day, today)
  if (ahead < 0) throw new Refusal(409, 'plans.in_the_past')
  const appliesFrom = ahead === 0 ? ctx.now : day.toZonedDateTime(timeZone).toInstant()
  const newest = await newestEdition(ctx)
  if (Temporal.Instant.compare(appliesFrom, newest.applies_from) < 0)
    throw new Refusal(409, 'plans.before_newest', { values: { date: newest.applies_from } })
  const row = await ctx.db
    .insertInto('plan_catalogue')
    .values({
      agency_id: operatorId,
      version: newest.version + 1,
      content: JSON.stringify(draft.content),
      applies_from: appliesFrom.toString({ smallestUnit: 'millisecond' }),
      note: body.note ?? null,
      published_at: ctx.nowIso,
      published_by: subjectOf(ctx).name,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  await ctx.db.deleteFrom('plan_draft').where('agency_id', '=', operatorId).execute()
  ctx.audit({
    action: 'plans.published',
    data: { version: row.version, appliesFrom: row.applies_from, changes: draft.changes },
  })
  return editionOf(row)
}
