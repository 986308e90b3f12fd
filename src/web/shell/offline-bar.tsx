import { useNetwork } from '@mantine/hooks'
import { IconCloudOff } from '@tabler/icons-react'
import { useT } from '../i18n/use-t.ts'

/** Says that the device is offline; what was typed stays where it is. */
export function OfflineBar() {
  const t = useT()
  const { online } = useNetwork()
  return (
    <div role="status">
      {online ? null : (
        <div className="notice-bar" data-tone="warn">
          <IconCloudOff size={16} aria-hidden="true" />
          <span>{t('shell.offline')}</span>
        </div>
      )}
    </div>
  )
}
