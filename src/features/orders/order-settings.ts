import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { Refusal } from '../../server/refusal.ts'
import type * as contract from './contract.ts'

/** Days after which a delivery nobody answers is approved by itself, unless the agency chose otherwise. */
const defaultApprovalDays = 14

async function read(ctx: Ctx): Promise<{ approval_days: number; version: number }> {
  const row = await ctx.db
    .selectFrom('order_setting')
    .select(['approval_days', 'version'])
    .where('agency_id', '=', ctx.agencyId)
    .executeTakeFirst()
  return row ?? { approval_days: defaultApprovalDays, version: 0 }
}

/** The agency's own number of days, or the product's. */
export async function approvalDays(ctx: Ctx): Promise<number> {
  return (await read(ctx)).approval_days
}

/** How the agency runs its orders. */
export async function getOrderSettings(ctx: Ctx): Promise<AnswerOf<typeof contract.getOrderSettings>> {
  const { approval_days, version } = await read(ctx)
  return { approvalDays: approval_days, version, can: { edit: ctx.may('orders.settings') } }
}

/** Changes it for deliveries to come; 409 `version.stale`. */
export async function updateOrderSettings(
  ctx: Ctx,
  { body }: InputOf<typeof contract.updateOrderSettings>,
): Promise<AnswerOf<typeof contract.getOrderSettings>> {
  const before = await read(ctx)
  const values = { approval_days: body.approvalDays, updated_at: ctx.nowIso, version: body.version + 1 }
  // Whoever saves at the same time waits here, and then finds another version.
  const saved = await ctx.db
    .insertInto('order_setting')
    .values({ agency_id: ctx.agencyId, ...values })
    .onConflict((c) =>
      c.column('agency_id').doUpdateSet(values).where('order_setting.version', '=', body.version),
    )
    .returning('version')
    .executeTakeFirst()
  if (!saved || before.version !== body.version)
    throw new Refusal(409, 'version.stale', { data: { current: await getOrderSettings(ctx) } })
  ctx.audit({
    action: 'order_settings.updated',
    data: { changes: { approvalDays: [before.approval_days, body.approvalDays] } },
  })
  return getOrderSettings(ctx)
}
