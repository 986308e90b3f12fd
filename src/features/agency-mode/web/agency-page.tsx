import { IconChartBar } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { useT } from '../../../web/i18n/use-t.ts'
import { ViewTabs } from '../../../web/kit/view-tabs.tsx'
import { useMe } from '../../../web/me.ts'
import { paths } from '../../../web/paths.ts'
import { usePathParam } from '../../../web/router.tsx'
import { useSearchState } from '../../../web/search-state.ts'
import { NotFoundPage } from '../../../web/shell/not-found-page.tsx'
import { ClientsPage } from '../../clients/web/clients-page.tsx'
import { TreeTab } from './tree-tab.tsx'
import './agency.css'

/** "Agence": the people of the agency or of one's branch, and their clients, in two tabs (C10, C16). */
export function AgencyPage() {
  const t = useT()
  const me = useMe()
  const tab = usePathParam('tab')
  const navigate = useNavigate()
  const [search] = useSearchState()
  const withClients = me?.agency?.kind === 'agency'
  if (tab !== '' && !(tab === 'clients' && withClients)) return <NotFoundPage />
  return (
    <>
      <div className="agency-tabs">
        <ViewTabs
          label={t('agency_mode.tabs')}
          current={tab || 'agence'}
          end={
            <Link
              to={paths.following}
              // What the clients are filtered by goes along.
              search={(tab === 'clients' && search['manager'] ? { manager: search['manager'] } : {}) as never}
              className="text-link agency-follow"
            >
              <IconChartBar size={15} aria-hidden="true" />
              {t('agency_mode.followAll')}
            </Link>
          }
          onChange={(id) => void navigate({ to: paths.agency(id === 'clients' ? 'clients' : undefined) })}
          tabs={[
            { id: 'agence', label: t('agency_mode.title') },
            ...(withClients ? [{ id: 'clients', label: t('clients.title') }] : []),
          ]}
        />
      </div>
      {tab === 'clients' ? <ClientsPage /> : <TreeTab />}
    </>
  )
}
