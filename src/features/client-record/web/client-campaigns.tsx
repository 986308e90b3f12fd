import { Link } from '@tanstack/react-router'
import { useT } from '../../../web/i18n/use-t.ts'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { SectionHead } from '../../../web/kit/record-layout.tsx'
import { Skeletons } from '../../../web/kit/skeletons.tsx'
import { paths } from '../../../web/paths.ts'
import { useEndpoint } from '../../../web/queries.ts'
import { listCampaigns } from '../../campaigns/contract.ts'
import { CampaignPhase, useCampaignDays } from '../../campaigns/web/campaign-words.tsx'

/** Campaigns shown before "Voir les N campagnes". */
const shown = 4

/** A client's latest campaigns, all in one place (A4), with the way to the others. */
export function ClientCampaigns({ clientId }: { clientId: string }) {
  const t = useT()
  const days = useCampaignDays()
  const { data, error, refetch } = useEndpoint(listCampaigns, {
    query: { client: clientId, limit: shown, total: 'true' },
  })
  const total = data?.total ?? 0
  return (
    <section className="client-campaigns" aria-labelledby="client-campaigns">
      <SectionHead id="client-campaigns" title={t('client_record.campaigns')} count={total} />
      {error ? (
        <ErrorState
          error={error}
          what={t('client_record.campaigns.unreadable')}
          retry={() => void refetch()}
        />
      ) : null}
      {!data && !error ? <Skeletons lines={2} height={20} /> : null}
      {data?.data.length === 0 ? <p className="meta">{t('client_record.campaigns.none')}</p> : null}
      <ul className="client-campaign-list">
        {data?.data.map((campaign) => (
          <li key={campaign.id}>
            <span>
              <Link to={paths.campaign(campaign.id)}>{campaign.name}</Link>
              <small className="meta"> {days(campaign)}</small>
            </span>
            <CampaignPhase phase={campaign.phase} />
          </li>
        ))}
      </ul>
      {total > shown ? (
        <Link to={paths.client(clientId, 'projets')}>
          {t('client_record.campaigns.all', { count: total })}
        </Link>
      ) : null}
    </section>
  )
}
