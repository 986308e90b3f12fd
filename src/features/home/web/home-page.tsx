import type { AnswerOf } from '../../../contract/endpoint.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { useMe } from '../../../web/me.ts'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { PageHead } from '../../../web/kit/page-head.tsx'
import { PageSkeleton } from '../../../web/kit/skeletons.tsx'
import { useEndpoint } from '../../../web/queries.ts'
import { useRealm } from '../../../web/realm.ts'
import { OrderNotices } from '../../orders/web/order-notices.tsx'
import { getSampleAgency } from '../../sample-data/contract.ts'
import { SampleNotice } from '../../sample-data/web/sample-notice.tsx'
import type { SampleAgency } from '../../sample-data/web/sample-people.tsx'
import { ClientDashboard } from '../../client-dashboard/web/client-dashboard.tsx'
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
  const { sandbox } = useRealm()
  const { data, error, refetch } = useEndpoint(getHome)
  // Read beforehand, so that the notice does not push the page down once it is known.
  const sample = useEndpoint(getSampleAgency, undefined, { enabled: sandbox, staleTime: Infinity })
  const ready = data && !(sandbox && sample.isPending)
  // Inside somebody's space the page speaks to that person.
  const name = me?.acting?.subject.name ?? me?.user.name ?? ''
  return (
    <>
      <PageHead title={t('home.hello', { name: name.split(' ')[0] ?? name })} />
      {ready ? (
        <Content home={data} sample={sample.data?.agency ?? null} />
      ) : error ? (
        <ErrorState error={error} what={t('home.failed')} retry={() => void refetch()} />
      ) : (
        <PageSkeleton />
      )}
    </>
  )
}

function Content({ home, sample }: { home: Home; sample: SampleAgency | null }) {
  const t = useT()
  const client = useMe()?.member?.role === 'client'
  return (
    <div className="scrolls home">
      {sample ? <SampleNotice agency={sample} /> : null}
      <HomeNotices home={home} />
      <OrderNotices />
      {home.startList ? <FirstSteps steps={home.startList} /> : null}
      {client ? <ClientDashboard /> : <HomeFigures home={home} />}
      <div className="home-columns" data-single={client || !home.clients || undefined}>
        {home.clients ? (
          <OwnClients
            title={t(client ? 'home.mine.folders' : 'home.mine.title')}
            clients={home.mine}
            more={home.clients.mine > home.mine.length}
          />
        ) : null}
        {client ? null : <RecentActivity events={home.activity} />}
      </div>
    </div>
  )
}
