import { useT } from '../../../web/i18n/use-t.ts'
import { KeyFigure, KeyFigures } from '../../../web/kit/key-figure.tsx'
import { RecordLayout, SectionHead } from '../../../web/kit/record-layout.tsx'
import { DateText, MoneyText, RelativeDate } from '../../../web/kit/texts.tsx'
import { paths } from '../../../web/paths.ts'
import { ClientBalance } from '../../budgets/web/client-balance.tsx'
import { AssigneesSection } from './assignees-section.tsx'
import { ClientActivity } from './client-activity.tsx'
import { ClientCampaigns } from './client-campaigns.tsx'
import { ClientDetails } from './client-details.tsx'
import type { Client } from './use-client.ts'
import './client-record.css'

/** Tab "Tableau de bord": details, notes and activity, key figures and people (picture 05). */
export function ClientDashboard({ client }: { client: Client }) {
  const t = useT()
  const details = (
    <>
      <SectionHead title={t('client_record.details')} />
      <ClientDetails client={client} short />
    </>
  )
  const side = (
    <>
      <Figures client={client} />
      <AssigneesSection client={client} />
      <ClientCampaigns clientId={client.id} />
    </>
  )
  if (!client.can.seeInternals) {
    return (
      <RecordLayout
        main={{ label: t('client_record.details'), content: <div className="client-profile">{details}</div> }}
        end={{ label: t('client_record.people'), content: side }}
      />
    )
  }
  return (
    <RecordLayout
      start={{ label: t('client_record.details'), content: details }}
      main={{ label: t('client_record.activity'), content: <ClientActivity client={client} /> }}
      end={{ label: t('client_record.people'), content: side }}
    />
  )
}

function Figures({ client }: { client: Client }) {
  const t = useT()
  const profile = paths.client(client.id, 'profil')
  const none = <span className="ink-3">—</span>
  return (
    <div className="client-figures">
      <KeyFigures>
        <ClientBalance clientId={client.id} />
        <KeyFigure
          label={t('client_record.field.monthlyBudget')}
          value={client.monthlyBudget ? <MoneyText value={client.monthlyBudget} whole /> : none}
          to={profile}
        />
        <KeyFigure
          label={t('client_record.field.clientSince')}
          value={client.clientSince ? <DateText value={client.clientSince} /> : none}
          to={profile}
        />
        <KeyFigure label={t('client_record.figure.people')} value={client.assignees.length} to={profile} />
        <KeyFigure
          label={t('client_record.figure.activity')}
          value={<RelativeDate value={client.lastActivityAt} />}
        />
      </KeyFigures>
    </div>
  )
}
