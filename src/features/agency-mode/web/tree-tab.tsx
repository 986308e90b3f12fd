import { Suspense, lazy, useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { AnswerOf } from '../../../contract/endpoint.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { T } from '../../../web/i18n/rich-text.tsx'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { lazyDialog } from '../../../web/kit/lazy-dialog.tsx'
import { notifyError, undoable } from '../../../web/kit/notices.tsx'
import { PageHead } from '../../../web/kit/page-head.tsx'
import { Skeletons } from '../../../web/kit/skeletons.tsx'
import { SearchField, Toolbar } from '../../../web/kit/toolbar.tsx'
import { useLive } from '../../../web/live.ts'
import { useMe, useRight } from '../../../web/me.ts'
import { paths } from '../../../web/paths.ts'
import { refresh, useEndpoint } from '../../../web/queries.ts'
import { useSearchState } from '../../../web/search-state.ts'
import { useList } from '../../../web/use-list.ts'
import { getMemberOptions } from '../../sub-accounts/contract.ts'
import { listTree } from '../contract.ts'
import { More, TreeRows } from './tree-branch.tsx'
import { TreeFound } from './tree-found.tsx'
import { AgencyLine, TreeItem } from './tree-line.tsx'
import {
  putUnder,
  TreeContext,
  type Place,
  type TreeDialog,
  type TreeRow,
  type TreeState,
} from './tree-state.ts'

const NewSubAccountDialog = lazyDialog(() =>
  import('../../invitations/web/new-sub-account-dialog.tsx').then((m) => m.NewSubAccountDialog),
)
const MoveDialog = lazyDialog(() => import('./move-dialog.tsx').then((m) => m.MoveDialog))
const HandOverDialog = lazyDialog(() => import('./hand-over-dialog.tsx').then((m) => m.HandOverDialog))
const TreeBudgetDialog = lazy(() =>
  import('./tree-budget-dialog.tsx').then((m) => ({ default: m.TreeBudgetDialog })),
)
const TreeRoleDialog = lazyDialog(() => import('./tree-role-dialog.tsx').then((m) => m.TreeRoleDialog))

const agencyNode = 'agency'

/** The agency's people as a tree: read level by level, moved by pointer, keyboard or menu (C10, C11, C16). */
export function TreeTab() {
  const t = useT()
  const me = useMe()
  const [search, setSearch] = useSearchState()
  const list = useList(listTree, { query: {} })
  const rows = list.rows as TreeRow[]
  const { data: options } = useEndpoint(getMemberOptions)
  useLive((event) => {
    if (['members', 'clients', 'budgets', 'reconnected'].includes(event.kind)) void refresh(listTree)
  })
  const isOwner = me?.member?.role === 'owner'
  const mayChangeMode = useRight('agency.edit') && me?.agency?.kind === 'agency'
  const [opened, setOpened] = useState<ReadonlySet<string>>(() => new Set([agencyNode, me?.member?.id ?? '']))
  const [current, setCurrent] = useState(isOwner ? agencyNode : (me?.member?.id ?? ''))
  const [carried, setCarriedRow] = useState<TreeRow>()
  // A drag shows itself under the pointer; a line above the tree would move what one aims at.
  const [byPointer, setByPointer] = useState(false)
  const setCarried = useCallback((row: TreeRow | undefined, pointer = false) => {
    setCarriedRow(row)
    setByPointer(pointer)
  }, [])
  const [wanted, setWanted] = useState<TreeState['wanted']>()
  const [dialog, setDialog] = useState<TreeDialog>()
  const treeRef = useRef<HTMLUListElement>(null)
  const known = useRef<TreeState['known']>(new Map())
  useShown(wanted?.id, treeRef, rows.length)

  const mayDrop = useCallback(
    (row: TreeRow, place: Place) => {
      const may = options?.roles.find((o) => o.role === row.role)
      if (!may || (place?.id ?? null) === row.parentId || place?.id === row.id) return false
      // Nobody goes below themselves: what hangs below is drawn inside.
      const inside = treeRef.current?.querySelector(
        `[data-branch="${row.id}"] [data-node="${place?.id ?? ''}"]`,
      )
      if (inside) return false
      return place === null ? !may.parentRequired : may.parentRoles.includes(place.role)
    },
    [options],
  )
  const drop = useCallback(
    (place: Place) => {
      const row = carried
      setCarried(undefined)
      if (!row) return
      void (async () => {
        try {
          const version = await putUnder(row, place?.id ?? null)
          if (place) setOpened((old) => new Set([...old, place.id]))
          undoable(
            place ? (
              <T id="agency_mode.moved" values={{ name: row.name, parent: place.name }} />
            ) : (
              <T id="agency_mode.movedToRoot" values={{ name: row.name }} />
            ),
            () => putUnder({ id: row.id, version }, row.parentId),
          )
        } catch (error) {
          notifyError(error)
        }
      })()
    },
    [carried, setCarried],
  )
  const setOpen = useCallback(
    (id: string, open: boolean) =>
      setOpened((old) => {
        const next = new Set(old)
        if (open) next.add(id)
        else next.delete(id)
        return next
      }),
    [],
  )
  const invite = useCallback(
    (parentId: string) => setSearch({ nouveau: '1', sous: parentId }, { push: true }),
    [setSearch],
  )
  const state = useMemo(
    (): TreeState => ({
      isOpen: (id) => opened.has(id),
      setOpen,
      current,
      setCurrent,
      carried,
      setCarried,
      mayDrop,
      drop,
      wanted,
      known: known.current,
      ask: setDialog,
      invite,
    }),
    [opened, setOpen, current, carried, setCarried, mayDrop, drop, wanted, invite],
  )
  const find = (row: { id: string; path: { id: string }[] }) => {
    const path = row.path.map((p) => p.id)
    setOpened((old) => new Set([...old, agencyNode, ...path]))
    setWanted({ id: row.id, path })
    setCurrent(row.id)
    setSearch({ q: undefined })
  }
  const canInvite = options?.canInvite ?? false
  const q = search['q'] ?? ''
  const more = list.hasNextPage ? (
    <More level={2} busy={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()} />
  ) : null
  return (
    <>
      <PageHead
        title={t('agency_mode.title')}
        subtitle={t(isOwner ? 'agency_mode.lead' : 'agency_mode.leadBranch')}
        actions={
          <>
            {mayChangeMode ? (
              <Button
                variant="default"
                renderRoot={(root) => <Link to={paths.settings('mode') as never} {...root} />}
              >
                {t('agency_mode.changeMode')}
              </Button>
            ) : null}
            {canInvite ? (
              <Button
                leftSection={<IconPlus size={15} />}
                onClick={() => setSearch({ nouveau: '1', sous: undefined }, { push: true })}
              >
                {t('agency_mode.add')}
              </Button>
            ) : null}
          </>
        }
      />
      <Toolbar>
        <SearchField
          label={t('agency_mode.search')}
          hint={t('agency_mode.searchHint')}
          value={q}
          onChange={(value) => setSearch({ q: value })}
        />
      </Toolbar>
      <div role="status" aria-live="polite">
        {carried && !byPointer ? (
          <div className="tree-carrying">
            {t('agency_mode.carrying', { name: carried.name })}
            <Button size="compact-sm" variant="subtle" onClick={() => setCarried(undefined)}>
              {t('kit.cancel')}
            </Button>
          </div>
        ) : null}
      </div>
      <TreeContext value={state}>
        {q ? (
          <TreeFound q={q} onChoose={find} onClear={() => setSearch({ q: undefined })} />
        ) : list.error && rows.length === 0 ? (
          <ErrorState
            error={list.error}
            what={t('agency_mode.unreadable')}
            retry={() => void list.refetch()}
          />
        ) : list.isPending ? (
          <Skeletons lines={6} height={44} />
        ) : (
          <div className="agency-tree-scroll">
            <ul
              ref={treeRef}
              role="tree"
              className="agency-tree"
              aria-label={t('agency_mode.title')}
              onKeyDown={(event) => onTreeKey(event, state)}
            >
              {isOwner ? (
                <TreeItem
                  id={agencyNode}
                  level={1}
                  open={opened.has(agencyNode)}
                  place={null}
                  below={
                    <ul role="none">
                      <TreeRows rows={rows} level={2} />
                      {more}
                    </ul>
                  }
                >
                  <AgencyLine
                    id={me?.agency?.id ?? ''}
                    name={me?.agency?.name ?? ''}
                    balance={
                      (list.data?.pages[0] as AnswerOf<typeof listTree> | undefined)?.agencyBalance ?? null
                    }
                  />
                </TreeItem>
              ) : (
                <TreeRows rows={rows} level={1} />
              )}
            </ul>
            <p className="meta phone-hidden tree-keys">{t('agency_mode.keys')}</p>
          </div>
        )}
      </TreeContext>
      <NewSubAccountDialog
        opened={search['nouveau'] === '1' && canInvite}
        onClose={() => {
          setSearch({ nouveau: undefined, sous: undefined })
          void refresh(listTree)
        }}
        {...(search['sous'] && { parentId: search['sous'] })}
      />
      <MoveDialog opened={dialog?.kind === 'move'} row={dialog?.row} onClose={() => setDialog(undefined)} />
      <HandOverDialog
        opened={dialog?.kind === 'handOver'}
        row={dialog?.row}
        onClose={() => setDialog(undefined)}
      />
      {dialog?.kind === 'give' || dialog?.kind === 'take' ? (
        <Suspense>
          <TreeBudgetDialog way={dialog.kind} row={dialog.row} onClose={() => setDialog(undefined)} />
        </Suspense>
      ) : null}
      <TreeRoleDialog
        opened={dialog?.kind === 'role'}
        row={dialog?.row}
        onClose={() => setDialog(undefined)}
      />
    </>
  )
}

/** Brings the one looked for into view once its line is there. */
function useShown(
  id: string | undefined,
  tree: React.RefObject<HTMLUListElement | null>,
  rows: number,
): void {
  useEffect(() => {
    if (id === undefined) return undefined
    const show = () => {
      const node = tree.current?.querySelector<HTMLElement>(`[data-node="${id}"]`)
      if (!node) return false
      node.scrollIntoView({ block: 'nearest' })
      node.focus({ preventScroll: true })
      return true
    }
    let tries = 40
    const timer = setInterval(() => {
      if (show() || --tries === 0) clearInterval(timer)
    }, 50)
    return () => clearInterval(timer)
  }, [id, tree, rows])
}

/**
 * Arrows go through the tree and open it (WAI-ARIA tree pattern); M picks somebody up, M or Enter puts them under
 * the line reached, Escape lets go; Enter opens the menu.
 */
function onTreeKey(event: KeyboardEvent<HTMLUListElement>, tree: TreeState): void {
  const item = (event.target as HTMLElement).closest<HTMLElement>('[role="treeitem"]')
  if (!item || item !== event.target || event.ctrlKey || event.metaKey || event.altKey) return
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="treeitem"]')]
  const at = items.indexOf(item)
  const id = item.dataset['node'] ?? ''
  const open = item.getAttribute('aria-expanded')
  const go = (to: HTMLElement | null | undefined) => to?.focus()
  const done = () => {
    event.preventDefault()
    event.stopPropagation()
  }
  switch (event.key) {
    case 'ArrowDown':
      go(items[at + 1])
      return done()
    case 'ArrowUp':
      go(items[at - 1])
      return done()
    case 'Home':
      go(items[0])
      return done()
    case 'End':
      go(items.at(-1))
      return done()
    case 'ArrowRight':
      if (open === 'false') tree.setOpen(id, true)
      else if (open === 'true') go(items[at + 1])
      return done()
    case 'ArrowLeft':
      if (open === 'true') tree.setOpen(id, false)
      else
        go(
          item
            .closest('li')
            ?.parentElement?.closest('li')
            ?.querySelector<HTMLElement>(':scope > [role="treeitem"]'),
        )
      return done()
    case 'Escape':
      if (tree.carried) {
        tree.setCarried(undefined)
        done()
      }
      return undefined
    case 'm':
    case 'M':
    case 'Enter': {
      done()
      const known = tree.known.get(id)
      if (tree.carried) {
        if (known && tree.mayDrop(tree.carried, known.place)) tree.drop(known.place)
      } else if (event.key !== 'Enter') {
        if (known?.row?.can.move) tree.setCarried(known.row)
      } else item.querySelector<HTMLElement>('.tree-menu, .tree-more button, .tree-toggle')?.click()
      return undefined
    }
    default:
      return undefined
  }
}
