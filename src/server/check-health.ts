import type pg from 'pg'
import type { App } from './context.ts'
import { iso } from './clock.ts'
import { checkTenants, oftenChecked, tenantsOf } from './verify-data.ts'

/** Checks what must always hold, of every tenant, and keeps what was found for the operator to see. */
export async function checkHealth(app: App, at: Temporal.Instant): Promise<void> {
  const pool: pg.Pool = app.database.owner
  const tenants = await tenantsOf(pool)
  for (const check of oftenChecked) {
    const began = performance.now()
    const faults = await checkTenants(pool, check, tenants)
    if (faults.length > 0)
      app.log.error({ check: check.id, faults: faults.slice(0, 20) }, 'the data does not hold')
    await pool.query(
      `insert into health_check (name, checked_at, took_ms, tenants, faults, failing_since)
       values ($1, $2, $3, $4, $5, case when $6 then $2::timestamptz end)
       on conflict (name) do update set checked_at = excluded.checked_at, took_ms = excluded.took_ms, tenants = excluded.tenants,
         faults = excluded.faults,
         failing_since = case when $6 then coalesce(health_check.failing_since, excluded.failing_since) end`,
      [
        check.id,
        iso(at),
        Math.round(performance.now() - began),
        tenants.length,
        JSON.stringify(faults.slice(0, 100)),
        faults.length > 0,
      ],
    )
  }
}
