import { useEndpoint, refresh } from '../../../web/queries.ts'
import { getMember } from '../../sub-accounts/contract.ts'
import { RoleDialog } from '../../sub-accounts/web/role-dialog.tsx'
import { listTree } from '../contract.ts'
import type { TreeRow } from './tree-state.ts'

/** Another role or place, by the same dialog as on the person's page (C11). */
export function TreeRoleDialog(props: { opened: boolean; row: TreeRow | undefined; onClose: () => void }) {
  const { data: member } = useEndpoint(
    getMember,
    { params: { id: props.row?.id ?? '' } },
    { enabled: props.opened && props.row !== undefined, staleTime: 0 },
  )
  if (!props.opened || !member || member.id !== props.row?.id) return null
  return (
    <RoleDialog
      member={member}
      onClose={() => {
        props.onClose()
        void refresh(listTree)
      }}
    />
  )
}
