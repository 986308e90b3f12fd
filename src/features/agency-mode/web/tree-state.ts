import { createContext, useContext } from 'react'
import type { AnswerOf } from '../../../contract/endpoint.ts'
import type { Role } from '../../../contract/rights.ts'
import { call } from '../../../web/call.ts'
import { refresh } from '../../../web/queries.ts'
import { changeParent } from '../../sub-accounts/contract.ts'
import { findInTree, listTree } from '../contract.ts'

/** A member as the tree shows it. */
export type TreeRow = AnswerOf<typeof listTree>['data'][number]
/** Somebody under whom one may be put; null: the agency's root. */
export type Place = { id: string; name: string; role: Role } | null
/** What a person's menu opens. */
export type TreeDialog = { kind: 'move' | 'role' | 'handOver' | 'give' | 'take'; row: TreeRow }

/** What the lines of the tree share. */
export type TreeState = {
  isOpen: (id: string) => boolean
  setOpen: (id: string, open: boolean) => void
  /** The one line that the Tab key reaches; the agency's own is `agency`. */
  current: string
  setCurrent: (id: string) => void
  /** Somebody picked up, by pointer or keyboard. */
  carried: TreeRow | undefined
  setCarried: (row: TreeRow | undefined, byPointer?: boolean) => void
  mayDrop: (row: TreeRow, place: Place) => boolean
  drop: (place: Place) => void
  /** Somebody looked for: shown, even if pages further down. */
  wanted: { id: string; path: string[] } | undefined
  /** What each line drawn stands for, by its id. */
  known: Map<string, { row: TreeRow | undefined; place: Place }>
  ask: (dialog: TreeDialog) => void
  invite: (parentId: string) => void
}

export const TreeContext = createContext<TreeState | null>(null)

/** What the lines of the tree share. */
export function useTree(): TreeState {
  const state = useContext(TreeContext)
  if (!state) throw new Error('outside the tree')
  return state
}

/** Puts somebody under another member, or at the root (null); gives the version to undo it with. */
export async function putUnder(
  row: { id: string; version: number },
  parentId: string | null,
): Promise<number> {
  const { version } = await call(changeParent, {
    params: { id: row.id },
    body: { version: row.version, parentId },
  })
  await refresh(listTree, findInTree)
  return version
}
