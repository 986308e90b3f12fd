import { ActionIcon, CopyButton, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useT } from '../i18n/use-t.ts'
import './secret-once.css'

/**
 * Something shown a single time: password to share, key, recovery codes. Copies in one click. `reusable` for what
 * goes with it and can be found again (address, user name).
 */
export function SecretOnce(props: { label: string; value: string; lines?: boolean; reusable?: boolean }) {
  const t = useT()
  return (
    <div className="secret">
      <span className="secret-label">{props.label}</span>
      <div className="secret-box">
        <code data-lines={props.lines || undefined}>{props.value}</code>
        <CopyButton value={props.value} timeout={2000}>
          {({ copied, copy }) => (
            <Tooltip label={copied ? t('kit.copied') : t('kit.copy')}>
              <ActionIcon
                aria-label={copied ? t('kit.copied') : t('kit.copyThing', { label: props.label })}
                color={copied ? 'brand' : 'gray'}
                onClick={copy}
              >
                {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
              </ActionIcon>
            </Tooltip>
          )}
        </CopyButton>
      </div>
      {props.reusable ? null : <span className="meta">{t('kit.secret.once')}</span>}
    </div>
  )
}
