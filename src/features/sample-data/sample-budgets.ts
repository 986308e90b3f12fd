import type { Ctx } from '../../server/context.ts'
import { handDown } from '../budgets/public.ts'
import { moveMoney } from '../wallets/public.ts'
import { seededRandom } from './seeded-random.ts'
import { memberOf, type SampleMember, type World } from './world.ts'

/** Months of budgets, this one included. */
const months = 4
const unit = 'EUR'

/**
 * Money for the clients' orders: the agency pays in at the beginning of each month, and what each active client
 * has agreed goes down through its manager and its consultant. Some levels are warned of and filled by themselves.
 */
export async function sampleBudgets(ctx: Ctx, world: World): Promise<void> {
  // Chance of its own: the other parts' is theirs.
  const random = seededRandom(4_242)
  const owner = memberOf(world, 'camille')
  const clients = world.clients.filter((c) => c.status === 'active' && c.budget > 0n)
  for (let back = months - 1; back >= 0; back--) {
    const first = world.now.toZonedDateTimeISO('Europe/Paris').subtract({ months: back }).with({ day: 1 })
    const at = first.with({ hour: 8, minute: 40, second: 0, millisecond: 0 }).toInstant()
    if (Temporal.Instant.compare(at, world.now) > 0) continue
    const there = clients.filter((c) => Temporal.Instant.compare(c.createdAt, at) < 0)
    if (there.length === 0) continue
    const gifts = there.map((c) => ({
      to: { kind: 'client' as const, id: c.id },
      amount: (c.budget * BigInt(random.whole(85, 115))) / 100n,
    }))
    const total = gifts.reduce((sum, g) => sum + g.amount, 0n)
    // In round sums, as a transfer is made; a little stays at the top.
    const paidIn = (total / 100_000n + 2n) * 100_000n
    const then = past(ctx, owner, at)
    await moveMoney(then, {
      operationKey: `sample.budget ${back}`,
      reason: 'budget.topped_up',
      lines: [
        { wallet: { counterpart: 'card', unit }, amount: -paidIn },
        { wallet: { owner: 'agency', purpose: 'budget', unit }, amount: paidIn },
      ],
    })
    await handDown(past(ctx, owner, at.add({ minutes: 25 })), `sample.given ${back}`, gifts)
  }
  const rules = [
    { kind: 'agency', id: ctx.agencyId, whenEmpty: 'stop', limit: null, alert: 100_000, monthly: null },
    ...clients.slice(0, 6).map((c, i) => ({
      kind: 'client',
      id: c.id,
      whenEmpty: i % 2 === 0 ? 'draw' : 'ask',
      limit: i % 2 === 0 ? Number(c.budget / 4n) || null : null,
      alert: Number(c.budget / 5n) || null,
      monthly: Number(c.budget),
    })),
  ]
  await ctx.tx.query(
    'sample_budget_rules',
    `insert into budget_rule (agency_id, owner_kind, owner_id, when_empty, draw_limit, alert_below, monthly_amount, monthly_done, updated_at)
     select $1, x.kind, x.id, x."whenEmpty", x.limit, x.alert, x.monthly, $3, $4
     from jsonb_to_recordset($2::jsonb) as x(kind text, id uuid, "whenEmpty" text, "limit" bigint, alert bigint, monthly bigint)`,
    [
      ctx.agencyId,
      JSON.stringify(rules),
      world.now.toZonedDateTimeISO('Europe/Paris').toPlainDate().toPlainYearMonth().toString(),
      ctx.nowIso,
    ],
  )
}

/** The call as somebody would have made it then. */
function past(ctx: Ctx, by: SampleMember, at: Temporal.Instant): Ctx {
  const person = {
    userId: by.userId,
    name: by.part.name,
    email: by.email,
    memberId: by.memberId,
    role: by.part.role,
  }
  return Object.create(ctx, {
    now: { value: at },
    nowIso: { value: at.toString() },
    actor: { value: person },
    subject: { value: person },
  }) as Ctx
}
