import { useMemo } from 'react'
import { useT } from '../../../web/i18n/use-t.ts'
import { Tag } from '../../../web/kit/badges.tsx'
import type { ColumnVisibility } from '../../../web/kit/column-menu.tsx'
import type { GridColumn } from '../../../web/kit/data-grid-type.ts'
import { IdentityCell } from '../../../web/kit/row-card.tsx'
import { DateText, MoneyText, RelativeDate } from '../../../web/kit/texts.tsx'
import { Tile } from '../../../web/kit/tile.tsx'
import { useMe } from '../../../web/me.ts'
import type { ClientRow } from '../contract.ts'
import { ClientPeople } from './client-people.tsx'
import { ClientStatus } from './client-status.tsx'
import { SeenBy, type Seers } from './seen-by.tsx'

const none = <span className="ink-3">—</span>

/** Columns of the list beside the client itself, in their order; `shown` unless the user says otherwise. */
const choices = [
  { id: 'status', shown: true },
  { id: 'assignees', shown: true },
  { id: 'home', shown: true },
  { id: 'city', shown: false },
  { id: 'sector', shown: false },
  { id: 'budget', shown: true },
  { id: 'created', shown: false },
  { id: 'activity', shown: true },
] as const

/** Which columns show: the address's choice, else the usual ones; portfolios only where there are managers. */
export function useColumnVisibility(chosen: string | undefined): {
  visibility: ColumnVisibility
  options: { id: string; label: string }[]
  toParam: (v: ColumnVisibility) => string | undefined
} {
  const t = useT()
  const me = useMe()
  const flat = me?.agency?.mode === 'simple' || me?.member?.role === 'client'
  return useMemo(() => {
    const usual = choices.filter((c) => c.shown && !(flat && c.id === 'home')).map((c) => c.id as string)
    const shown = chosen === undefined ? usual : chosen.split(',')
    return {
      visibility: Object.fromEntries(choices.map((c) => [c.id, shown.includes(c.id)])),
      options: choices
        .filter((c) => !(flat && c.id === 'home'))
        .map((c) => ({ id: c.id, label: t(`clients.column.${c.id}`) })),
      toParam: (v) => {
        const next = choices.filter((c) => v[c.id]).map((c) => c.id as string)
        return next.join() === usual.join() ? undefined : next.join(',') || 'none'
      },
    }
  }, [chosen, flat, t])
}

/** The columns themselves; `seers` adds who sees each client of the queue of unassigned ones (A23). */
export function useClientColumns(
  onAssign: (client: ClientRow) => void,
  seers: Seers | undefined,
): GridColumn<ClientRow>[] {
  const t = useT()
  return useMemo(() => {
    const columns: GridColumn<ClientRow>[] = [
      {
        id: 'client',
        header: t('clients.column.client'),
        sort: 'name',
        cell: (c) => (
          <IdentityCell
            icon={<Tile name={c.name} id={c.id} />}
            name={c.name}
            detail={[c.website, c.website ? null : c.city].filter(Boolean).join(' · ')}
            after={
              c.tags.length > 0 ? (
                <span className="clients-tags" title={c.tags.join(', ')}>
                  {c.tags.slice(0, 2).map((tag) => (
                    <Tag key={tag} small>
                      {tag}
                    </Tag>
                  ))}
                </span>
              ) : null
            }
          />
        ),
      },
      {
        id: 'status',
        header: t('clients.column.status'),
        width: 104,
        cell: (c) => <ClientStatus status={c.status} />,
      },
      {
        id: 'assignees',
        header: t('clients.column.assignees'),
        width: seers ? 132 : 190,
        cell: (c) => <ClientPeople client={c} onAssign={onAssign} inRow />,
      },
      {
        id: 'home',
        header: t('clients.column.home'),
        width: 140,
        cell: (c) => (c.home ? <span className="ink-2">{c.home.name}</span> : none),
      },
      { id: 'city', header: t('clients.column.city'), width: 130, cell: (c) => c.city ?? none },
      { id: 'sector', header: t('clients.column.sector'), width: 140, cell: (c) => c.sector ?? none },
      {
        id: 'budget',
        header: t('clients.column.budget'),
        width: 124,
        align: 'end',
        sort: 'monthlyBudget',
        cell: (c) => (c.monthlyBudget ? <MoneyText value={c.monthlyBudget} whole /> : none),
      },
      {
        id: 'created',
        header: t('clients.column.created'),
        width: 120,
        sort: 'createdAt',
        cell: (c) => <DateText value={c.createdAt} short />,
      },
      {
        id: 'activity',
        header: t('clients.column.activity'),
        width: 140,
        sort: 'lastActivityAt',
        cell: (c) => <RelativeDate value={c.lastActivityAt} />,
      },
    ]
    if (seers)
      columns.splice(3, 0, {
        id: 'seenBy',
        header: t('clients.column.seenBy'),
        width: 156,
        cell: (c) => <SeenBy seers={seers} client={c} />,
      })
    return columns
  }, [t, onAssign, seers])
}
