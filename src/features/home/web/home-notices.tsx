import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { T } from '../../../web/i18n/rich-text.tsx'
import { useT } from '../../../web/i18n/use-t.ts'
import { Notice } from '../../../web/kit/notice.tsx'
import { paths } from '../../../web/paths.ts'
import { useRight } from '../../../web/me.ts'
import { countCap } from '../contract.ts'
import type { Home } from './home-page.tsx'

/** What asks for somebody: clients assigned to nobody and who sees them (A21 to A23), clients left orphan. */
export function HomeNotices({ home }: { home: Home }) {
  const t = useT()
  const mayAssign = useRight('clients.assign')
  if (!home.clients || !mayAssign) return null
  const { unassigned, orphan } = home.clients
  const seen = home.unassignedSeenBy
  return (
    <>
      {unassigned > 0 ? (
        <Notice inline action={<ToClients filter="unassigned" label={t('home.unassignedAct')} />}>
          <T
            id={unassigned >= countCap ? 'home.unassignedMany' : 'home.unassigned'}
            values={{ n: unassigned }}
          />{' '}
          {seen ? t('home.unassignedSeen', { members: seen.members, clients: seen.clientMembers }) : null}
        </Notice>
      ) : null}
      {orphan > 0 ? (
        <Notice inline action={<ToClients filter="orphan" label={t('home.orphanAct')} />}>
          <T id="home.orphan" values={{ n: orphan }} />
        </Notice>
      ) : null}
    </>
  )
}

function ToClients(props: { filter: 'unassigned' | 'orphan'; label: string }) {
  return (
    <Button
      size="sm"
      variant="default"
      renderRoot={(root) => (
        <Link to={paths.clients} search={{ [props.filter]: 'true' } as never} {...root} />
      )}
    >
      {props.label}
    </Button>
  )
}
