import type { Locale } from '../../contract/common.ts'
import type { Ctx } from '../../server/context.ts'
import { linkTo } from '../../server/hosts.ts'
import type { MailBody } from '../../server/mail-layout.ts'

/** "You were given these clients": at most ten names, then a count. */
export function assignmentMail(
  ctx: Ctx,
  locale: Locale,
  given: { by: string; names: string[]; count: number },
): MailBody {
  const { texts, config } = ctx.app
  const agency = ctx.agency?.name ?? 'Canopée'
  const values = { by: given.by, agency, count: given.count, client: given.names[0] ?? '' }
  return {
    subject: texts.t(locale, 'assignments.mail.subject', values),
    title: texts.t(locale, 'assignments.mail.title', values),
    paragraphs: [
      texts.t(locale, 'assignments.mail.text', values),
      clientNames(ctx, locale, given.names, given.count),
    ],
    button: {
      label: texts.t(locale, 'assignments.mail.button', values),
      url: linkTo(config, ctx.realm, '/clients'),
    },
  }
}

/** "A, B et 3 autres": the names given, then how many more there are. */
export function clientNames(ctx: Ctx, locale: Locale, names: string[], count: number): string {
  const more = count - names.length
  const last = more > 0 ? [ctx.app.texts.t(locale, 'assignments.clients_more', { more })] : []
  return new Intl.ListFormat(locale).format([...names, ...last])
}
