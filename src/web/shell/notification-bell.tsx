import { Suspense, useState } from 'react'
import { ActionIcon, Popover } from '@mantine/core'
import { IconBell } from '@tabler/icons-react'
import { useT } from '../i18n/use-t.ts'
import { Skeletons } from '../kit/skeletons.tsx'
import { useMe } from '../me.ts'
import { slots } from '../slots.ts'
import { lazySlot } from './lazy-slot.ts'

const Notifications = lazySlot(slots.notifications)

/** The bell: how many are unread, and the panel that a feature fills. */
export function NotificationBell(props: { phone?: boolean }) {
  const t = useT()
  const [open, setOpen] = useState(false)
  const unread = useMe()?.unreadNotifications ?? 0
  if (!Notifications) return null
  return (
    <Popover
      opened={open}
      onChange={setOpen}
      width={360}
      position={props.phone ? 'bottom-end' : 'right-end'}
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <ActionIcon
          size={32}
          className="bell"
          data-unread={unread > 0 || undefined}
          aria-label={t('shell.bell', { n: unread })}
          onClick={() => setOpen(!open)}
        >
          <IconBell size={props.phone ? 20 : 17} stroke={1.7} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown p={0} aria-label={t('shell.notifications')}>
        <Suspense fallback={<Skeletons lines={3} />}>
          <Notifications close={() => setOpen(false)} />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  )
}
