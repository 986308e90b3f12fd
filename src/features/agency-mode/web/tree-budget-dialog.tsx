import { useEndpoint } from '../../../web/queries.ts'
import { getBudget } from '../../budgets/contract.ts'
import { MoveDialog } from '../../budgets/web/move-dialog.tsx'
import type { TreeRow } from './tree-state.ts'

/** Gives somebody of the tree budget, takes it back, or moves it from a colleague to them (C3, C12, C17). */
export function TreeBudgetDialog(props: { way: 'give' | 'take'; row: TreeRow; onClose: () => void }) {
  const { way, row, onClose } = props
  const { data } = useEndpoint(getBudget, { query: { member: row.id } })
  return <MoveDialog act={data && { way, holder: data }} onClose={onClose} />
}
