import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import type { Ctx } from '../../server/context.ts'
import { Refusal } from '../../server/refusal.ts'
import { accountDefaults } from './account-defaults.ts'
import type { updateAccountDefaults as contract } from './contract.ts'
import { pushDefaults } from './push-defaults.ts'

/**
 * Changes the default settings. What `push` names is then set on every running account by a long job (B64);
 * 409 `account_defaults.no_address` when it names a notification address that none is set for.
 */
export async function updateAccountDefaults(
  ctx: Ctx,
  { body }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  const { version, push, ...values } = body
  const before = await accountDefaults(ctx)
  if (push.includes('notificationEmail') && values.notificationEmail === null)
    throw new Refusal(409, 'account_defaults.no_address')
  const columns = {
    locale: values.locale,
    time_zone: values.timeZone,
    notification_email: values.notificationEmail,
    plan_code: values.planCode,
    interval: values.interval,
    updated_at: ctx.nowIso,
    version: version + 1,
  }
  const saved = await ctx.db
    .insertInto('account_defaults')
    .values({ agency_id: ctx.agencyId, ...columns })
    .onConflict((oc) =>
      oc.column('agency_id').doUpdateSet(columns).where('account_defaults.version', '=', version),
    )
    .returning('version')
    .executeTakeFirst()
  if (!saved || (before.version === 0 && version !== 0))
    throw new Refusal(409, 'version.stale', { data: { current: before } })
  ctx.audit({ action: 'account_defaults.updated', data: { before, after: values, pushed: push } })
  const { locale, timeZone, notificationEmail } = values
  const jobId =
    push.length === 0
      ? null
      : await pushDefaults.start(ctx, {
          ...(push.includes('locale') && { locale }),
          ...(push.includes('timeZone') && { timeZone }),
          ...(push.includes('notificationEmail') && { notificationEmail: notificationEmail! }),
        })
  return { defaults: await accountDefaults(ctx), jobId: jobId && toPublicId('job', jobId) }
}
