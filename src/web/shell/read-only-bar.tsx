import { IconLock } from '@tabler/icons-react'
import { useT } from '../i18n/use-t.ts'
import { useRealm } from '../realm.ts'

/** Says that a hosted account can only be read for now, and whom to turn to; never why (B47). */
export function ReadOnlyBar() {
  const t = useT()
  const { door, agency } = useRealm()
  if (door !== 'readOnly') return null
  return (
    <div className="notice-bar" role="status">
      <IconLock size={16} aria-hidden="true" />
      <span>{t('shell.readOnly', { agency: agency ?? '' })}</span>
    </div>
  )
}
