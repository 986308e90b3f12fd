import { useMemo, useState } from 'react'
import { ActionIcon, Menu } from '@mantine/core'
import {
  IconArchive,
  IconArchiveOff,
  IconDots,
  IconPencil,
  IconShoppingCart,
  IconWorld,
} from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { call } from '../../../web/call.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { StatusBadge } from '../../../web/kit/badges.tsx'
import type { GridColumn } from '../../../web/kit/data-grid-type.ts'
import { DataGrid } from '../../../web/kit/data-grid.tsx'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { notifyError, undoable } from '../../../web/kit/notices.tsx'
import { IdentityCell, RowCard } from '../../../web/kit/row-card.tsx'
import { MoneyText } from '../../../web/kit/texts.tsx'
import { Tile } from '../../../web/kit/tile.tsx'
import { paths } from '../../../web/paths.ts'
import { refresh } from '../../../web/queries.ts'
import { useCountedList } from '../../../web/use-list.ts'
import { listProjects, updateProject } from '../contract.ts'
import { ProjectDialog, type Project } from './project-dialog.tsx'
import type { ReactNode } from 'react'

/** Projects as a list: the page's or one client's. */
export function ProjectList(props: { query: Record<string, string>; oneClient?: boolean; empty: ReactNode }) {
  const t = useT()
  const format = useFormat()
  const navigate = useNavigate()
  const [editing, setEditing] = useState<Project>()
  const list = useCountedList(listProjects, { query: { ...props.query } } as never)
  const rows = list.rows as Project[]
  const { oneClient = false } = props
  const columns = useMemo<GridColumn<Project>[]>(
    () => [
      {
        id: 'name',
        header: t('projects.name'),
        cell: (p) => (
          <IdentityCell
            icon={<Tile name={p.name} id={p.id} />}
            name={p.name}
            detail={[p.siteHost, oneClient ? null : p.client.name].filter(Boolean).join(' · ')}
          />
        ),
      },
      {
        id: 'state',
        header: t('projects.state'),
        width: 120,
        cell: (p) => (
          <StatusBadge tone={p.state === 'active' ? 'ok' : 'mute'}>
            {t(`projects.state.${p.state}`)}
          </StatusBadge>
        ),
      },
      {
        id: 'campaigns',
        header: t('campaigns.title'),
        width: 120,
        align: 'end',
        cell: (p) => <span className="figures">{format.number(p.campaigns)}</span>,
      },
      {
        id: 'open',
        header: t('projects.openOrders'),
        width: 150,
        align: 'end',
        cell: (p) => <span className="figures">{format.number(p.openOrders)}</span>,
      },
      {
        id: 'spent',
        header: t('projects.spent'),
        width: 130,
        align: 'end',
        cell: (p) => <MoneyText value={p.spent} />,
      },
    ],
    [t, format, oneClient],
  )
  const setState = async (p: Project, state: Project['state']) => {
    try {
      const saved = await call(updateProject, { params: { id: p.id }, body: { state, version: p.version } })
      await refresh(listProjects)
      undoable(
        t(state === 'archived' ? 'projects.archived' : 'projects.restored', { name: p.name }),
        async () => {
          await call(updateProject, {
            params: { id: p.id },
            body: { state: p.state, version: saved.version },
          })
          await refresh(listProjects)
        },
      )
    } catch (error) {
      notifyError(error)
    }
  }
  const orders = (p: Project) => void navigate({ to: paths.orders, search: { project: p.id } as never })
  const actions = (p: Project) => (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          tabIndex={-1}
          aria-label={t('projects.actions', { name: p.name })}
        >
          <IconDots size={17} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {p.can.order ? (
          <Menu.Item
            leftSection={<IconShoppingCart size={15} />}
            onClick={() => void navigate({ to: paths.cart(p.client.id), search: { projet: p.id } as never })}
          >
            {t('orders.new')}
          </Menu.Item>
        ) : null}
        {p.siteUrl ? (
          <Menu.Item
            leftSection={<IconWorld size={15} />}
            component="a"
            href={p.siteUrl}
            target="_blank"
            rel="noopener noreferrer"
          >
            {t('projects.visit')}
          </Menu.Item>
        ) : null}
        {p.can.edit ? (
          <>
            <Menu.Item leftSection={<IconPencil size={15} />} onClick={() => setEditing(p)}>
              {t('projects.edit')}
            </Menu.Item>
            {p.state === 'active' ? (
              <Menu.Item leftSection={<IconArchive size={15} />} onClick={() => void setState(p, 'archived')}>
                {t('projects.archive')}
              </Menu.Item>
            ) : (
              <Menu.Item
                leftSection={<IconArchiveOff size={15} />}
                onClick={() => void setState(p, 'active')}
              >
                {t('projects.restore')}
              </Menu.Item>
            )}
          </>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  )
  if (list.error && rows.length === 0)
    return <ErrorState error={list.error} what={t('projects.unreadable')} retry={() => void list.refetch()} />
  return (
    <>
      <DataGrid
        {...list.grid}
        rows={rows}
        label={t('projects.title')}
        columns={columns}
        rowId={(p) => p.id}
        rowName={(p) => p.name}
        onOpen={orders}
        rowActions={actions}
        renderCard={(p) => (
          <RowCard
            icon={<Tile name={p.name} id={p.id} />}
            title={p.name}
            onOpen={() => orders(p)}
            badge={actions(p)}
            start={<span className="ink-2">{p.siteHost ?? p.client.name}</span>}
            end={<MoneyText value={p.spent} />}
          />
        )}
        empty={props.empty}
        flows={oneClient ?? false}
      />
      <ProjectDialog opened={editing !== undefined} project={editing} onClose={() => setEditing(undefined)} />
    </>
  )
}
