import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { clockOf, moveClock } from '../../server/move-clock.ts'
import { Refusal } from '../../server/refusal.ts'
import type { getClock as get, moveClockForward as move } from './contract.ts'

/** Longest way in one move, days: the jobs in between run while the caller waits. */
const longestDays = 400

/** Where the clock stands. */
export async function getClock(ctx: Ctx): Promise<AnswerOf<typeof get>> {
  return clockOf(ctx.app)
}

/** Moves it forward; 409 on a live installation, backwards, or further than 400 days at once. */
export async function moveClockForward(
  ctx: Ctx,
  { body }: InputOf<typeof move>,
): Promise<AnswerOf<typeof move>> {
  const target = Temporal.Instant.from(body.to)
  const { sandbox } = await clockOf(ctx.app)
  if (!sandbox) throw new Refusal(409, 'clock.live')
  if (Temporal.Instant.compare(target, ctx.now) <= 0) throw new Refusal(409, 'clock.backwards')
  if (target.since(ctx.now).total('hour') > longestDays * 24)
    throw new Refusal(409, 'clock.too_far', { values: { days: longestDays } })
  ctx.audit({ action: 'clock.moved', data: { from: ctx.nowIso, to: body.to } })
  await moveClock(ctx.app, ctx.app.timetable, target)
  return clockOf(ctx.app)
}
