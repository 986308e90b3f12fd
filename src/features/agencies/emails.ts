import type { Locale } from '../../contract/common.ts'
import type { MailBody } from '../../server/mail-layout.ts'
import type { Texts } from '../../server/texts.ts'

/** "Your agencies": the addresses at which the reader signs in. */
export function agencyListMail(
  texts: Texts,
  locale: Locale,
  agencies: readonly { name: string; address: string }[],
): MailBody {
  const t = (key: string) => texts.t(locale, `agencies.mail.list.${key}`, { n: agencies.length })
  return {
    subject: t('subject'),
    title: t('title'),
    paragraphs: [t('intro')],
    links: agencies.map((a) => ({ label: a.name, url: a.address })),
    footnote: t('footnote'),
  }
}
