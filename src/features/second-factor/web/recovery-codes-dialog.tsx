import { Button, Modal } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useT } from '../../../web/i18n/use-t.ts'
import { SecretOnce } from '../../../web/kit/secret-once.tsx'
import { useRealm } from '../../../web/realm.ts'
import '../../../web/kit/dialogs.css'

/** The recovery codes, this once: copied, or saved as a file. Leaving is a button, so that it is meant. */
export function RecoveryCodesDialog({
  codes,
  onClose,
}: {
  codes: string[] | undefined
  onClose: () => void
}) {
  const t = useT()
  const realm = useRealm()
  const text = codes?.join('\n') ?? ''
  return (
    <Modal
      opened={codes !== undefined}
      onClose={onClose}
      title={t('second_factor.codes.title')}
      size={440}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
    >
      <div className="dialog-body">
        <p className="ink-2">{t('second_factor.codes.text')}</p>
        <SecretOnce label={t('second_factor.codes.label')} value={text} lines />
        <div className="dialog-buttons">
          <Button
            variant="default"
            component="a"
            href={`data:text/plain;charset=utf-8,${encodeURIComponent(`${realm.name}\n${location.host}\n\n${text}\n`)}`}
            download={t('second_factor.codes.file')}
            leftSection={<IconDownload size={16} />}
          >
            {t('second_factor.codes.download')}
          </Button>
          <Button onClick={onClose} data-autofocus>
            {t('second_factor.codes.kept')}
          </Button>
        </div>
      </div>
    </Modal>
  )
}
