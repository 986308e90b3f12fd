import { Modal } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { T } from '../../../web/i18n/rich-text.tsx'
import { useT } from '../../../web/i18n/use-t.ts'
import { notify } from '../../../web/kit/notices.tsx'
import { refreshNavCount } from '../../../web/navigation.ts'
import { paths } from '../../../web/paths.ts'
import { NewClientForm } from './new-client-form.tsx'
import { showClient, type Client } from './use-client.ts'

type NewClientDialogProps = {
  opened: boolean
  onClose: () => void
  /** Name typed elsewhere: it comes before the one of an older draft. */
  name?: string
  /** What happens with the new client; without it, its page opens. */
  onCreated?: (client: Client) => void
}

/** "Nouveau client", from anywhere: the list, N, the palette, or a field that looks for a client (A2, A3). */
export function NewClientDialog({ opened, onClose, name, onCreated }: NewClientDialogProps) {
  const t = useT()
  const navigate = useNavigate()
  const created = (client: Client) => {
    showClient(client)
    refreshNavCount(paths.clients)
    onClose()
    notify(<T id="client_record.new.done" values={{ name: client.name }} />)
    if (onCreated) onCreated(client)
    else void navigate({ to: paths.client(client.id) })
  }
  return (
    <Modal opened={opened} onClose={onClose} title={t('client_record.new.title')} size={520}>
      {opened ? (
        <NewClientForm {...(name !== undefined && { name })} onCreated={created} onCancel={onClose} />
      ) : null}
    </Modal>
  )
}
