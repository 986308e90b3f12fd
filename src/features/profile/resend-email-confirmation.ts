import { subjectOf, type Ctx } from '../../server/context.ts'
import { Refusal } from '../../server/refusal.ts'
import { findUser, sendEmailConfirmation } from '../sign-in/public.ts'
import { limitMails } from '../../server/limit-mails.ts'

/** Mails the link that proves the caller's address again; the former link is void. 409 when it is proved already. */
export async function resendEmailConfirmation(ctx: Ctx): Promise<Record<string, never>> {
  const user = await findUser(ctx, subjectOf(ctx).userId)
  if (user!.email_confirmed_at !== null) throw new Refusal(409, 'email.already_confirmed')
  await limitMails(ctx, user!.id, 'email_confirmation')
  await sendEmailConfirmation(ctx, user!)
  return {}
}
