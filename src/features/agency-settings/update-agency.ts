import type { InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { Refusal } from '../../server/refusal.ts'
import { getAgency, type AgencySettings } from './get-agency.ts'
import type { updateAgency as contract } from './contract.ts'

/** Field of the API → column. What is not here cannot be changed by its owner. */
const columns = {
  name: 'name',
  supportEmail: 'support_email',
  locale: 'locale',
  timeZone: 'time_zone',
  country: 'country',
  brandColor: 'brand_color',
  actingReasonRequired: 'acting_reason_required',
} as const
type Field = keyof typeof columns

/**
 * Changes the fields given, when nobody changed the agency since `version` was read (409 `version.stale` with
 * the current settings otherwise). Name, colour and help address show at once everywhere, mails included.
 */
export async function updateAgency(ctx: Ctx, { body }: InputOf<typeof contract>): Promise<AgencySettings> {
  await ctx.db
    .selectFrom('agency')
    .select('version')
    .where('agency_id', '=', ctx.agencyId)
    .forUpdate()
    .executeTakeFirst()
  const before = await getAgency(ctx)
  if (before.version !== body.version) throw new Refusal(409, 'version.stale', { data: { current: before } })
  const changed = (Object.keys(columns) as Field[]).filter(
    (f) => body[f] !== undefined && body[f] !== before[f],
  )
  if (changed.length === 0) return before
  await ctx.db
    .updateTable('agency')
    .set({ ...Object.fromEntries(changed.map((f) => [columns[f], body[f]])), version: before.version + 1 })
    .where('agency_id', '=', ctx.agencyId)
    .execute()
  const after = await getAgency(ctx)
  ctx.audit({
    action: 'agency.updated',
    entity: { kind: 'agency', id: ctx.agencyId, name: after.name },
    data: { changes: Object.fromEntries(changed.map((f) => [f, [before[f], after[f]]])) },
  })
  ctx.publish({ agencyId: ctx.agencyId, kind: 'agency' })
  return after
}
