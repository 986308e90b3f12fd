import { Button } from '@mantine/core'
import { IconUserBolt } from '@tabler/icons-react'
import type { AnswerOf } from '../../../contract/endpoint.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { Avatar } from '../../../web/kit/avatar.tsx'
import { StatusBadge } from '../../../web/kit/badges.tsx'
import { Empty } from '../../../web/kit/empty.tsx'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { Skeletons } from '../../../web/kit/skeletons.tsx'
import { RelativeDate } from '../../../web/kit/texts.tsx'
import { useRealm } from '../../../web/realm.ts'
import { useList } from '../../../web/use-list.ts'
import { listVisits } from '../contract.ts'
import './visits.css'

type Visit = AnswerOf<typeof listVisits>['data'][number]

/** "Interventions": who of the agency was in the account, why, and what they did there. */
export function VisitsSection() {
  const t = useT()
  const agency = useRealm().agency ?? ''
  const list = useList(listVisits, { query: {} } as never)
  const rows = list.rows as Visit[]
  if (list.error) return <ErrorState error={list.error} retry={() => void list.refetch()} />
  if (list.grid.loading) return <Skeletons lines={3} height={52} />
  if (rows.length === 0)
    return (
      <Empty
        icon={<IconUserBolt size={28} stroke={1.5} />}
        title={t('account_home.visits.none')}
        heading="h2"
      >
        {t('account_home.visits.noneText', { agency })}
      </Empty>
    )
  return (
    <>
      <ol className="card visits">
        {rows.map((v) => (
          <VisitLine key={v.id} visit={v} />
        ))}
      </ol>
      {list.grid.hasMore ? (
        <Button variant="default" onClick={() => list.grid.loadMore?.()}>
          {t('account_access.more')}
        </Button>
      ) : null}
    </>
  )
}

function VisitLine({ visit }: { visit: Visit }) {
  const t = useT()
  const format = useFormat()
  return (
    <li>
      <Avatar person={{ id: visit.actor.name, name: visit.actor.name }} size={32} />
      <div>
        <div className="visit-head">
          <b>{visit.actor.name}</b>
          {visit.ended ? null : <StatusBadge tone="info">{t('account_access.inside')}</StatusBadge>}
          <span className="spacer" />
          <span className="meta">
            <RelativeDate value={visit.startedAt} />
          </span>
        </div>
        {visit.reason ? <p className="ink-2">{visit.reason}</p> : null}
        {visit.acts.length === 0 ? (
          <p className="meta">{t('account_home.visits.acts', { n: 0 })}</p>
        ) : (
          <ul>
            {visit.acts.map((act) => (
              <li key={act.at + act.label}>
                {act.label}
                {act.name ? <b> {act.name}</b> : null} <span className="meta">{format.time(act.at)}</span>
              </li>
            ))}
          </ul>
        )}
        {visit.actCount > visit.acts.length ? (
          <p className="meta">{t('account_access.moreActs', { n: visit.actCount - visit.acts.length })}</p>
        ) : null}
      </div>
    </li>
  )
}
