import type { Locale } from '../../contract/common.ts'
import type { Ctx } from '../../server/context.ts'
import { linkTo } from '../../server/hosts.ts'
import type { MailBody } from '../../server/mail-layout.ts'

/** Whom an access mail is for. */
export type Addressee = { id: string; name: string; email: string; locale: Locale | null }

/** The language mails to a user are in: theirs, else their space's. */
export function mailLocale(ctx: Ctx, user: Pick<Addressee, 'locale'>): Locale {
  return user.locale ?? ctx.account?.locale ?? ctx.agency?.locale ?? ctx.locale
}

/** The words of one access mail, `sign_in.mail.<kind>.*`, in the agency's name, with the link that its token opens. */
function mail(
  ctx: Ctx,
  user: Addressee,
  kind: string,
  link?: string,
  values: Record<string, unknown> = {},
): MailBody {
  const t = (part: string) =>
    ctx.app.texts.t(mailLocale(ctx, user), `sign_in.mail.${kind}.${part}`, {
      name: user.name,
      agency: ctx.account?.name ?? ctx.agency?.name ?? 'Canopée',
      ...values,
    })
  return {
    subject: t('subject'),
    title: t('title'),
    paragraphs: [t('text')],
    // The token is in the fragment: browsers send it to no server and write it in no log.
    ...(link !== undefined && {
      button: { label: t('button'), url: linkTo(ctx.app.config, ctx.realm, link) },
    }),
    footnote: t('footnote'),
  }
}

/** "Choose a new password", asked for by the person (B50). */
export function resetMail(ctx: Ctx, user: Addressee, token: string): MailBody {
  return mail(ctx, user, 'reset', `/reinitialiser#jeton=${token}`)
}

/** "Confirm your address", after sign-up. */
export function confirmationMail(ctx: Ctx, user: Addressee, token: string): MailBody {
  return mail(ctx, user, 'confirm', `/confirmer#jeton=${token}`)
}

/** "Confirm your new address", to the new one. */
export function newAddressMail(ctx: Ctx, user: Addressee, token: string): MailBody {
  return mail(ctx, user, 'new_address', `/confirmer#jeton=${token}`)
}

/** To an address that somebody wants to take though it has its own user here: the page said nothing of it. */
export function addressTakenMail(ctx: Ctx, user: Addressee): MailBody {
  return mail(ctx, user, 'address_taken')
}

/** Warns the address in use that another one was asked for. */
export function addressChangeAskedMail(ctx: Ctx, user: Addressee, newEmail: string): MailBody {
  return mail(ctx, user, 'address_change_asked', undefined, { email: newEmail })
}

/** Tells the former address that it is no longer the one. */
export function addressChangedMail(ctx: Ctx, user: Addressee, newEmail: string): MailBody {
  return mail(ctx, user, 'address_changed', undefined, { email: newEmail })
}

/** What of somebody's means of sign-in has changed. */
export type SecurityChange =
  | 'password'
  | 'totp_on'
  | 'totp_off'
  | 'recovery_codes'
  | 'recovery_code_used'
  | 'passkey_added'
  | 'passkey_removed'

/** Tells the holder that a means of sign-in has changed, whoever did it. */
export function securityMail(ctx: Ctx, user: Addressee, change: SecurityChange): MailBody {
  return mail(ctx, user, 'security', undefined, { change })
}
