import type { Locale } from '../../contract/common.ts'
import type { Ctx } from '../../server/context.ts'
import { linkTo } from '../../server/hosts.ts'
import type { MailBody } from '../../server/mail-layout.ts'
import { clientNames } from '../assignments/public.ts'

/** "You are invited": who invites, what one will work on, and the one link that sets the password. */
export function invitationMail(
  ctx: Ctx,
  locale: Locale,
  given: { name: string; by: string; token: string; names: string[]; count: number },
): MailBody {
  const { texts, config } = ctx.app
  const values = {
    name: given.name,
    by: given.by,
    agency: ctx.agency?.name ?? 'Canopée',
    count: given.count,
    clients: clientNames(ctx, locale, given.names, given.count),
  }
  const t = (key: string) => texts.t(locale, `invitations.mail.${key}`, values)
  return {
    subject: t('subject'),
    title: t('title'),
    paragraphs: [t('text'), ...(given.count > 0 ? [t('clients')] : []), t('password')],
    button: { label: t('button'), url: linkTo(config, ctx.realm, `/invitation#jeton=${given.token}`) },
    footnote: t('footnote'),
  }
}
