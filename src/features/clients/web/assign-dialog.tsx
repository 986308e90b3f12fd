import { lazyDialog } from '../../../web/kit/lazy-dialog.tsx'
import type { AssignModalProps } from './assign-modal.tsx'

const AssignModal = lazyDialog(() => import('./assign-modal.tsx').then((m) => m.AssignModal))

/** The people picker of one client, from its badge, its row's button or the letter A. */
export function AssignDialog(props: Omit<AssignModalProps, 'opened'>) {
  return <AssignModal opened={props.client !== undefined} {...props} />
}
