import { roles, type Role } from '../../../contract/rights.ts'
import { useT } from '../../../web/i18n/use-t.ts'

const fields = ['name', 'jobTitle', 'phone', 'seesUnassigned', 'role', 'parent'] as const
type Field = (typeof fields)[number]

/** What a change of a sub-account changed: each field with its value before and after. */
export function HistoryChanges({ data }: { data: Record<string, unknown> }) {
  const t = useT()
  const changes = (data['changes'] ?? {}) as Partial<Record<Field, [unknown, unknown]>>
  const names: Record<Field, string> = {
    name: t('invitations.name'),
    jobTitle: t('sub_accounts.jobTitle'),
    phone: t('sub_accounts.phone'),
    seesUnassigned: t('sub_accounts.unassigned'),
    role: t('sub_accounts.role'),
    parent: t('sub_accounts.parent'),
  }
  const words = (field: Field, value: unknown): string => {
    if (field === 'seesUnassigned')
      return t(value === true ? 'sub_accounts.unassigned.seen' : 'sub_accounts.unassigned.hidden')
    if (field === 'role' && (roles as readonly unknown[]).includes(value)) return t(`role.${value as Role}`)
    if (field === 'parent' && value === null) return t('sub_accounts.root.short')
    return value === null || value === undefined || value === '' ? '—' : String(value as string)
  }
  const changed = fields.filter((field) => changes[field])
  if (changed.length === 0) return null
  return (
    <span className="history-changes">
      {changed.map((field) => (
        <span key={field}>
          {names[field]} <del>{words(field, changes[field]?.[0])}</del> <span aria-hidden="true">→</span>{' '}
          <ins>{words(field, changes[field]?.[1])}</ins>
        </span>
      ))}
    </span>
  )
}
