import { useNavigate } from '@tanstack/react-router'
import { useT } from '../../../web/i18n/use-t.ts'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { PageSkeleton } from '../../../web/kit/skeletons.tsx'
import { ViewTabs } from '../../../web/kit/view-tabs.tsx'
import { useLive } from '../../../web/live.ts'
import { useMe } from '../../../web/me.ts'
import { memberTabs, paths, type MemberTab } from '../../../web/paths.ts'
import { isProblem } from '../../../web/problem-error.ts'
import { refresh } from '../../../web/queries.ts'
import { usePathParam } from '../../../web/router.tsx'
import { NotFoundPage } from '../../../web/shell/not-found-page.tsx'
import { useTitle } from '../../../web/shell/page-title.tsx'
import { MemberSightPanel } from '../../access/web/member-sight-panel.tsx'
import { getMember, listMemberHistory, listMembers } from '../contract.ts'
import { MemberClients } from './member-clients.tsx'
import { MemberHead } from './member-head.tsx'
import { MemberHistory } from './member-history.tsx'
import { MemberProfile } from './member-profile.tsx'
import { useMember, type Member } from './use-member.ts'
import './sub-accounts.css'

/** One sub-account: profile, clients, what it sees, history; the tab is in the address. */
export function MemberPage() {
  const id = usePathParam('id')
  const wanted = usePathParam('tab')
  const t = useT()
  const navigate = useNavigate()
  const me = useMe()
  const { data: member, error, refetch } = useMember(id)
  useTitle(member?.name ?? t('sub_accounts.title'))
  useLive((event) => {
    if (event.kind === 'members' || event.kind === 'clients' || event.kind === 'reconnected')
      void refresh(getMember, listMembers, listMemberHistory)
  })
  if (!member) {
    if (isProblem(error, 'not.found')) return <NotFoundPage />
    return error ? (
      <ErrorState error={error} what={t('sub_accounts.unreadable')} retry={() => void refetch()} />
    ) : (
      <PageSkeleton />
    )
  }
  // An advertiser has no client folders (A1); the history is for those who manage sub-accounts.
  const tabs = memberTabs.filter((name) => {
    if (name === 'clients' || name === 'acces') return me?.agency?.kind === 'agency'
    return name === 'profil' || me?.rights.includes('members.edit')
  })
  const tab = tabs.find((name) => name === wanted) ?? 'profil'
  return (
    <>
      <MemberHead member={member} />
      <ViewTabs
        label={t('sub_accounts.tabs')}
        tabs={tabs.map((name) => ({
          id: name,
          label:
            name === 'acces'
              ? t('sub_accounts.tab.acces', { name: firstName(member.name) })
              : t(`sub_accounts.tab.${name}`),
          ...(name === 'clients' && { count: member.clientCount }),
        }))}
        current={tab}
        onChange={(name) => void navigate({ to: paths.subAccount(id, name as MemberTab) })}
      />
      <TabContent member={member} tab={tab} key={id} />
    </>
  )
}

/** What one calls somebody in a tab's title. */
function firstName(name: string): string {
  return name.split(/\s+/)[0] ?? name
}

function TabContent({ member, tab }: { member: Member; tab: MemberTab }) {
  if (tab === 'clients') return <MemberClients member={member} />
  if (tab === 'historique') return <MemberHistory member={member} />
  if (tab === 'acces')
    return (
      <div className="scrolls member-tab">
        <MemberSightPanel memberId={member.id} />
      </div>
    )
  return <MemberProfile member={member} />
}
