import type { TextKey } from '../../contract/text-keys.gen.ts'
import { useT } from '../i18n/use-t.ts'
import { useMe } from '../me.ts'
import type { Me } from '../me.ts'
import { useRealm } from '../realm.ts'

const modes: Record<NonNullable<Me['agency']>['mode'], TextKey> = {
  simple: 'shell.mode.simple',
  intermediate: 'shell.mode.intermediate',
  full: 'shell.mode.full',
}

/** The line under a space's name: "Agence · mode complet", "Annonceur", "Exploitant". */
export function useAgencyLine(): string {
  const t = useT()
  const agency = useMe()?.agency
  const { kind } = useRealm()
  if (kind === 'operator') return t('shell.kind.operator')
  if (kind === 'hosted_account') return t('shell.kind.account')
  if (!agency) return ''
  if (agency.kind === 'advertiser') return t('shell.kind.advertiser')
  return `${t('shell.kind.agency')} · ${t(modes[agency.mode])}`
}
