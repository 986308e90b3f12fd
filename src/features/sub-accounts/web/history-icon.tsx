import {
  IconArrowsMove,
  IconBadge,
  IconEdit,
  IconHistory,
  IconLock,
  IconLockOpen,
  IconMail,
  IconMailCheck,
  IconMailForward,
  IconMailX,
  IconStar,
  IconUserMinus,
  IconUserPlus,
} from '@tabler/icons-react'

const icons: Record<string, typeof IconHistory> = {
  'member.invited': IconMail,
  'member.updated': IconEdit,
  'member.moved': IconArrowsMove,
  'member.role_changed': IconBadge,
  'member.disabled': IconLock,
  'member.enabled': IconLockOpen,
  'invitation.resent': IconMailForward,
  'invitation.revoked': IconMailX,
  'invitation.accepted': IconMailCheck,
  'client.assigned': IconUserPlus,
  'client.unassigned': IconUserMinus,
  'client.lead_changed': IconStar,
  'client.lead_removed': IconStar,
}

/** Picture of what was done. */
export function HistoryIcon({ action }: { action: string }) {
  const Icon = icons[action] ?? IconHistory
  return <Icon size={16} aria-hidden="true" />
}
