import { useT } from '../../../web/i18n/use-t.ts'
import { StatusBadge, type Tone } from '../../../web/kit/badges.tsx'
import type { MemberState } from '../contract.ts'

const tones: Record<MemberState, Tone> = { active: 'ok', invited: 'info', expired: 'warn', disabled: 'mute' }

/** Where a sub-account stands: word and dot. */
export function MemberStateBadge({ state }: { state: MemberState }) {
  const t = useT()
  return <StatusBadge tone={tones[state]}>{t(`sub_accounts.state.${state}`)}</StatusBadge>
}
