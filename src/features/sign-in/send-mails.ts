import type { Ctx } from '../../server/context.ts'
import { queueMail } from '../../server/mail.ts'
import { issueToken, revokeTokens } from '../../server/one-time-token.ts'
import { confirmationMail, mailLocale, securityMail, type Addressee, type SecurityChange } from './emails.ts'

/** Mails a link that proves the user's address: 7 days, single use, the links before it void. */
export async function sendEmailConfirmation(ctx: Ctx, user: Addressee): Promise<void> {
  await revokeTokens(ctx, user.id, 'email_confirmation')
  const token = await issueToken(ctx, {
    purpose: 'email_confirmation',
    userId: user.id,
    payload: { email: user.email },
    lifetime: { days: 7 },
  })
  await queueMail(ctx, {
    kind: 'sign_in.confirm',
    to: { email: user.email, name: user.name, userId: user.id },
    locale: mailLocale(ctx, user),
    body: confirmationMail(ctx, user, token),
  })
}

/** Tells a user by mail that a means of sign-in has changed, so that nobody changes it behind their back. */
export async function sendSecurityMail(ctx: Ctx, user: Addressee, change: SecurityChange): Promise<void> {
  await queueMail(ctx, {
    kind: 'sign_in.security',
    to: { email: user.email, name: user.name, userId: user.id },
    locale: mailLocale(ctx, user),
    body: securityMail(ctx, user, change),
  })
}
