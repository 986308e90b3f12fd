import { useRef, useState } from 'react'
import { Button, SegmentedControl } from '@mantine/core'
import type { AnswerOf } from '../../../contract/endpoint.ts'
import { call } from '../../../web/call.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { ConfirmDialog } from '../../../web/kit/confirm-dialog.tsx'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { lazyDialog } from '../../../web/kit/lazy-dialog.tsx'
import { notify, notifyError } from '../../../web/kit/notices.tsx'
import { PageHead } from '../../../web/kit/page-head.tsx'
import { PageSkeleton } from '../../../web/kit/skeletons.tsx'
import { ViewTabs } from '../../../web/kit/view-tabs.tsx'
import { ProblemError, isProblem } from '../../../web/problem-error.ts'
import { queryClient, refresh, endpointKey, useEndpoint } from '../../../web/queries.ts'
import { useSearchState } from '../../../web/search-state.ts'
import { discardPlanDraft, getPlanDraft, savePlanDraft, type CatalogueContent } from '../contract.ts'
import { ChangeList } from './change-list.tsx'
import { Editions } from './editions.tsx'
import { FeatureTable } from './feature-table.tsx'
import { LadderTable } from './ladder-table.tsx'
import { PriceTable } from './price-table.tsx'
import './plans.css'

/** The draft as the API answers it. */
export type PlanDraft = AnswerOf<typeof getPlanDraft>
/** Sets something in the draft; it is kept at once. `shown` shows it before it is: for a box that is ticked. */
export type EditPlans = (change: (content: CatalogueContent) => void, shown?: boolean) => void

const PublishDialog = lazyDialog(() => import('./publish-dialog.tsx').then((m) => m.PublishDialog))
const tabs = ['brouillon', 'editions'] as const

/** "Formules", for the operator: the next edition as a draft beside what it changes, and the editions published. */
export function PlansPage() {
  const t = useT()
  const [search, setSearch] = useSearchState()
  const tab = tabs.find((id) => id === search['onglet']) ?? 'brouillon'
  const { data, error, refetch } = useEndpoint(getPlanDraft)
  const [publishing, setPublishing] = useState(false)
  const [discarding, setDiscarding] = useState(false)
  const changed = (data?.changes.length ?? 0) > 0
  return (
    <>
      <PageHead
        title={t('plans.title')}
        subtitle={t('plans.lead')}
        actions={
          tab === 'brouillon' ? (
            <>
              <Button variant="default" disabled={!changed} onClick={() => setDiscarding(true)}>
                {t('plans.discard')}
              </Button>
              <Button disabled={!changed} onClick={() => setPublishing(true)}>
                {t('plans.publish')}
              </Button>
            </>
          ) : null
        }
      />
      <ViewTabs
        label={t('plans.title')}
        tabs={tabs.map((id) => ({ id, label: t(`plans.tab.${id}`) }))}
        current={tab}
        onChange={(id) => setSearch({ onglet: id === 'brouillon' ? undefined : id })}
      />
      {tab === 'editions' ? (
        <Editions />
      ) : data ? (
        <Draft draft={data} />
      ) : error ? (
        <ErrorState error={error} page={t('plans.title')} retry={() => void refetch()} />
      ) : (
        <PageSkeleton />
      )}
      {data ? (
        <PublishDialog
          opened={publishing}
          onClose={() => setPublishing(false)}
          draft={data}
          onPublished={() => setSearch({ onglet: 'editions' })}
        />
      ) : null}
      <ConfirmDialog
        opened={discarding}
        onClose={() => setDiscarding(false)}
        title={t('plans.discardTitle')}
        confirmLabel={t('plans.discard')}
        danger
        onConfirm={async () => {
          await call(discardPlanDraft)
          await refresh(getPlanDraft)
          notify(t('plans.discarded'))
        }}
      >
        {t('plans.discardWhat', { count: data?.changes.length ?? 0 })}
      </ConfirmDialog>
    </>
  )
}

function Draft({ draft }: { draft: PlanDraft }) {
  const t = useT()
  const [interval, setInterval] = useState<'month' | 'year'>('month')
  const { edit, problems } = useEdit(draft)
  const { content } = draft
  return (
    <div className="scrolls plans-draft">
      <div className="plans-tables">
        <section>
          <header className="plans-section-head">
            <h2 id="plans-prices">{t('plans.prices')}</h2>
            <SegmentedControl
              aria-label={t('plans.interval')}
              value={interval}
              onChange={(value) => setInterval(value as 'month' | 'year')}
              data={(['month', 'year'] as const).map((value) => ({
                value,
                label: t(`plan.interval.${value}`),
              }))}
            />
          </header>
          <PriceTable key={interval} content={content} interval={interval} edit={edit} problems={problems} />
        </section>
        <section>
          <header className="plans-section-head">
            <h2 id="plans-features">{t('plans.features')}</h2>
          </header>
          <FeatureTable content={content} edit={edit} problems={problems} />
        </section>
        <section aria-labelledby="plans-ladder">
          <header className="plans-section-head">
            <h2 id="plans-ladder">{t('plans.ladder')}</h2>
          </header>
          <LadderTable content={content} edit={edit} problems={problems} />
        </section>
      </div>
      <aside className="card plans-changes" aria-label={t('plans.changes')}>
        <h2>{t('plans.changes')}</h2>
        {draft.changes.length === 0 ? (
          <p className="meta">{t('plans.noChange')}</p>
        ) : (
          <ChangeList changes={draft.changes} content={content} />
        )}
      </aside>
    </div>
  )
}

/**
 * Edits one after the other, each kept at once: the answer's version is the next one's. What is refused is
 * told under its cell and taken back; somebody else's newer draft takes the place of this one.
 */
function useEdit(draft: PlanDraft): { edit: EditPlans; problems: Record<string, string> } {
  const [problems, setProblems] = useState<Record<string, string>>({})
  const line = useRef(Promise.resolve())
  const latest = useRef(draft)
  latest.current = draft
  const show = (next: PlanDraft) => {
    latest.current = next
    queryClient.setQueryData(endpointKey(getPlanDraft, undefined), next)
  }
  const edit: EditPlans = (change, shown = false) => {
    const edited = () => {
      const content = structuredClone(latest.current.content)
      change(content)
      return content
    }
    if (shown) show({ ...latest.current, content: edited() })
    line.current = line.current.then(async () => {
      const content = edited()
      try {
        show(await call(savePlanDraft, { body: { content, version: latest.current.version } }))
        setProblems({})
      } catch (error) {
        if (shown) void refresh(getPlanDraft)
        if (isProblem(error, 'version.stale')) {
          show(error.data['current'] as PlanDraft)
          notifyError(error)
        } else if (error instanceof ProblemError && Object.keys(error.fields).length > 0) {
          setProblems(
            Object.fromEntries(
              Object.entries(error.fields).map(([path, f]) => [path.replace(/^content\./, ''), f.message]),
            ),
          )
        } else notifyError(error)
      }
    })
  }
  return { edit, problems }
}
