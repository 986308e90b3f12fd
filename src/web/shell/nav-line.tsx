import { Link, useRouterState } from '@tanstack/react-router'
import type { TextKey } from '../../contract/text-keys.gen.ts'
import { useT } from '../i18n/use-t.ts'
import { useCountText } from '../kit/count.ts'
import { useNavCount } from '../navigation.ts'
import type { NavItem } from '../navigation.ts'
import type { NavIcon } from '../page-type.ts'
import { hasOwnEntry, standsAlone } from '../paths.ts'

/** An entry of the side bar: icon, label, figure. */
export function NavLine({ item }: { item: NavItem }) {
  const count = useNavCount(item)
  const t = useT()
  return <NavLink to={item.to} icon={item.icon} label={t(item.label)} count={count} />
}

/** A line that leads to an address, also for pinned views; `warn` shows the figure as work to do. */
export function NavLink(props: {
  to: string
  search?: Record<string, string>
  icon: NavIcon
  label: string
  count?: number | undefined
  warn?: boolean
}) {
  const countText = useCountText()
  const { icon: Icon, search } = props
  const at = useRouterState({ select: (state) => state.location.pathname })
  return (
    <Link
      to={props.to}
      {...(search ? { search: search as never } : {})}
      className="nav-line"
      activeOptions={{
        exact: standsAlone(props.to) || hasOwnEntry(props.to, at),
        includeSearch: search !== undefined,
      }}
    >
      <Icon size={17} stroke={1.7} />
      <span>{props.label}</span>
      {props.count === undefined ? null : (
        <em className="figures" data-warn={(props.warn && props.count > 0) || undefined}>
          {countText(props.count)}
        </em>
      )}
    </Link>
  )
}

/** A titled group of the side bar, for the pinned views' slot. */
export function NavGroupTitle(props: { id: string; title: TextKey }) {
  const t = useT()
  return (
    <div className="nav-title" id={props.id}>
      {t(props.title)}
    </div>
  )
}
