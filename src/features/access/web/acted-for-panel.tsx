import { IconEye, IconShieldCheck, IconUserBolt } from '@tabler/icons-react'
import type { AnswerOf } from '../../../contract/endpoint.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { isTextKey, useT } from '../../../web/i18n/use-t.ts'
import { StatusBadge } from '../../../web/kit/badges.tsx'
import { Empty } from '../../../web/kit/empty.tsx'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { MoreButton } from '../../../web/kit/more-button.tsx'
import { Skeletons } from '../../../web/kit/skeletons.tsx'
import { RelativeDate } from '../../../web/kit/texts.tsx'
import { useList } from '../../../web/use-list.ts'
import { listAccessSessions } from '../contract.ts'
import './access.css'

type Session = AnswerOf<typeof listAccessSessions>['data'][number]

/** "Qui a agi pour moi": readable by oneself and, with `member`, by owners about somebody else (C2). */
export function ActedForPanel({ member }: { member?: { id: string; name: string } }) {
  const t = useT()
  const list = useList(listAccessSessions, { query: member ? { memberId: member.id } : {} })
  const rows = list.rows as Session[]
  return (
    <section className="access-panel" aria-labelledby="acted-title">
      <div className="access-head">
        <h2 id="acted-title">{member ? t('acted.titleOther', { name: member.name }) : t('acted.title')}</h2>
      </div>
      {member ? null : <p className="access-verdict">{t('acted.lead')}</p>}
      {list.error && rows.length === 0 ? (
        <ErrorState error={list.error} what={t('acted.failed')} retry={() => void list.refetch()} />
      ) : list.isPending ? (
        <Skeletons lines={3} height={52} />
      ) : rows.length === 0 ? (
        <Empty
          icon={<IconShieldCheck size={28} stroke={1.5} />}
          title={member ? t('acted.emptyOther', { name: member.name }) : t('acted.empty')}
          heading="h3"
        />
      ) : (
        <ul className="access-list">
          {rows.map((session) => (
            <ActedRow key={session.id} session={session} other={member !== undefined} />
          ))}
        </ul>
      )}
      <MoreButton list={list} />
    </section>
  )
}

function ActedRow({ session, other }: { session: Session; other: boolean }) {
  const t = useT()
  const format = useFormat()
  const looked = session.mode === 'viewing'
  const did = t(
    looked ? (other ? 'acted.viewingOther' : 'acted.viewing') : other ? 'acted.actingOther' : 'acted.acting',
  )
  return (
    <li className="access-row">
      <div className="access-who">
        {looked ? (
          <IconEye size={18} stroke={1.7} aria-hidden="true" />
        ) : (
          <IconUserBolt size={18} stroke={1.7} aria-hidden="true" />
        )}
        <span>
          <span className="access-name">
            <span>
              <b>{session.actor.name}</b> {did}
            </span>
            {session.ended ? null : <StatusBadge tone="info">{t('acted.ongoing')}</StatusBadge>}
          </span>
          <small>
            <RelativeDate value={session.startedAt} /> · {format.time(session.startedAt)}–
            {format.time(session.endsAt)}
          </small>
        </span>
      </div>
      <div>
        {session.reason ? <div>{t('acted.reason', { reason: session.reason })}</div> : null}
        {looked ? null : <div className="ink-2">{t('acted.acts', { count: session.actCount })}</div>}
        {session.acts.length > 0 ? (
          <ul className="acted-acts">
            {session.acts.map((act) => (
              <li key={act.at + act.action}>
                <span>
                  {[
                    isTextKey(`audit.${act.action}`) ? t(`audit.${act.action}` as never) : act.action,
                    act.name,
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
                <time dateTime={act.at} title={format.exact(act.at)} className="figures">
                  {format.time(act.at)}
                </time>
              </li>
            ))}
          </ul>
        ) : null}
      </div>
    </li>
  )
}
