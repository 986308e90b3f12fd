import { Modal } from '@mantine/core'
import { useT } from '../../../web/i18n/use-t.ts'
import type { PeopleChange } from '../../../web/kit/people-picker.tsx'
import type { ClientRow } from '../contract.ts'
import { AssignPicker } from './assign-picker.tsx'

/** What the dialog of one client's people is given. */
export type AssignModalProps = {
  opened: boolean
  client: ClientRow | undefined
  onAssign: (client: ClientRow, change: PeopleChange) => Promise<void>
  onClose: () => void
}

/** The people picker of one client in a dialog. */
export function AssignModal({ opened, client, onAssign, onClose }: AssignModalProps) {
  const t = useT()
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={client ? t('clients.assign.title', { name: client.name }) : ''}
      size={340}
      styles={{ body: { padding: 0 } }}
    >
      {client ? (
        <AssignPicker
          targets={{ ids: [client.id] }}
          count={1}
          onAssign={(change) => onAssign(client, change)}
          onClose={onClose}
        />
      ) : null}
    </Modal>
  )
}
