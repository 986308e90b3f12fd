import { Button, Switch } from '@mantine/core'
import type { Role } from '../../../contract/rights.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { T } from '../../../web/i18n/rich-text.tsx'
import { useT } from '../../../web/i18n/use-t.ts'
import { Notice } from '../../../web/kit/notice.tsx'

/** Names said at once; the count says the rest. */
const namesSaid = 5

type UnassignedChoiceProps = {
  role: Role
  seen: { count: number; names: string[] } | undefined
  value: boolean
  onChange: (seesUnassigned: boolean) => void
  /** Why it can't be turned on, if so. */
  reason?: string | undefined
  error?: React.ReactNode
}

/**
 * Whether somebody also sees the clients assigned to nobody (A21, A22), with their names. For a client's own
 * sub-account it warns, since one client would read another's record, and turns it off in one click.
 */
export function UnassignedChoice({ role, seen, value, onChange, reason, error }: UnassignedChoiceProps) {
  const t = useT()
  const format = useFormat()
  const count = seen?.count ?? 0
  const said = seen?.names.slice(0, namesSaid) ?? []
  const more = count - said.length
  const names = format.list([...said, ...(more > 0 ? [t('invitations.unassigned.more', { more })] : [])])
  return (
    <div className="unassigned-choice">
      <Switch
        checked={value}
        disabled={reason !== undefined && !value}
        onChange={(event) => onChange(event.currentTarget.checked)}
        error={error}
        label={t('invitations.unassigned')}
        description={
          reason ??
          (count === 0
            ? t('invitations.unassigned.none')
            : t('invitations.unassigned.names', { count, names }))
        }
      />
      {role === 'client' && value && count > 0 ? (
        <Notice
          inline
          live
          action={
            <Button size="sm" variant="default" onClick={() => onChange(false)}>
              {t('invitations.unassigned.off')}
            </Button>
          }
        >
          <T id="invitations.unassigned.warning" values={{ count }} />
        </Notice>
      ) : null}
    </div>
  )
}
