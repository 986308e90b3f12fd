import { Button } from '@mantine/core'
import type { Role } from '../../../contract/rights.ts'
import { call } from '../../../web/call.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { AsyncCombobox, type Choice } from '../../../web/kit/async-combobox.tsx'
import { Avatar } from '../../../web/kit/avatar.tsx'
import { useMe } from '../../../web/me.ts'
import { listMemberChoices } from '../../sub-accounts/contract.ts'

/** Where a sub-account may stand: under whom, or at the agency's root. */
export type Place = { id: string; name: string } | null

type PlaceFieldProps = {
  /** Roles of those it may stand under. */
  parentRoles: readonly Role[]
  /** The root is not offered. */
  required: boolean
  value: Place
  onChange: (place: Place) => void
  error?: React.ReactNode
  /** Leaves out this member and its team. */
  outside?: string
}

/** "Placé sous": searches those who may have such a sub-account below them. */
export function PlaceField({ parentRoles, required, value, onChange, error, outside }: PlaceFieldProps) {
  const t = useT()
  const agency = useMe()?.agency?.name ?? ''
  const search = async (q: string, signal: AbortSignal): Promise<Choice[]> => {
    const { data } = await call(
      listMemberChoices,
      { query: { q, role: [...parentRoles], ...(outside && { outside }) } },
      { signal },
    )
    return data.map((m) => ({
      id: m.id,
      label: m.name,
      detail: t(`role.${m.role}`),
      icon: <Avatar person={m} size={20} />,
    }))
  }
  return (
    <div className="place-field">
      <AsyncCombobox
        label={required ? t('invitations.parent') : `${t('invitations.parent')} (${t('kit.optional')})`}
        description={required ? t('invitations.parentHelp') : t('invitations.parentRootHelp', { agency })}
        error={error}
        value={value && { id: value.id, label: value.name }}
        onChange={(choice) => onChange(choice && { id: choice.id, name: choice.label })}
        search={search}
      />
      {value && !required ? (
        <Button size="sm" variant="subtle" onClick={() => onChange(null)}>
          {t('invitations.parentNone')}
        </Button>
      ) : null}
    </div>
  )
}
