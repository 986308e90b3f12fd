import { Button } from '@mantine/core'
import { IconDeviceDesktop, IconDeviceMobile } from '@tabler/icons-react'
import type { AnswerOf } from '../../../contract/endpoint.ts'
import { call } from '../../../web/call.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { StatusBadge } from '../../../web/kit/badges.tsx'
import { notify, notifyError } from '../../../web/kit/notices.tsx'
import { RelativeDate } from '../../../web/kit/texts.tsx'
import { refresh, useEndpoint } from '../../../web/queries.ts'
import { listSessions, revokeOtherSessions, revokeSession } from '../contract.ts'
import { ProfileSection, WhenRead } from './profile-section.tsx'

type Session = AnswerOf<typeof listSessions>['data'][number]

/** Where one is signed in, and ending what one does not know. */
export function SessionsSection() {
  const t = useT()
  const read = useEndpoint(listSessions)
  const others = read.data?.data.filter((s) => !s.current).length ?? 0
  const endOthers = async () => {
    try {
      const { ended } = await call(revokeOtherSessions)
      notify(t('profile.sessions.ended', { n: ended }))
    } catch (error) {
      notifyError(error)
    }
    await refresh(listSessions)
  }
  return (
    <ProfileSection
      title={t('profile.sessions')}
      lead={t('profile.sessions.lead')}
      actions={
        others > 0 ? (
          <Button variant="default" onClick={() => void endOthers()}>
            {t('profile.sessions.endOthers', { n: others })}
          </Button>
        ) : null
      }
    >
      <WhenRead read={read} lines={3}>
        {({ data }) => (
          <ul className="profile-list">
            {data.map((session) => (
              <SessionLine key={session.id} session={session} />
            ))}
          </ul>
        )}
      </WhenRead>
    </ProfileSection>
  )
}

function SessionLine({ session }: { session: Session }) {
  const t = useT()
  const Icon = session.mobile ? IconDeviceMobile : IconDeviceDesktop
  const { browser, system } = session
  const device =
    browser && system
      ? t('profile.sessions.device', { browser, system })
      : (browser ?? system ?? t('profile.sessions.unknown'))
  const end = async () => {
    try {
      await call(revokeSession, { params: { id: session.id } })
      notify(t('profile.sessions.ended', { n: 1 }))
    } catch (error) {
      notifyError(error)
    }
    await refresh(listSessions)
  }
  return (
    <li>
      <Icon size={20} stroke={1.6} aria-hidden="true" />
      <span className="profile-list-text">
        <span>
          {device}
          {session.current ? <StatusBadge tone="ok">{t('profile.sessions.current')}</StatusBadge> : null}
        </span>
        <span className="meta">
          {t('profile.sessions.seen')} <RelativeDate value={session.lastSeenAt} />
          {session.ip ? <span className="figures"> · {session.ip}</span> : null} ·{' '}
          {t(`profile.sessions.by.${session.method}`)}
        </span>
      </span>
      {session.current ? null : (
        <Button
          variant="default"
          size="sm"
          aria-label={t('profile.sessions.endOne', { device })}
          onClick={() => void end()}
        >
          {t('profile.sessions.end')}
        </Button>
      )}
    </li>
  )
}
