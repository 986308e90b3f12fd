import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { T } from '../../../web/i18n/rich-text.tsx'
import { useT } from '../../../web/i18n/use-t.ts'
import { Notice } from '../../../web/kit/notice.tsx'
import { paths, type ClientTab } from '../../../web/paths.ts'
import { useEndpoint } from '../../../web/queries.ts'
import { explainClient } from '../../access/contract.ts'
import { unarchive } from './status-menu.tsx'
import type { Client } from './use-client.ts'

/** What must not be missed about a client: archived, assigned to nobody (A23), or only to people without access. */
export function ClientNotices({ client, tab }: { client: Client; tab: ClientTab }) {
  const t = useT()
  if (client.status === 'archived') {
    return (
      <Notice
        tone="info"
        action={
          client.can.archive ? (
            <Button variant="default" onClick={() => void unarchive(client)}>
              {t('client_record.act.restore')}
            </Button>
          ) : undefined
        }
      >
        {t('client_record.archived.notice')}
      </Notice>
    )
  }
  if (client.orphan) return <Notice>{t('client_record.orphan')}</Notice>
  return client.assignees.length === 0 && client.can.explain ? (
    <Unassigned client={client} linked={tab !== 'acces'} />
  ) : null
}

/** "Non assigné": to how many people that shows the client, and the first of them by name. */
function Unassigned({ client, linked }: { client: Client; linked: boolean }) {
  const t = useT()
  const format = useFormat()
  const { data } = useEndpoint(explainClient, { params: { id: client.id }, query: { limit: 4 } })
  const names = data?.data.filter((d) => d.member.state !== 'disabled').map((d) => d.member.name) ?? []
  const others = data ? data.seers - names.length : 0
  const people = format.list(
    others > 0 ? [...names, t('client_record.unassigned.others', { n: others })] : names,
  )
  return (
    <Notice
      action={
        linked ? (
          <Button variant="default" component={Link} to={paths.client(client.id, 'acces')}>
            {t('client_record.unassigned.who')}
          </Button>
        ) : undefined
      }
    >
      <T id="client_record.unassigned.notice" />{' '}
      {data ? t('client_record.unassigned.seen', { n: data.seers, clients: data.clientSeers, people }) : null}
    </Notice>
  )
}
