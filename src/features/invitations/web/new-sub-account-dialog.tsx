import { useState } from 'react'
import { Modal } from '@mantine/core'
import { useT } from '../../../web/i18n/use-t.ts'
import { Skeletons } from '../../../web/kit/skeletons.tsx'
import { useEndpoint } from '../../../web/queries.ts'
import { getMemberOptions } from '../../sub-accounts/contract.ts'
import { NewSubAccountForm } from './new-sub-account-form.tsx'

/** "Nouveau sous-compte" (A13), over whatever page opened it; what was typed is kept until it is sent. */
export function NewSubAccountDialog({
  opened,
  onClose,
  parentId,
}: {
  opened: boolean
  onClose: () => void
  parentId?: string
}) {
  const t = useT()
  const { data: options } = useEndpoint(getMemberOptions, undefined, { enabled: opened })
  const [busy, setBusy] = useState(false)
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('sub_accounts.new')}
      size={560}
      closeOnClickOutside={!busy}
    >
      {opened && options ? (
        <NewSubAccountForm
          options={options}
          onClose={onClose}
          onBusy={setBusy}
          {...(parentId && { parentId })}
        />
      ) : (
        <Skeletons lines={6} height={44} />
      )}
    </Modal>
  )
}
