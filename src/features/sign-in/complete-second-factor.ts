import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { readToken, spendToken } from '../../server/one-time-token.ts'
import { invalid, Refusal } from '../../server/refusal.ts'
import type { Exchange } from '../../server/route.ts'
import { takeSecondFactor } from '../second-factor/public.ts'
import type { completeSecondFactor as contract } from './contract.ts'
import { openAudited } from './enter.ts'
import { findUser, mayEnter } from './find-user.ts'
import { sendSecurityMail } from './send-mails.ts'
import { attemptSucceeded, guardKey, reserveAttempt } from './sign-in-guard.ts'
import type { SessionMethod } from './session.ts'

/**
 * Completes a sign-in with the second proof. Codes are guarded like passwords: 5 wrong lock the factor for
 * 5 minutes (429), so that a known password does not open the way to trying them all. 410 on a spent ticket.
 */
export async function completeSecondFactor(
  ctx: Ctx,
  { body }: InputOf<typeof contract>,
  { reply }: Exchange,
): Promise<AnswerOf<typeof contract>> {
  const { userId, key, attempt } = await ctx.apart(async (inner) => {
    const ticket = await readToken(inner, 'second_factor', body.ticket)
    const counter = guardKey(inner, 'factor', ticket.userId!)
    return { userId: ticket.userId!, key: counter, attempt: await reserveAttempt(inner, counter) }
  })
  return ctx.apart(async (inner) => {
    const taken = await takeSecondFactor(inner, userId, body.code)
    if (!taken) throw invalid({ code: { code: 'sign_in.code_wrong', values: { left: attempt.left } } })
    const { payload } = await spendToken(inner, 'second_factor', body.ticket)
    const user = await findUser(inner, userId)
    if (!user || !mayEnter(inner, user)) throw new Refusal(403, 'sign_in.disabled')
    await attemptSucceeded(inner, key)
    await openAudited(inner, reply, user, payload as { method: SessionMethod; remember: boolean })
    if (taken === 'recovery') await sendSecurityMail(inner, user, 'recovery_code_used')
    return { next: 'done' as const }
  })
}
