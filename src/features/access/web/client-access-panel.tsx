import { useState } from 'react'
import type { AnswerOf } from '../../../contract/endpoint.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { useCountText } from '../../../web/kit/count.ts'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { MoreButton } from '../../../web/kit/more-button.tsx'
import { Skeletons } from '../../../web/kit/skeletons.tsx'
import { SearchField } from '../../../web/kit/toolbar.tsx'
import { useLive } from '../../../web/live.ts'
import { refresh } from '../../../web/queries.ts'
import { useList } from '../../../web/use-list.ts'
import { explainClient } from '../contract.ts'
import { AccessChoices } from './access-choices.tsx'
import { PathReasons, WhyNotReasons } from './path-reasons.tsx'
import { PersonCell } from './person-cell.tsx'
import './access.css'

type Explained = AnswerOf<typeof explainClient>

/** From how many people a search is worth its place. */
const searchableFrom = 12

/** "Qui voit ce client ?": everybody who sees it and by which paths, or who does not and why. */
export function ClientAccessPanel({ clientId }: { clientId: string }) {
  const t = useT()
  const countText = useCountText()
  const [sees, setSees] = useState(true)
  const [q, setQ] = useState('')
  const list = useList(explainClient, {
    params: { id: clientId },
    query: { sees: String(sees), ...(q && { q }) },
  })
  useLive((event) => {
    if (event.kind === 'clients' || event.kind === 'members' || event.kind === 'reconnected')
      void refresh(explainClient)
  })
  const first = list.data?.pages[0] as Explained | undefined
  if (list.error && !first)
    return <ErrorState error={list.error} what={t('access.failed')} retry={() => void list.refetch()} />
  if (!first) return <Skeletons lines={5} height={44} />
  const rows = list.rows as Explained['data']
  const { client, seers, clientSeers, unnamed } = first
  return (
    <section className="access-panel" aria-labelledby="access-title">
      <div className="access-head">
        <h2 id="access-title">{t('access.title')}</h2>
        <AccessChoices
          label={t('access.show')}
          value={sees ? 'sees' : 'blind'}
          options={[
            { value: 'sees', label: t('access.sees'), count: countText(seers) },
            { value: 'blind', label: t('access.blind') },
          ]}
          onChange={(value) => {
            setSees(value === 'sees')
            setQ('')
          }}
        />
      </div>
      <p className="access-verdict">
        {t('access.seers', { count: seers, clients: clientSeers })}
        {client.home ? ` · ${t('access.portfolio', { name: client.home.name })}` : null}
      </p>
      {client.unassigned ? (
        <p className="access-verdict">
          {client.home ? t('access.unassignedHome', { name: client.home.name }) : t('access.unassigned')}
        </p>
      ) : null}
      {client.orphan ? <p className="access-verdict">{t('access.orphan')}</p> : null}
      {rows.length >= searchableFrom || q ? (
        <SearchField label={t('access.search')} hint={t('access.searchHint')} value={q} onChange={setQ} />
      ) : null}
      {rows.length > 0 ? (
        <ul className="access-list" aria-busy={list.isFetching}>
          {rows.map((row) => (
            <li key={row.member.id} className="access-row">
              <PersonCell person={row.member} />
              {sees ? (
                <PathReasons paths={row.paths} />
              ) : (
                <WhyNotReasons reasons={row.whyNot} homeName={client.home?.name} />
              )}
            </li>
          ))}
        </ul>
      ) : (
        <p className="access-foot">{q ? t('access.noMatch') : unnamed > 0 ? null : t('access.everybody')}</p>
      )}
      <MoreButton list={list} />
      {unnamed > 0 ? (
        <p className="access-foot">
          {t(sees ? 'access.unnamed.sees' : 'access.unnamed.blind', { count: unnamed })}
        </p>
      ) : null}
    </section>
  )
}
