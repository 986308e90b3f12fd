import { useState } from 'react'
import { IconEyeOff } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { AnswerOf } from '../../../contract/endpoint.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { StatusBadge } from '../../../web/kit/badges.tsx'
import { useCountText } from '../../../web/kit/count.ts'
import { Empty } from '../../../web/kit/empty.tsx'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { MoreButton } from '../../../web/kit/more-button.tsx'
import { Notice } from '../../../web/kit/notice.tsx'
import { Skeletons } from '../../../web/kit/skeletons.tsx'
import { Tile } from '../../../web/kit/tile.tsx'
import { SearchField } from '../../../web/kit/toolbar.tsx'
import { useLive } from '../../../web/live.ts'
import { useMe } from '../../../web/me.ts'
import { paths } from '../../../web/paths.ts'
import { refresh } from '../../../web/queries.ts'
import { useList } from '../../../web/use-list.ts'
import { explainMember, sightRules, type SightRule } from '../contract.ts'
import { AccessChoices } from './access-choices.tsx'
import { ActedForPanel } from './acted-for-panel.tsx'
import { ActAsButtons } from './act-as.tsx'
import { PathReasons } from './path-reasons.tsx'
import './access.css'

type Sight = AnswerOf<typeof explainMember>

/** "Que voit Léa ?": every client the member sees, why, and how many by which rule. */
export function MemberSightPanel({ memberId }: { memberId: string }) {
  const t = useT()
  const isOwner = useMe()?.member?.role === 'owner'
  const countText = useCountText()
  const [rule, setRule] = useState<SightRule | 'all'>('all')
  const [q, setQ] = useState('')
  const list = useList(explainMember, {
    params: { id: memberId },
    query: { ...(q && { q }), ...(rule !== 'all' && { rule }) },
  })
  useLive((event) => {
    if (event.kind === 'clients' || event.kind === 'members' || event.kind === 'reconnected')
      void refresh(explainMember)
  })
  const first = list.data?.pages[0] as Sight | undefined
  if (list.error && !first)
    return <ErrorState error={list.error} what={t('access.failed')} retry={() => void list.refetch()} />
  if (!first) return <Skeletons lines={6} height={44} />
  const rows = list.rows as Sight['data']
  const { member, counts, total, unnamed } = first
  const held = sightRules.filter((r) => counts[r] > 0)
  const nothing = total === 0 && !q && rule === 'all'
  return (
    <section className="access-panel" aria-labelledby="sight-title">
      <div className="access-head">
        <h2 id="sight-title">{t('access.member.title', { name: member.name })}</h2>
        <ActAsButtons member={member} />
      </div>
      {member.state === 'disabled' ? (
        <Notice tone="info" inline>
          {t('access.member.disabled')}
        </Notice>
      ) : null}
      <p className="access-verdict">
        {member.name} {t('access.member.total', { count: total, n: countText(total) })} ·{' '}
        {t(member.seesUnassigned ? 'access.member.unassignedOn' : 'access.member.unassignedOff')}
      </p>
      {nothing ? (
        <Empty
          icon={<IconEyeOff size={28} stroke={1.5} />}
          title={t('access.member.none', { name: member.name })}
          heading="h3"
        >
          {t('access.member.noneText')}
        </Empty>
      ) : (
        <>
          <div className="access-tools">
            <SearchField
              label={t('access.member.search')}
              hint={t('access.member.searchHint')}
              value={q}
              onChange={setQ}
            />
            {held.length > 1 || rule !== 'all' ? (
              <AccessChoices
                label={t('access.rule')}
                value={rule}
                options={[
                  { value: 'all', label: t('access.rule.all'), count: countText(total) },
                  ...held.map((r) => ({
                    value: r,
                    label: t(`access.rule.${r}`),
                    count: countText(counts[r]),
                  })),
                ]}
                onChange={setRule}
              />
            ) : null}
          </div>
          {rows.length > 0 ? (
            <ul className="access-list" aria-busy={list.isFetching}>
              {rows.map((row) => (
                <SeenClient key={row.client.id} row={row} />
              ))}
            </ul>
          ) : (
            <p className="access-foot">{t('access.member.noMatch')}</p>
          )}
          <MoreButton list={list} />
        </>
      )}
      {unnamed > 0 ? (
        <p className="access-foot">{t('access.member.unnamed', { count: unnamed, n: countText(unnamed) })}</p>
      ) : null}
      {isOwner ? <ActedForPanel member={member} /> : null}
    </section>
  )
}

function SeenClient({ row }: { row: Sight['data'][number] }) {
  const t = useT()
  const { client } = row
  return (
    <li className="access-row">
      <div className="access-who">
        <Tile name={client.name} id={client.id} size="s" />
        <span>
          <span className="access-name">
            <Link className="text-link" to={paths.client(client.id, 'acces')}>
              {client.name}
            </Link>
            {client.status === 'archived' ? (
              <StatusBadge tone="mute">{t('access.client.archived')}</StatusBadge>
            ) : null}
            {client.unassigned ? (
              <StatusBadge tone="warn">{t('access.client.unassigned')}</StatusBadge>
            ) : null}
            {client.orphan ? <StatusBadge tone="warn">{t('access.client.orphan')}</StatusBadge> : null}
          </span>
          {client.home ? <small>{t('access.portfolio', { name: client.home.name })}</small> : null}
        </span>
      </div>
      <PathReasons paths={row.paths} />
    </li>
  )
}
