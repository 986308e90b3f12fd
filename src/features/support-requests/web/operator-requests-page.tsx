import { useEffect, useState } from 'react'
import { Button, Textarea } from '@mantine/core'
import { IconMessageCircleQuestion } from '@tabler/icons-react'
import type { AnswerOf } from '../../../contract/endpoint.ts'
import { call } from '../../../web/call.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { ConfirmDialog } from '../../../web/kit/confirm-dialog.tsx'
import { Empty } from '../../../web/kit/empty.tsx'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { Breadcrumb, PageHead } from '../../../web/kit/page-head.tsx'
import { ViewTabs } from '../../../web/kit/view-tabs.tsx'
import { refreshNavCount } from '../../../web/navigation.ts'
import { paths } from '../../../web/paths.ts'
import { refresh, useEndpoint } from '../../../web/queries.ts'
import { usePathParam } from '../../../web/router.tsx'
import { useSearchState } from '../../../web/search-state.ts'
import { useList } from '../../../web/use-list.ts'
import {
  answerSupportRequest,
  decideSupportRequest,
  getOperatorRequest,
  listOperatorRequests,
  readOperatorRequest,
} from '../contract.ts'
import { RequestList } from './request-list.tsx'
import { TalkPanel } from './talk.tsx'
import './support.css'

type Asked = AnswerOf<typeof getOperatorRequest>
/** A sandbox's agencies ask at any time, and the operator's stream is its own tenant's: read again now and then. */
const pollMs = 20_000

/** What agencies ask of the operator: answer, grant, refuse. */
export function OperatorRequestsPage() {
  const t = useT()
  const id = usePathParam('id')
  const [search, setSearch] = useSearchState()
  const all = search['etat'] === 'toutes'
  const list = useList(listOperatorRequests, { query: all ? {} : { state: 'open' } })
  useEffect(() => {
    const timer = setInterval(() => void refresh(listOperatorRequests, getOperatorRequest), pollMs)
    return () => clearInterval(timer)
  }, [])
  return (
    <>
      {id ? (
        <div className="support-back">
          <Breadcrumb crumbs={[{ label: t('support_requests.title'), to: paths.operatorRequests }]} />
        </div>
      ) : null}
      <PageHead title={t('support_requests.title')} subtitle={t('support_requests.operatorLead')} />
      <ViewTabs
        label={t('support_requests.filter')}
        tabs={[
          { id: 'open', label: t('support_requests.state.open') },
          { id: 'all', label: t('support_requests.filter.all') },
        ]}
        current={all ? 'all' : 'open'}
        onChange={(value) => setSearch({ etat: value === 'all' ? 'toutes' : undefined })}
      />
      {list.error ? (
        <ErrorState
          error={list.error}
          what={t('support_requests.unreadable')}
          retry={() => void list.refetch()}
        />
      ) : list.rows.length === 0 && !list.isPending && !id ? (
        <Empty
          icon={<IconMessageCircleQuestion size={28} stroke={1.5} />}
          title={t(all ? 'support_requests.empty' : 'support_requests.emptyOpen')}
        >
          {t('support_requests.emptyOperator')}
        </Empty>
      ) : (
        <div className="support" data-chosen={id !== '' || undefined}>
          <RequestList requests={list.rows} current={id} pathOf={paths.operatorRequest} />
          {id ? (
            <Request key={id} id={id} />
          ) : (
            <p className="support-talk support-messages meta">{t('support_requests.choose')}</p>
          )}
        </div>
      )}
    </>
  )
}

function Request({ id }: { id: string }) {
  const t = useT()
  const format = useFormat()
  const params = { id }
  const { data: talk, error, refetch } = useEndpoint(getOperatorRequest, { params })
  const [deciding, setDeciding] = useState<'granted' | 'refused'>()
  const unread = talk?.unread ?? 0
  useEffect(() => {
    if (unread > 0)
      void call(readOperatorRequest, { params: { id } })
        .then(() => {
          refreshNavCount(paths.operatorRequests)
          return refresh(listOperatorRequests)
        })
        .catch(() => {})
  }, [id, unread])
  if (error)
    return <ErrorState error={error} what={t('support_requests.unreadable')} retry={() => void refetch()} />
  if (!talk) return <div className="support-talk" />
  return (
    <>
      <TalkPanel
        talk={talk}
        side="operator"
        meta={`${talk.agency.name} · ${t(`support_requests.kind.${talk.kind}`)} · ${t('support_requests.from', { name: talk.openedBy, date: format.exact(talk.openedAt) })}`}
        actions={
          talk.state === 'open' ? (
            <>
              <Button variant="default" onClick={() => setDeciding('refused')}>
                {t('support_requests.refuse')}
              </Button>
              <Button onClick={() => setDeciding('granted')}>{t('support_requests.grant')}</Button>
            </>
          ) : null
        }
        onReply={async (body) => {
          await call(answerSupportRequest, { params, body: { body } })
          await refresh(listOperatorRequests, getOperatorRequest)
        }}
      />
      <Decision talk={talk} decision={deciding} onClose={() => setDeciding(undefined)} />
    </>
  )
}

/** Grants or refuses, with a word; both are told by mail, so that both are asked about first. */
function Decision(props: { talk: Asked; decision: 'granted' | 'refused' | undefined; onClose: () => void }) {
  const { talk, decision } = props
  const t = useT()
  const [word, setWord] = useState('')
  const name = talk.agency.name
  return (
    <ConfirmDialog
      opened={decision !== undefined}
      onClose={props.onClose}
      title={
        decision === 'refused'
          ? t('support_requests.refuseTitle', { name })
          : t('support_requests.grantTitle', { name })
      }
      confirmLabel={decision === 'refused' ? t('support_requests.refuse') : t('support_requests.grant')}
      danger={decision === 'refused'}
      onConfirm={async () => {
        await call(decideSupportRequest, {
          params: { id: talk.id },
          body: { decision: decision ?? 'refused', ...(word.trim() && { body: word.trim() }) },
        })
        setWord('')
        refreshNavCount(paths.operatorRequests)
        await refresh(listOperatorRequests, getOperatorRequest)
      }}
    >
      <p>
        {decision === 'granted' && (talk.kind === 'hierarchy' || talk.kind === 'trial_extension')
          ? t(`support_requests.grantWhat.${talk.kind}`)
          : t('support_requests.grantWhat.other')}
      </p>
      <Textarea
        mt="sm"
        label={t('support_requests.word')}
        autosize
        minRows={3}
        maxLength={5000}
        value={word}
        onChange={(event) => setWord(event.currentTarget.value)}
      />
    </ConfirmDialog>
  )
}
