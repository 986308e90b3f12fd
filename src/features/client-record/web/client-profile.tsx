import { useT } from '../../../web/i18n/use-t.ts'
import { RecordLayout, SectionHead } from '../../../web/kit/record-layout.tsx'
import { DateText } from '../../../web/kit/texts.tsx'
import { AssigneesSection } from './assignees-section.tsx'
import { ClientDetails } from './client-details.tsx'
import { HomeField } from './home-field.tsx'
import type { Client } from './use-client.ts'
import './client-record.css'

/** Tab "Profil": every field in place, and who has the client (A17). */
export function ClientProfile({ client }: { client: Client }) {
  const t = useT()
  return (
    <RecordLayout
      main={{
        label: t('client_record.tab.profil'),
        content: (
          <div className="client-profile">
            <SectionHead title={t('client_record.details')} />
            <ClientDetails client={client} />
            <p className="meta client-born">
              {t('client_record.createdAt')} <DateText value={client.createdAt} />
            </p>
          </div>
        ),
      }}
      end={{
        label: t('client_record.people'),
        content: (
          <>
            <AssigneesSection client={client} />
            <HomeField client={client} />
          </>
        ),
      }}
    />
  )
}
