import { Link } from '@tanstack/react-router'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { StatusBadge } from '../../../web/kit/badges.tsx'
import { SectionHead } from '../../../web/kit/record-layout.tsx'
import { useLive } from '../../../web/live.ts'
import { paths } from '../../../web/paths.ts'
import { useEndpoint } from '../../../web/queries.ts'
import { listPurchases } from '../contract.ts'
import './payments.css'

const tones = {
  pending: 'info',
  requires_action: 'warn',
  failed: 'danger',
  paid: 'ok',
  cancelled: 'mute',
} as const

/** What is not settled: being paid, waiting for the bank, refused. Nothing when all is. */
export function OpenPurchases() {
  const t = useT()
  const format = useFormat()
  const { data, refetch } = useEndpoint(listPurchases, { query: { open: 'true' } })
  useLive((event) => {
    if (event.kind === 'purchase' || event.kind === 'reconnected') void refetch()
  })
  if (!data || data.data.length === 0) return null
  return (
    <section className="open-purchases">
      <SectionHead title={t('payments.open', { count: data.data.length })} />
      <ul className="card">
        {data.data.map((p) => (
          <li key={p.id}>
            <Link to={paths.purchase(p.id)}>
              <span>
                {p.lines[0]?.label}
                <small>{format.date(p.createdAt)}</small>
              </span>
              <StatusBadge tone={tones[p.state]}>{t(`payments.badge.${p.state}`)}</StatusBadge>
              <b className="figures">{format.money(p.total)}</b>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
