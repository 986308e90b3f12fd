import { useT } from '../../../web/i18n/use-t.ts'
import { StatusBadge, type Tone } from '../../../web/kit/badges.tsx'
import type { ClientRow } from '../contract.ts'

const tones: Record<ClientRow['status'], Tone> = { active: 'ok', paused: 'warn', archived: 'mute' }

/** A client's status: word and dot. */
export function ClientStatus({ status }: { status: ClientRow['status'] }) {
  const t = useT()
  return <StatusBadge tone={tones[status]}>{t(`clients.status.${status}`)}</StatusBadge>
}
