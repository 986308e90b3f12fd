import type { AnswerOf } from '../../../contract/endpoint.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { StatusBadge } from '../../../web/kit/badges.tsx'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { PageSkeleton } from '../../../web/kit/skeletons.tsx'
import { useEndpoint } from '../../../web/queries.ts'
import { listPlanEditions } from '../contract.ts'
import { ChangeList } from './change-list.tsx'

type Edition = AnswerOf<typeof listPlanEditions>['data'][number]

/** Published editions, newest first, each with what it changed. */
export function Editions() {
  const t = useT()
  const { data, error, refetch } = useEndpoint(listPlanEditions)
  if (error) return <ErrorState error={error} page={t('plans.tab.editions')} retry={() => void refetch()} />
  if (!data) return <PageSkeleton />
  const current = data.data.find((e) => e.current)?.version ?? 0
  return (
    <ol className="scrolls plans-editions">
      {data.data.map((edition) => (
        <EditionLine key={edition.version} edition={edition} coming={edition.version > current} />
      ))}
    </ol>
  )
}

function EditionLine({ edition, coming }: { edition: Edition; coming: boolean }) {
  const t = useT()
  const format = useFormat()
  return (
    <li className="card">
      <header>
        <h2>{t('plans.edition', { version: edition.version })}</h2>
        {edition.current ? (
          <StatusBadge tone="ok">{t('plans.inForce')}</StatusBadge>
        ) : coming ? (
          <StatusBadge tone="info">{t('plans.coming')}</StatusBadge>
        ) : (
          <StatusBadge tone="mute">{t('plans.over')}</StatusBadge>
        )}
        <span className="spacer" />
        <span className="meta">{t('plans.from', { date: format.date(edition.appliesFrom) })}</span>
      </header>
      <p className="ink-2">
        {edition.note ?? t(edition.version === 1 ? 'plans.shipped' : 'plans.noNote')}
        <span className="meta"> · {edition.publishedBy}</span>
      </p>
      {edition.changes.length > 0 ? (
        <details>
          <summary>{t('plans.changeCount', { count: edition.changes.length })}</summary>
          <ChangeList changes={edition.changes} content={edition.content} />
        </details>
      ) : null}
    </li>
  )
}
