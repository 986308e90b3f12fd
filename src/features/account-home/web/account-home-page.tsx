import { useState } from 'react'
import { Button } from '@mantine/core'
import { IconUserBolt } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { AnswerOf } from '../../../contract/endpoint.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { Avatar } from '../../../web/kit/avatar.tsx'
import { Empty } from '../../../web/kit/empty.tsx'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { KeyFigure, KeyFigures } from '../../../web/kit/key-figure.tsx'
import { PageHead } from '../../../web/kit/page-head.tsx'
import { PageSkeleton } from '../../../web/kit/skeletons.tsx'
import { StartList } from '../../../web/kit/start-list.tsx'
import { RelativeDate } from '../../../web/kit/texts.tsx'
import { useLive } from '../../../web/live.ts'
import { useMe, useRight } from '../../../web/me.ts'
import { paths } from '../../../web/paths.ts'
import { refresh, useEndpoint } from '../../../web/queries.ts'
import { useRealm } from '../../../web/realm.ts'
import { getAccountHome } from '../contract.ts'
import '../../home/web/home.css'
import './account-home.css'

type Home = AnswerOf<typeof getAccountHome>

/** Where each step is done. */
const places = {
  password: paths.settings('mot-de-passe'),
  language: paths.settings('langue'),
  invite: `${paths.accountUsers}?nouveau=1`,
} as const

const closedKey = 'canopee.account.start'

/** The first page of a hosted account: first steps, who is in it, who of the agency came by, who to turn to. */
export function AccountHomePage() {
  const t = useT()
  const me = useMe()
  const { data, error, refetch } = useEndpoint(getAccountHome)
  useLive((event) => {
    if (event.kind === 'account_users' || event.kind === 'reconnected') void refresh(getAccountHome)
  })
  // Inside somebody's space the page speaks of the space, not to the visitor.
  const title = me?.acting
    ? me.acting.subject.name
    : t('home.hello', { name: me?.user.name.split(' ')[0] ?? '' })
  return (
    <>
      <PageHead title={title} />
      {data ? (
        <Content home={data} />
      ) : error ? (
        <ErrorState error={error} what={t('home.failed')} retry={() => void refetch()} />
      ) : (
        <PageSkeleton />
      )}
    </>
  )
}

function Content({ home }: { home: Home }) {
  const t = useT()
  const format = useFormat()
  const { users, contactLimit } = home
  return (
    <div className="scrolls home">
      {home.steps ? <Steps steps={home.steps} /> : null}
      <KeyFigures>
        <KeyFigure
          label={t('account_home.users')}
          value={format.number(users.active)}
          detail={
            users.limit === null
              ? t('account_home.invited', { n: users.invited })
              : t('account_home.usersOf', { limit: users.limit, n: users.invited })
          }
        />
        {contactLimit === null ? null : (
          <KeyFigure
            label={t('account_home.contacts')}
            value={format.number(contactLimit)}
            detail={t('account_home.contactsText')}
          />
        )}
      </KeyFigures>
      <div className="home-columns" data-single={home.visits === null || undefined}>
        {home.visits ? <Visits visits={home.visits} /> : null}
        <Help />
      </div>
    </div>
  )
}

function Steps({ steps }: { steps: NonNullable<Home['steps']> }) {
  const t = useT()
  const [closed, setClosed] = useState(() => localStorage.getItem(closedKey) !== null)
  if (closed) return null
  return (
    <StartList
      title={t('account_home.start.title')}
      steps={steps.map(({ step, done }) => ({
        id: step,
        title: t(`account_home.start.${step}`),
        detail: t(`account_home.start.${step}Text`),
        action: t(`account_home.start.${step}`),
        to: places[step],
        done,
      }))}
      onDismiss={() => {
        localStorage.setItem(closedKey, '1')
        setClosed(true)
      }}
    />
  )
}

function Visits({ visits }: { visits: NonNullable<Home['visits']> }) {
  const t = useT()
  const agency = useRealm().agency ?? ''
  const mayRead = useRight('account.visits')
  return (
    <section className="card home-list" aria-labelledby="account-visits">
      <header>
        <h2 id="account-visits">{t('account_home.visits', { agency })}</h2>
        {mayRead && visits.length > 0 ? (
          <Link to={paths.settings('interventions')} className="text-link">
            {t('account_home.visits.all')}
          </Link>
        ) : null}
      </header>
      {visits.length === 0 ? (
        <Empty
          icon={<IconUserBolt size={28} stroke={1.5} />}
          title={t('account_home.visits.none')}
          heading="h3"
        >
          {t('account_home.visits.noneText', { agency })}
        </Empty>
      ) : (
        <ul>
          {visits.map((v) => (
            <li key={v.startedAt} className="home-line">
              <Avatar person={{ id: v.actor, name: v.actor }} />
              <span className="home-line-text">
                <b>{v.actor}</b>
                <small>
                  {t('account_home.visits.acts', { n: v.acts })}
                  {v.reason ? ` · ${v.reason}` : ''}
                </small>
              </span>
              <span className="meta">
                <RelativeDate value={v.startedAt} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** Who to turn to: the agency, first of all (B44). */
function Help() {
  const t = useT()
  const { agency, supportEmail } = useRealm()
  return (
    <section className="card account-help" aria-labelledby="account-help">
      <h2 id="account-help">{t('account_home.help')}</h2>
      <p className="ink-2">{t('account_home.helpText', { agency: agency ?? '' })}</p>
      {supportEmail ? (
        <Button variant="default" component="a" href={`mailto:${supportEmail}`}>
          {t('account_home.helpWrite', { agency: agency ?? '' })}
        </Button>
      ) : null}
    </section>
  )
}
