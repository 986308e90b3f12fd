import { useMemo, useState } from 'react'
import { Button } from '@mantine/core'
import { IconCoins, IconCornerDownRight, IconWallet } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { Avatar } from '../../../web/kit/avatar.tsx'
import { StatusBadge } from '../../../web/kit/badges.tsx'
import { BulkAction } from '../../../web/kit/bulk-action.tsx'
import { BulkBar } from '../../../web/kit/bulk-bar.tsx'
import { DataGrid } from '../../../web/kit/data-grid.tsx'
import type { GridColumn } from '../../../web/kit/data-grid-type.ts'
import { Empty, NoMatch } from '../../../web/kit/empty.tsx'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { IdentityCell, RowCard } from '../../../web/kit/row-card.tsx'
import { useSelection } from '../../../web/kit/selection.ts'
import { Tile } from '../../../web/kit/tile.tsx'
import { SearchField, Toolbar } from '../../../web/kit/toolbar.tsx'
import { useMe } from '../../../web/me.ts'
import { paths } from '../../../web/paths.ts'
import { useSearchState } from '../../../web/search-state.ts'
import { useList } from '../../../web/use-list.ts'
import { listBudgets } from '../contract.ts'
import { AllocateDialog } from './allocate-dialog.tsx'
import type { Budget, Holder, Node } from './budget.ts'
import { MoveDialog, type MoveAct } from './move-dialog.tsx'

/** What is below a level: members, then clients, each with its balance; `member` is the level, one's own when absent. */
export function BudgetList({ member, own }: { member?: string | undefined; own: Holder | undefined }) {
  const t = useT()
  const navigate = useNavigate()
  const canMove = useMe()?.rights.includes('budgets.move') ?? false
  const [search, setSearch] = useSearchState()
  const [act, setAct] = useState<MoveAct>()
  const [allocating, setAllocating] = useState<Node[]>()
  const q = search['q'] ?? ''
  const selection = useSelection({ member, q })
  const list = useList(listBudgets, { query: { ...(member && { member }), ...(q && { q }) } } as never)
  const rows = list.rows as Budget[]
  const columns = useColumns()
  const selected = rows.filter((r) => selection.has(r.node.id))
  const open = (b: Budget) => void navigate({ to: paths.budget(b.node.id) })
  const buttons = (b: Budget) => <RowButtons budget={b} onAct={setAct} />
  return (
    <>
      <Toolbar>
        <SearchField
          label={t('budgets.search')}
          hint={t('budgets.searchHint')}
          value={q}
          onChange={(text) => setSearch({ q: text })}
        />
      </Toolbar>
      {list.error && rows.length === 0 ? (
        <ErrorState error={list.error} what={t('budgets.unreadable')} retry={() => void list.refetch()} />
      ) : (
        <DataGrid
          {...list.grid}
          rows={rows}
          label={t('budgets.title')}
          columns={columns}
          rowId={(b) => b.node.id}
          rowName={(b) => b.node.name}
          onOpen={open}
          {...(canMove && own && { selection, rowActions: buttons })}
          renderCard={(b) => (
            <RowCard
              icon={<NodeIcon budget={b} />}
              title={b.node.name}
              onOpen={() => open(b)}
              badge={b.low ? <StatusBadge tone="warn">{t('budgets.low')}</StatusBadge> : undefined}
              start={<NodeKind budget={b} />}
              end={<Available budget={b} />}
            />
          )}
          empty={
            q ? (
              <NoMatch title={t('budgets.noMatch')} onClear={() => setSearch({ q: undefined })} />
            ) : (
              <Empty icon={<IconWallet size={28} stroke={1.5} />} title={t('budgets.empty')}>
                {t('budgets.emptyText')}
              </Empty>
            )
          }
        />
      )}
      {canMove && own ? (
        <BulkBar selection={selection} matching={selected.length}>
          <BulkAction
            icon={<IconCoins size={16} />}
            onClick={() => setAllocating(selected.filter((b) => b.can.give).map((b) => b.node))}
          >
            {t('budgets.give')}
          </BulkAction>
        </BulkBar>
      ) : null}
      <MoveDialog act={act} onClose={() => setAct(undefined)} />
      {own ? (
        <AllocateDialog
          own={own}
          nodes={allocating}
          onClose={() => {
            setAllocating(undefined)
            selection.clear()
          }}
        />
      ) : null}
    </>
  )
}

function useColumns(): GridColumn<Budget>[] {
  const t = useT()
  const format = useFormat()
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('budgets.column.name'),
        cell: (b) => (
          <IdentityCell
            icon={<NodeIcon budget={b} />}
            name={b.node.name}
            detail={<NodeKind budget={b} />}
            after={b.low ? <StatusBadge tone="warn">{t('budgets.low')}</StatusBadge> : undefined}
          />
        ),
      },
      {
        id: 'available',
        header: t('budgets.column.available'),
        width: 150,
        align: 'end',
        cell: (b) => <Available budget={b} />,
      },
      {
        id: 'held',
        header: t('budgets.column.held'),
        width: 130,
        align: 'end',
        cell: (b) => <Money value={b.held.amount === 0 ? '—' : format.money(b.held)} quiet />,
      },
      {
        id: 'received',
        header: t('budgets.column.received'),
        width: 150,
        align: 'end',
        cell: (b) => <Money value={format.money(b.receivedThisMonth)} quiet />,
      },
      {
        id: 'monthly',
        header: t('budgets.column.monthly'),
        width: 140,
        align: 'end',
        cell: (b) => <Money value={b.rule.monthly ? format.money(b.rule.monthly) : '—'} quiet />,
      },
    ],
    [t, format],
  )
}

function Money({ value, quiet }: { value: string; quiet?: boolean }) {
  return <span className={quiet ? 'figures ink-2' : 'figures'}>{value}</span>
}

function Available({ budget }: { budget: Budget }) {
  const format = useFormat()
  return <b className="figures">{format.money(budget.available)}</b>
}

/** Whose it is: a role, or a client. */
export function NodeKind({ budget }: { budget: Pick<Budget, 'role' | 'node'> }) {
  const t = useT()
  if (budget.node.kind === 'agency') return t('budgets.kind.agency')
  return budget.role === 'manager' || budget.role === 'consultant'
    ? t(`role.${budget.role}`)
    : t('budgets.kind.client')
}

function NodeIcon({ budget }: { budget: Budget }) {
  const { node } = budget
  return node.kind === 'client' ? <Tile name={node.name} id={node.id} /> : <Avatar person={node} size={28} />
}

function RowButtons({ budget, onAct }: { budget: Budget; onAct: (act: MoveAct) => void }) {
  const t = useT()
  return (
    <>
      {budget.can.take ? (
        <Button
          size="sm"
          variant="default"
          tabIndex={-1}
          onClick={() => onAct({ way: 'take', holder: budget })}
        >
          {t('budgets.take')}
        </Button>
      ) : null}
      {budget.can.give ? (
        <Button
          size="sm"
          variant="default"
          tabIndex={-1}
          leftSection={<IconCornerDownRight size={14} />}
          onClick={() => onAct({ way: 'give', holder: budget })}
        >
          {t('budgets.give')}
        </Button>
      ) : null}
    </>
  )
}
