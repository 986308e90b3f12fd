import { Button } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useT } from '../../../web/i18n/use-t.ts'
import { Empty } from '../../../web/kit/empty.tsx'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { Skeletons } from '../../../web/kit/skeletons.tsx'
import { TimelineEvent } from '../../../web/kit/timeline.tsx'
import { useList } from '../../../web/use-list.ts'
import { EventPeople, type AuditEvent } from '../../audit/web/event-people.tsx'
import { listMemberHistory } from '../contract.ts'
import { HistoryChanges } from './history-changes.tsx'
import { HistoryIcon } from './history-icon.tsx'
import type { Member } from './use-member.ts'

/** Tab "Historique": what was done to the sub-account, by whom and in whose name. */
export function MemberHistory({ member }: { member: Member }) {
  const t = useT()
  const list = useList(listMemberHistory, { params: { id: member.id } })
  const rows = list.rows as AuditEvent[]
  return (
    <div className="scrolls member-tab">
      {list.error && rows.length === 0 ? (
        <ErrorState
          error={list.error}
          what={t('sub_accounts.history.unreadable')}
          retry={() => void list.refetch()}
        />
      ) : null}
      {list.isPending ? <Skeletons lines={6} height={40} /> : null}
      {!list.isPending && !list.error && rows.length === 0 ? (
        <Empty icon={<IconHistory size={28} stroke={1.5} />} title={t('sub_accounts.history.empty')} />
      ) : null}
      {rows.map((event) => (
        <TimelineEvent key={event.id} icon={<HistoryIcon action={event.action} />} at={event.occurredAt}>
          <b>{event.label}</b>
          {event.clientId && event.entity ? ` · ${event.entity.name}` : ''}{' '}
          <HistoryChanges data={event.data} /> <span className="ink-2">{t('sub_accounts.history.by')}</span>{' '}
          <EventPeople event={event} bare />
        </TimelineEvent>
      ))}
      {list.hasNextPage ? (
        <Button
          variant="default"
          mt={12}
          loading={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {t('sub_accounts.history.more')}
        </Button>
      ) : null}
    </div>
  )
}
