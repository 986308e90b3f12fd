import { z } from 'zod'
import type { InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { readAccount } from '../../server/identify-in-account.ts'
import { job } from '../../server/jobs.ts'
import { queueMail } from '../../server/mail.ts'
import { issueToken, revokeTokens } from '../../server/one-time-token.ts'
import type { requestPasswordReset as contract } from './contract.ts'
import { mailLocale, resetMail } from './emails.ts'
import { findUserByLogin, mayEnter } from './find-user.ts'

/** Links a user may be sent within an hour: a mailbox must not be flooded by whoever knows its address. */
const linksAnHour = 5

/**
 * Asks for a reset link (B50). Who the login belongs to is looked up by a job, so that the answer's status,
 * text, length and time say nothing of whether it is known.
 */
export async function requestPasswordReset(
  ctx: Ctx,
  { body }: InputOf<typeof contract>,
): Promise<Record<string, never>> {
  await ctx.enqueue(sendResetLink, { login: body.login, realm: ctx.realm }, { maxAttempts: 5 })
  return {}
}

/** Mails the link to whoever the login belongs to, if anybody: 30 minutes, single use, earlier ones void. */
export const sendResetLink = job({
  name: 'sign-in.sendResetLink',
  payload: z.object({
    login: z.string(),
    realm: z.object({
      kind: z.enum(['operator', 'agency', 'hosted_account']),
      agencyId: z.string(),
      realmId: z.string(),
      host: z.string(),
    }),
  }),
  async run(ctx, { login, realm }) {
    ctx.realm = realm
    if (realm.kind === 'hosted_account') ctx.account = await readAccount(ctx.tx, ctx.agencyId, realm.realmId)
    const user = await findUserByLogin(ctx, login)
    // Somebody invited has no password to reset: the invitation is their way in.
    if (!user || !mayEnter(ctx, user)) return
    const { sent } = await ctx.db
      .selectFrom('one_time_token')
      .select((eb) => eb.fn.countAll<bigint>().as('sent'))
      .where('agency_id', '=', ctx.agencyId)
      .where('user_id', '=', user.id)
      .where('purpose', '=', 'password_reset')
      .where('created_at', '>', ctx.now.subtract({ hours: 1 }).toString())
      .executeTakeFirstOrThrow()
    if (sent >= linksAnHour) return
    await revokeTokens(ctx, user.id, 'password_reset')
    const token = await issueToken(ctx, {
      purpose: 'password_reset',
      userId: user.id,
      lifetime: { minutes: 30 },
    })
    await queueMail(ctx, {
      kind: 'sign_in.reset',
      to: { email: user.email, name: user.name, userId: user.id },
      locale: mailLocale(ctx, user),
      body: resetMail(ctx, user, token),
    })
  },
})
