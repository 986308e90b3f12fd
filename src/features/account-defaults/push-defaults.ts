import { z } from 'zod'
import { locale } from '../../contract/common.ts'
import { longWork } from '../long-jobs/public.ts'

const accountsPerBatch = 500
const settings = z.strictObject({
  locale: locale.optional(),
  timeZone: z.string().optional(),
  notificationEmail: z.string().optional(),
})

/** "Mettre à jour tous les comptes existants" (B64): settings of running accounts, never templates. */
export const pushDefaults = longWork<z.output<typeof settings>, string>({
  kind: 'hosted_accounts.defaults',
  input: settings,
  async count(ctx) {
    const [row] = await ctx.tx.query<{ n: number }>(
      'defaults_count',
      `select count(*)::int as n from hosted_account where agency_id = $1 and status in ('trial', 'active', 'cancelled', 'suspended', 'disabled')`,
      [ctx.agencyId],
    )
    return row?.n ?? 0
  },
  async batch(ctx, given, after) {
    const rows = await ctx.tx.query<{ id: string; client_id: string; name: string; changed: boolean }>(
      'defaults_push',
      `with batch as (
         select id, client_id, name, (locale, time_zone, notification_email) is distinct from
           (coalesce($4, locale), coalesce($5, time_zone), coalesce($6, notification_email)) as changed
         from hosted_account
         where agency_id = $1 and ($2::uuid is null or id > $2) and status in ('trial', 'active', 'cancelled', 'suspended', 'disabled')
         order by id limit $3 for update),
       done as (
         update hosted_account a set locale = coalesce($4, a.locale), time_zone = coalesce($5, a.time_zone),
           notification_email = coalesce($6, a.notification_email), updated_at = $7, version = a.version + 1
         from batch b where a.agency_id = $1 and a.id = b.id and b.changed)
       select id, client_id, name, changed from batch order by id`,
      [
        ctx.agencyId,
        after ?? null,
        accountsPerBatch,
        given.locale ?? null,
        given.timeZone ?? null,
        given.notificationEmail ?? null,
        ctx.nowIso,
      ],
    )
    for (const r of rows)
      if (r.changed)
        ctx.audit({
          action: 'hosted_account.defaults_applied',
          clientId: r.client_id,
          entity: { kind: 'hosted_account', id: r.id, name: r.name },
          data: { ...given },
        })
    return { done: rows.length, next: rows.length === accountsPerBatch ? rows.at(-1)!.id : undefined }
  },
})
