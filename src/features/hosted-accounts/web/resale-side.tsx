import type { ComponentType } from 'react'
import {
  IconAdjustments,
  IconApi,
  IconCalendarDollar,
  IconCreditCard,
  IconHelpCircle,
  IconHistory,
  IconMailCheck,
  IconMessage2,
  IconMessages,
  IconPalette,
  IconWallet,
  IconTags,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { paths } from '../../../web/paths.ts'
import type { ResaleSummary } from './resale-page.tsx'

type Entry = { to: string; icon: ComponentType<{ size?: number }>; label: string; end?: string }

/** The right-hand menu (B12 to B17). */
export function ResaleSide({ summary }: { summary: ResaleSummary }) {
  const t = useT()
  const format = useFormat()
  const { credits, card } = summary
  const groups: { title: string; entries: Entry[] }[] = [
    {
      title: t('resale.side.billing'),
      entries: [
        {
          to: paths.billing(),
          icon: IconCreditCard,
          label: t('resale.side.profile'),
          ...(card && { end: `•• ${card.last4}` }),
        },
        { to: paths.invoices, icon: IconHistory, label: t('resale.side.invoices') },
        { to: paths.renewals, icon: IconCalendarDollar, label: t('cockpit.title') },
      ],
    },
    {
      title: t('resale.side.credits'),
      entries: [
        {
          to: paths.credits('prepaye'),
          icon: IconWallet,
          label: t('credits.kind.prepaid'),
          end: format.moneyWhole(credits.prepaid),
        },
        {
          to: paths.credits('sms'),
          icon: IconMessage2,
          label: t('credits.kind.sms'),
          end: format.number(credits.sms),
        },
        {
          to: paths.credits('apercus'),
          icon: IconMailCheck,
          label: t('credits.kind.preview'),
          end: format.number(credits.previews),
        },
      ],
    },
    {
      title: t('resale.side.settings'),
      entries: [
        { to: paths.priceList, icon: IconTags, label: t('plans.priceList') },
        { to: paths.hostedAccountDefaults, icon: IconAdjustments, label: t('resale.side.defaults') },
        { to: paths.settings('marque-blanche'), icon: IconPalette, label: t('resale.side.brand') },
        { to: paths.apiReference, icon: IconApi, label: t('resale.side.api') },
      ],
    },
    {
      title: t('resale.side.help'),
      entries: [
        { to: paths.resaleQuestions, icon: IconHelpCircle, label: t('resale.side.faq') },
        { to: paths.supportRequests, icon: IconMessages, label: t('resale.side.support') },
      ],
    },
  ]
  return (
    <aside className="resale-side" aria-label={t('resale.side.label')}>
      <nav aria-label={t('resale.title')}>
        {groups.map((group) => (
          <div key={group.title}>
            <h2>{group.title}</h2>
            {group.entries.map(({ icon: Icon, ...entry }) => (
              <Link key={entry.to} to={entry.to}>
                <Icon size={17} />
                <span>{entry.label}</span>
                {entry.end ? <em className="figures">{entry.end}</em> : null}
              </Link>
            ))}
          </div>
        ))}
      </nav>
    </aside>
  )
}
