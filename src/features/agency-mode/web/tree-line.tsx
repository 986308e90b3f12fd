import { useEffect, type ReactNode } from 'react'
import { ActionIcon, Menu } from '@mantine/core'
import {
  IconArrowBackUp,
  IconArrowsMove,
  IconChartBar,
  IconChevronRight,
  IconCoins,
  IconDots,
  IconExternalLink,
  IconUserMinus,
  IconUserPlus,
  IconUserCog,
  IconUsers,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { Avatar } from '../../../web/kit/avatar.tsx'
import { useCountText } from '../../../web/kit/count.ts'
import { MoneyText } from '../../../web/kit/texts.tsx'
import { useMe } from '../../../web/me.ts'
import { paths } from '../../../web/paths.ts'
import { MemberStateBadge } from '../../sub-accounts/web/member-words.tsx'
import { useTree, type Place, type TreeRow } from './tree-state.ts'

/** One place in the tree: its line, and what is below once it is open. */
export function TreeItem(props: {
  id: string
  level: number
  /** Undefined: nothing is below. */
  open: boolean | undefined
  /** Where somebody dropped here goes. */
  place: Place
  row?: TreeRow
  children: ReactNode
  below: ReactNode
}) {
  const { id, row, open } = props
  const tree = useTree()
  const { known } = tree
  const { place } = props
  useEffect(() => {
    known.set(id, { row, place })
    return () => void known.delete(id)
  }, [known, id, row, place])
  const over = tree.carried !== undefined && tree.carried.id !== row?.id && tree.mayDrop(tree.carried, place)
  return (
    // The line alone is the item: what is below is not part of its name.
    <li role="none" data-branch={id}>
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the tree around hears the keys */}
      <div
        role="treeitem"
        aria-level={props.level}
        aria-expanded={open}
        aria-selected={tree.current === id}
        tabIndex={tree.current === id ? 0 : -1}
        data-node={id}
        className="tree-line"
        draggable={row?.can.move ?? false}
        data-carried={(row && tree.carried?.id === row.id) || undefined}
        data-found={tree.wanted?.id === id || undefined}
        onFocus={(event) => {
          if (event.target === event.currentTarget) tree.setCurrent(id)
        }}
        onClick={(event) => {
          if ((event.target as HTMLElement).closest('button, a')) return
          tree.setCurrent(id)
          if (tree.carried && over) tree.drop(place)
          else if (open !== undefined) tree.setOpen(id, !open)
        }}
        onDragStart={(event) => {
          if (!row) return
          event.dataTransfer.effectAllowed = 'move'
          event.dataTransfer.setData('text/plain', row.name)
          tree.setCarried(row, true)
        }}
        onDragEnd={() => tree.setCarried(undefined)}
        onDragEnter={(event) => {
          if (over) event.currentTarget.dataset['over'] = ''
        }}
        onDragLeave={(event) => delete event.currentTarget.dataset['over']}
        onDragOver={(event) => {
          if (!over) return
          event.preventDefault()
          event.dataTransfer.dropEffect = 'move'
          event.currentTarget.dataset['over'] = ''
        }}
        onDrop={(event) => {
          event.preventDefault()
          delete event.currentTarget.dataset['over']
          if (over) tree.drop(place)
        }}
      >
        {open === undefined ? (
          <span className="tree-toggle" aria-hidden="true" />
        ) : (
          // For the pointer; the item itself says whether it is open, and arrows or a tap on it open it.
          <button
            type="button"
            className="tree-toggle"
            tabIndex={-1}
            aria-hidden="true"
            data-open={open || undefined}
            onClick={() => tree.setOpen(id, !open)}
          >
            <IconChevronRight size={16} />
          </button>
        )}
        {props.children}
      </div>
      {open ? props.below : null}
    </li>
  )
}

/** Who a line is about, how many clients, how much money, and what can be done. */
export function PersonLine({ row }: { row: TreeRow }) {
  const t = useT()
  const countText = useCountText()
  const clients = t('agency_mode.clients', { count: row.clientCount, n: countText(row.clientCount) })
  return (
    <>
      <Avatar person={row} size={28} />
      <span className="tree-who">
        <b>{row.name}</b>
        <small>
          {[
            t(`role.${row.role}`),
            row.jobTitle,
            row.teamCount > 0 ? t('agency_mode.team', { count: row.teamCount }) : null,
          ]
            .filter(Boolean)
            .join(' · ')}
          <span className="tree-phone"> · {clients}</span>
        </small>
      </span>
      {row.state === 'active' ? null : <MemberStateBadge state={row.state} />}
      <span className="tree-figure figures">{clients}</span>
      <span className="tree-figure" data-money>
        {row.balance ? (
          <Link to={paths.budget(row.id)} className="tree-balance" tabIndex={-1} draggable={false}>
            <MoneyText value={row.balance} />
          </Link>
        ) : null}
      </span>
      <PersonMenu row={row} />
    </>
  )
}

/** The agency itself: the top of the tree, and its own budget. */
export function AgencyLine(props: {
  id: string
  name: string
  balance: { amount: number; currency: string } | null
}) {
  const t = useT()
  const format = useFormat()
  return (
    <>
      <Avatar person={{ id: props.id, name: props.name }} size={28} />
      <span className="tree-who">
        <b>{props.name}</b>
        <small>{t('agency_mode.root')}</small>
      </span>
      <span className="tree-figure" data-money>
        {props.balance ? <span className="figures">{format.money(props.balance)}</span> : null}
      </span>
      <span style={{ width: 28 }} />
    </>
  )
}

/** Filter of the clients list: a whole branch, or what an owner or a client's own person is assigned to. */
function clientsOf(row: TreeRow): Record<string, string> {
  return { [row.role === 'manager' || row.role === 'consultant' ? 'manager' : 'assignee']: row.id }
}

function PersonMenu({ row }: { row: TreeRow }) {
  const t = useT()
  const tree = useTree()
  const me = useMe()
  const label = t('agency_mode.actions', { name: row.name })
  // Those who have a balance, below one's own.
  const mayGive =
    row.balance !== null &&
    row.state !== 'disabled' &&
    row.id !== me?.member?.id &&
    (me?.rights.includes('budgets.move') ?? false)
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" tabIndex={-1} aria-label={label} className="tree-menu">
          <IconDots size={17} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown aria-label={label}>
        <Menu.Item
          leftSection={<IconExternalLink size={15} />}
          renderRoot={(root) => <Link to={paths.subAccount(row.id)} {...root} />}
        >
          {t('agency_mode.openMember')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconUsers size={15} />}
          renderRoot={(root) => (
            <Link to={paths.agency('clients')} search={clientsOf(row) as never} {...root} />
          )}
        >
          {t('agency_mode.openClients')}
        </Menu.Item>
        {row.role === 'manager' || row.role === 'consultant' ? (
          <Menu.Item
            leftSection={<IconChartBar size={15} />}
            renderRoot={(root) => (
              <Link to={paths.following} search={{ [row.role]: row.id } as never} {...root} />
            )}
          >
            {t('agency_mode.follow')}
          </Menu.Item>
        ) : null}
        {mayGive ? (
          <>
            <Menu.Item leftSection={<IconCoins size={15} />} onClick={() => tree.ask({ kind: 'give', row })}>
              {t('agency_mode.give')}
            </Menu.Item>
            <Menu.Item
              leftSection={<IconArrowBackUp size={15} />}
              onClick={() => tree.ask({ kind: 'take', row })}
            >
              {t('agency_mode.take')}
            </Menu.Item>
          </>
        ) : null}
        {row.can.invite ? (
          <Menu.Item leftSection={<IconUserPlus size={15} />} onClick={() => tree.invite(row.id)}>
            {t('agency_mode.inviteUnder')}
          </Menu.Item>
        ) : null}
        {row.can.changeRole ? (
          <Menu.Item leftSection={<IconUserCog size={15} />} onClick={() => tree.ask({ kind: 'role', row })}>
            {t('agency_mode.changeRole')}
          </Menu.Item>
        ) : null}
        {row.can.move ? (
          <Menu.Item
            leftSection={<IconArrowsMove size={15} />}
            onClick={() => tree.ask({ kind: 'move', row })}
          >
            {t('agency_mode.move')}
          </Menu.Item>
        ) : null}
        {row.can.handOver ? (
          <Menu.Item
            color="red"
            leftSection={<IconUserMinus size={15} />}
            onClick={() => tree.ask({ kind: 'handOver', row })}
          >
            {t('agency_mode.remove')}
          </Menu.Item>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  )
}
