import { useEffect } from 'react'
import { Button } from '@mantine/core'
import { useT } from '../../../web/i18n/use-t.ts'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { Skeletons } from '../../../web/kit/skeletons.tsx'
import { useList } from '../../../web/use-list.ts'
import { listTree } from '../contract.ts'
import { PersonLine, TreeItem } from './tree-line.tsx'
import { useTree, type TreeRow } from './tree-state.ts'

/** The members right below one, read when it opens; the rest of a long level on request. */
export function TreeBranch({ under, level }: { under: string; level: number }) {
  const t = useT()
  const tree = useTree()
  const list = useList(listTree, { query: { under } })
  const rows = list.rows as TreeRow[]
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list
  const { wanted } = tree
  // Somebody looked for may be pages further down: read on until they are here.
  const awaited =
    wanted !== undefined &&
    [...wanted.path, wanted.id][wanted.path.indexOf(under) + 1] !== undefined &&
    wanted.path.includes(under) &&
    !rows.some((r) => r.id === [...wanted.path, wanted.id][wanted.path.indexOf(under) + 1])
  useEffect(() => {
    if (awaited && hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [awaited, hasNextPage, isFetchingNextPage, fetchNextPage])
  if (list.error && rows.length === 0)
    return (
      <ErrorState error={list.error} what={t('agency_mode.unreadable')} retry={() => void list.refetch()} />
    )
  if (list.isPending) return <Skeletons lines={2} height={36} />
  return (
    <ul role="none">
      <TreeRows rows={rows} level={level} />
      {hasNextPage ? (
        <More onMore={() => void fetchNextPage()} busy={isFetchingNextPage} level={level} />
      ) : null}
    </ul>
  )
}

/** Lines of one level, each with its own branch. */
export function TreeRows({ rows, level }: { rows: readonly TreeRow[]; level: number }) {
  const tree = useTree()
  return rows.map((row) => (
    <TreeItem
      key={row.id}
      id={row.id}
      level={level}
      row={row}
      open={row.childCount > 0 ? tree.isOpen(row.id) : undefined}
      place={{ id: row.id, name: row.name, role: row.role }}
      below={<TreeBranch under={row.id} level={level + 1} />}
    >
      <PersonLine row={row} />
    </TreeItem>
  ))
}

/** The end of a level that goes on; Enter or a click reads the next page. */
export function More({ onMore, busy, level }: { onMore: () => void; busy: boolean; level: number }) {
  const t = useT()
  return (
    <li role="none" className="tree-more">
      <div role="treeitem" aria-level={level} aria-selected={false} tabIndex={-1} data-node="more">
        <Button size="sm" variant="subtle" tabIndex={-1} loading={busy} onClick={onMore}>
          {t('agency_mode.more')}
        </Button>
      </div>
    </li>
  )
}
