import { useEffect } from 'react'
import { Button } from '@mantine/core'
import { IconMessageCircleQuestion, IconPlus } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { call } from '../../../web/call.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { Empty } from '../../../web/kit/empty.tsx'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { lazyDialog } from '../../../web/kit/lazy-dialog.tsx'
import { notify, notifyError } from '../../../web/kit/notices.tsx'
import { Breadcrumb, PageHead } from '../../../web/kit/page-head.tsx'
import { useLive } from '../../../web/live.ts'
import { refreshNavCount } from '../../../web/navigation.ts'
import { paths } from '../../../web/paths.ts'
import { refresh, useEndpoint } from '../../../web/queries.ts'
import { usePathParam } from '../../../web/router.tsx'
import { useSearchState } from '../../../web/search-state.ts'
import { useList } from '../../../web/use-list.ts'
import {
  closeSupportRequest,
  getSupportRequest,
  listSupportRequests,
  readSupportRequest,
  replyToSupport,
} from '../contract.ts'
import { RequestList } from './request-list.tsx'
import { TalkPanel } from './talk.tsx'
import './support.css'

const NewRequestDialog = lazyDialog(() => import('./new-request-dialog.tsx').then((m) => m.NewRequestDialog))

/** What the agency asked of the operator (B13, C4). */
export function RequestsPage() {
  const t = useT()
  const id = usePathParam('id')
  const navigate = useNavigate()
  const [search, setSearch] = useSearchState()
  const list = useList(listSupportRequests, { query: {} })
  useLive((event) => {
    if (event.kind === 'support_requests' || event.kind === 'reconnected')
      void refresh(listSupportRequests, getSupportRequest)
  })
  const create = (
    <Button leftSection={<IconPlus size={15} />} onClick={() => setSearch({ nouvelle: '1' }, { push: true })}>
      {t('support_requests.new')}
    </Button>
  )
  return (
    <>
      {id ? (
        <div className="support-back">
          <Breadcrumb crumbs={[{ label: t('support_requests.title'), to: paths.supportRequests }]} />
        </div>
      ) : null}
      <PageHead title={t('support_requests.title')} subtitle={t('support_requests.lead')} actions={create} />
      {list.error ? (
        <ErrorState
          error={list.error}
          what={t('support_requests.unreadable')}
          retry={() => void list.refetch()}
        />
      ) : list.rows.length === 0 && !list.isPending ? (
        <Empty
          icon={<IconMessageCircleQuestion size={28} stroke={1.5} />}
          title={t('support_requests.empty')}
          action={create}
        >
          {t('support_requests.emptyText')}
        </Empty>
      ) : (
        <div className="support" data-chosen={id !== '' || undefined}>
          <RequestList requests={list.rows} current={id} pathOf={paths.supportRequest} />
          {id ? (
            <Request key={id} id={id} />
          ) : (
            <p className="support-talk support-messages meta">{t('support_requests.choose')}</p>
          )}
        </div>
      )}
      <NewRequestDialog
        opened={search['nouvelle'] === '1'}
        onClose={() => setSearch({ nouvelle: undefined })}
        kind="help"
        onSent={(talk) => void navigate({ to: paths.supportRequest(talk.id) })}
      />
    </>
  )
}

function Request({ id }: { id: string }) {
  const t = useT()
  const format = useFormat()
  const params = { id }
  const { data: talk, error, refetch } = useEndpoint(getSupportRequest, { params })
  const unread = talk?.unread ?? 0
  useEffect(() => {
    if (unread > 0)
      void call(readSupportRequest, { params: { id } })
        .then(() => refreshNavCount(paths.supportRequests))
        .catch(() => {})
  }, [id, unread])
  if (error)
    return <ErrorState error={error} what={t('support_requests.unreadable')} retry={() => void refetch()} />
  if (!talk) return <div className="support-talk" />
  const close = async () => {
    try {
      await call(closeSupportRequest, { params })
      void refresh(listSupportRequests, getSupportRequest)
      notify(t('support_requests.closed'))
    } catch (problem) {
      notifyError(problem)
    }
  }
  return (
    <TalkPanel
      talk={talk}
      side="agency"
      meta={t('support_requests.from', { name: talk.openedBy, date: format.exact(talk.openedAt) })}
      actions={
        talk.state === 'open' ? (
          <Button variant="default" onClick={() => void close()}>
            {t('support_requests.close')}
          </Button>
        ) : null
      }
      onReply={async (body) => {
        await call(replyToSupport, { params, body: { body } })
        await refresh(listSupportRequests, getSupportRequest)
      }}
    />
  )
}
