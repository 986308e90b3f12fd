import type { AnswerOf } from '../../../contract/endpoint.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { useMe } from '../../../web/me.ts'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { PageHead } from '../../../web/kit/page-head.tsx'
import { PageSkeleton } from '../../../web/kit/skeletons.tsx'
import { useEndpoint } from '../../../web/queries.ts'
import { SampleNotice } from '../../sample-data/web/sample-notice.tsx'
import { getHome } from '../contract.ts'
import { HomeFigures } from './home-figures.tsx'
import { HomeNotices } from './home-notices.tsx'
import { OwnClients } from './own-clients.tsx'
import { RecentActivity } from './recent-activity.tsx'
import { FirstSteps } from './first-steps.tsx'
import './home.css'

/** What the first page knows. */
export type Home = AnswerOf<typeof getHome>

/** The first page: to do, alerts, first steps, key figures, one's clients, what happened. */
export function HomePage() {
  const t = useT()
  const me = useMe()
  const { data, error, refetch } = useEndpoint(getHome)
  // Inside somebody's space the page speaks to that person.
  const name = me?.acting?.subject.name ?? me?.user.name ?? ''
  return (
    <>
      <PageHead title={t('home.hello', { name: name.split(' ')[0] ?? name })} />
      {data ? <Content home={data} /> : error ? <ErrorState error={error} what={t('home.failed')} retry={() => void refetch()} /> : <PageSkeleton />}
    </>
  )
}

function Content({ home }: { home: Home }) {
  const client = useMe()?.member?.role === 'client'
  return (
    <div className="scrolls home">
      <SampleNotice />
      <HomeNotices home={home} />
      {home.startList ? <FirstSteps steps={home.startList} /> : null}
      <HomeFigures home={home} />
      <div className="home-columns" data-single={client || !home.clients || undefined}>
        {home.clients ? <OwnClients clients={home.mine} more={home.clients.mine > home.mine.length} /> : null}
        {client ? null : <RecentActivity events={home.activity} />}
      </div>
    </div>
  )
}
