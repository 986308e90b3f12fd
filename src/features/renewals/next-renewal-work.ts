import type { App } from '../../server/context.ts'
import { iso } from '../../server/clock.ts'
import { presentOf } from '../../server/timetable.ts'
import { firstRenewalAt } from '../subscriptions/public.ts'

/**
 * When renewals next have something to do: the first renewal, next try, end of tries or collection day, of all
 * agencies. Read through the owner's connection: a scan across tenants that tells nothing but an instant.
 */
export async function nextRenewalWork(app: App): Promise<Temporal.Instant | undefined> {
  const now = iso(await presentOf(app.database.owner))
  const { rows } = await app.database.owner.query<{ at: string | null }>(
    `select min(at) as at from (
       select min(next_try_at) as at from renewal where state = 'retrying'
       union all select min(stops_at) from renewal where state = 'retrying'
       -- The day begins at midnight there; today's may still be ahead of it.
       union all select min(day::timestamp at time zone zone) from (
         select a.time_zone as zone, p.agency_id,
           (date_trunc('month', $1::timestamptz at time zone a.time_zone) + make_interval(months => m, days => p.collection_day - 1))::date as day
         from agency_billing_profile p join agency a on a.agency_id = p.agency_id, generate_series(0, 1) m
         where p.collection_day is not null and a.state = 'active') c
       where day::timestamp at time zone zone >= $1 - interval '1 day' and not exists (
         select from prepaid_collection d where d.agency_id = c.agency_id and d.collected_on = c.day)
       -- Renewals wait an hour for the month's credit that is being paid.
       union all select $1::timestamptz + interval '1 hour' from prepaid_collection c
         join purchase p on p.agency_id = c.agency_id and p.id = c.purchase_id where p.state = 'pending') due`,
    [now],
  )
  const renewal = await firstRenewalAt(app)
  const other = rows[0]?.at ? Temporal.Instant.from(rows[0].at) : undefined
  return renewal && other && Temporal.Instant.compare(other, renewal) < 0 ? other : (renewal ?? other)
}
