import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import type { closeHint as contract } from './contract.ts'

/** Puts a hint away for the whole agency, or brings it back. Doing it twice changes nothing. */
export async function closeHint(
  ctx: Ctx,
  { body }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  const changed = await ctx.tx.query(
    'close_hint',
    `update agency set dismissed_hints = case when $3 then array_remove(dismissed_hints, $2) else array_append(dismissed_hints, $2) end
     where agency_id = $1 and ($2 = any(dismissed_hints)) = $3 returning agency_id`,
    [ctx.agencyId, body.hint, body.open],
  )
  if (changed.length > 0)
    ctx.audit({ action: body.open ? 'hint.reopened' : 'hint.closed', data: { hint: body.hint } })
  return {}
}
