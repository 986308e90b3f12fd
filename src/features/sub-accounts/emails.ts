import type { Locale } from '../../contract/common.ts'
import type { Ctx } from '../../server/context.ts'
import type { MailBody } from '../../server/mail-layout.ts'

/** "Your access was closed" (A20), in the agency's name. */
export function disabledMail(ctx: Ctx, locale: Locale, given: { name: string }): MailBody {
  const { texts } = ctx.app
  const values = { name: given.name, agency: ctx.agency?.name ?? 'Canopée' }
  return {
    subject: texts.t(locale, 'sub_accounts.mail.disabled.subject', values),
    title: texts.t(locale, 'sub_accounts.mail.disabled.title', values),
    paragraphs: [
      texts.t(locale, 'sub_accounts.mail.disabled.text', values),
      texts.t(locale, 'sub_accounts.mail.disabled.help', values),
    ],
  }
}
