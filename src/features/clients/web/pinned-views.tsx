import { IconPin, IconUserOff } from '@tabler/icons-react'
import { useT } from '../../../web/i18n/use-t.ts'
import { useRight } from '../../../web/me.ts'
import { paths } from '../../../web/paths.ts'
import { useEndpoint } from '../../../web/queries.ts'
import { NavGroupTitle, NavLink } from '../../../web/shell/nav-line.tsx'
import { listViews } from '../../saved-views/contract.ts'
import { countClientViews } from '../contract.ts'

/** Pinned views in the side bar, led by the clients nobody works on while there are some. */
export function PinnedViews() {
  const t = useT()
  const canAssign = useRight('clients.assign')
  const { data: views } = useEndpoint(listViews, { query: { page: 'clients' } }, { staleTime: 60_000 })
  const { data: counts } = useEndpoint(countClientViews, {}, { staleTime: 60_000 })
  const { data: resale } = useEndpoint(
    listViews,
    { query: { page: 'hosted_accounts' } },
    { staleTime: 60_000, enabled: useRight('resale.manage') },
  )
  const pinned = views?.data.filter((v) => v.isPinned) ?? []
  const resold = resale?.data.filter((v) => v.isPinned) ?? []
  const waiting = canAssign ? (counts?.unassigned ?? 0) : 0
  if (pinned.length + resold.length === 0 && waiting === 0) return null
  return (
    <>
      <NavGroupTitle id="pinned-views" title="clients.view.pinned" />
      {waiting > 0 ? (
        <NavLink
          to={paths.clients}
          search={{ unassigned: 'true' }}
          icon={IconUserOff}
          label={t('clients.view.unassigned')}
          count={waiting}
          warn
        />
      ) : null}
      {pinned.map((v) => (
        <NavLink
          key={v.id}
          to={paths.clients}
          search={{ vue: v.id }}
          icon={IconPin}
          label={v.name}
          count={counts?.views.find((c) => c.id === v.id)?.count}
        />
      ))}
      {resold.map((v) => (
        <NavLink key={v.id} to={paths.resale} search={{ vue: v.id }} icon={IconPin} label={v.name} />
      ))}
    </>
  )
}
