import type { AnswerOf } from '../../contract/endpoint.ts'
import { checkHealth } from '../../server/check-health.ts'
import type { Ctx } from '../../server/context.ts'
import { oftenChecked } from '../../server/verify-data.ts'
import type { checkHealthNow as check, getHealth as get } from './contract.ts'

type Row = {
  name: string
  checked_at: string
  took_ms: number
  tenants: number
  faults: string[]
  failing_since: string | null
}

/** Every promise, in the order it is checked, with what was last found. */
export async function getHealth(ctx: Ctx): Promise<AnswerOf<typeof get>> {
  const { rows } = await ctx.app.database.owner.query<Row>('select * from health_check')
  const found = new Map(rows.map((r) => [r.name, r]))
  return {
    checks: oftenChecked.map(({ id }) => {
      const row = found.get(id)
      return {
        id,
        label: ctx.app.texts.t(ctx.locale, `health.check.${id}`),
        checkedAt: row?.checked_at ?? null,
        tookMs: row?.took_ms ?? null,
        tenants: row?.tenants ?? null,
        faults: row?.faults ?? [],
        failingSince: row?.failing_since ?? null,
      }
    }),
  }
}

/** Checks them all now, then the same answer. */
export async function checkHealthNow(ctx: Ctx): Promise<AnswerOf<typeof check>> {
  await checkHealth(ctx.app, ctx.now)
  return getHealth(ctx)
}
