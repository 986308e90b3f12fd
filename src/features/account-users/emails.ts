import type { Locale } from '../../contract/common.ts'
import { accountOf, type Ctx } from '../../server/context.ts'
import { linkTo } from '../../server/hosts.ts'
import type { MailBody } from '../../server/mail-layout.ts'

/** "You are invited to this space": who invites, and the one link that sets the password. */
export function accountInvitationMail(
  ctx: Ctx,
  locale: Locale,
  given: { name: string; by: string; token: string },
): MailBody {
  return mail(
    ctx,
    locale,
    'invitation',
    { name: given.name, by: given.by },
    `/invitation#jeton=${given.token}`,
  )
}

/** "Choose a new password", sent by the agency at the person's request (B51). */
export function accountResetMail(ctx: Ctx, locale: Locale, given: { name: string; token: string }): MailBody {
  return mail(ctx, locale, 'reset', { name: given.name }, `/reinitialiser#jeton=${given.token}`)
}

/** "You no longer have access to this space" (as A20). */
export function accountDisabledMail(ctx: Ctx, locale: Locale, given: { name: string }): MailBody {
  return mail(ctx, locale, 'disabled', given)
}

function mail(
  ctx: Ctx,
  locale: Locale,
  kind: 'invitation' | 'reset' | 'disabled',
  values: Record<string, string>,
  path?: string,
): MailBody {
  const { texts, config } = ctx.app
  const t = (part: string) =>
    texts.t(locale, `account_users.mail.${kind}.${part}`, {
      ...values,
      account: accountOf(ctx).name,
      agency: ctx.agency?.name ?? 'Canopée',
    })
  return {
    subject: t('subject'),
    title: t('title'),
    paragraphs: [t('text')],
    ...(path !== undefined && { button: { label: t('button'), url: linkTo(config, ctx.realm, path) } }),
    footnote: t('footnote'),
  }
}
