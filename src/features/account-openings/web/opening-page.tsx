import { useCallback, useState } from 'react'
import { Button, Loader } from '@mantine/core'
import { IconCheck, IconCircleDashed } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { call } from '../../../web/call.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { Notice } from '../../../web/kit/notice.tsx'
import { notifyError } from '../../../web/kit/notices.tsx'
import { Breadcrumb, PageHead } from '../../../web/kit/page-head.tsx'
import { PageSkeleton } from '../../../web/kit/skeletons.tsx'
import { useLive } from '../../../web/live.ts'
import { refreshNavCount } from '../../../web/navigation.ts'
import { paths } from '../../../web/paths.ts'
import { refresh, useEndpoint } from '../../../web/queries.ts'
import { usePathParam } from '../../../web/router.tsx'
import { PurchasePanel } from '../../account-changes/web/purchase-panel.tsx'
import { FirstCredentials } from '../../hosted-accounts/web/account-access.tsx'
import { refreshAccounts } from '../../hosted-accounts/web/account-acts.tsx'
import { getOpening, listOpenings, openingSteps, revealOpening, type Opening } from '../contract.ts'
import './openings.css'
import '../../hosted-accounts/web/account.css'
import '../../account-changes/web/change-plan.css'

/** An account being paid for and prepared, live; then its address, user name and password, once (B28 to B30). */
export function OpeningPage() {
  const id = usePathParam('id')
  const t = useT()
  const { data, error, refetch } = useEndpoint(
    getOpening,
    { params: { id } },
    { refetchInterval: (query) => (query.state.data?.state === 'preparing' ? 1000 : false) },
  )
  useLive((event) => {
    if (['opening', 'purchase', 'reconnected'].includes(event.kind)) void refetch()
  })
  return (
    <>
      <Breadcrumb
        crumbs={[{ label: t('resale.title'), to: paths.resale }, { label: data?.name ?? t('resale.add') }]}
      />
      <PageHead
        title={data ? t(`openings.title.${data.state}`, { name: data.name }) : t('resale.add')}
        line
      />
      {data ? (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolls by itself
        <div className="scrolls opening-page" tabIndex={0}>
          <Progress opening={data} />
          <Content opening={data} onChange={() => void refetch()} />
        </div>
      ) : error ? (
        <ErrorState error={error} what={t('openings.unreadable')} retry={() => void refetch()} />
      ) : (
        <PageSkeleton />
      )}
    </>
  )
}

/** The steps, each done, under way or to come. */
function Progress({ opening }: { opening: Opening }) {
  const t = useT()
  if (opening.state === 'abandoned') return null
  const paid = opening.total !== null
  const steps = [...(paid ? (['payment'] as const) : []), ...openingSteps.filter((s) => s !== 'done')]
  const at =
    opening.state === 'ready'
      ? steps.length
      : opening.state === 'paying'
        ? 0
        : steps.indexOf(opening.step as (typeof steps)[number])
  return (
    <ol className="opening-steps" aria-label={t('openings.progress')}>
      {steps.map((step, i) => {
        const state = i < at ? 'done' : i === at ? 'now' : 'later'
        return (
          <li key={step} data-state={state} aria-current={state === 'now' ? 'step' : undefined}>
            {state === 'done' ? (
              <IconCheck size={16} aria-hidden="true" />
            ) : state === 'now' ? (
              <Loader size={14} aria-hidden="true" />
            ) : (
              <IconCircleDashed size={16} aria-hidden="true" />
            )}
            {t(`openings.step.${step}`)}
            <span className="visually-hidden">{t(`openings.stepState.${state}`)}</span>
          </li>
        )
      })}
    </ol>
  )
}

function Content({ opening, onChange }: { opening: Opening; onChange: () => void }) {
  const t = useT()
  const settled = useCallback(() => onChange(), [onChange])
  if (opening.state === 'paying' && opening.purchaseId)
    return <PurchasePanel purchaseId={opening.purchaseId} onSettled={settled} />
  if (opening.state === 'preparing')
    return (
      <p className="ink-2" role="status">
        {t('openings.preparing')}
      </p>
    )
  if (opening.state === 'abandoned')
    return (
      <Notice
        inline
        action={
          <Button
            size="xs"
            variant="default"
            renderRoot={(root) => <Link to={paths.newHostedAccount} {...root} />}
          >
            {t('openings.again')}
          </Button>
        }
      >
        {t('openings.abandoned')}
      </Notice>
    )
  return <Ready opening={opening} />
}

function Ready({ opening }: { opening: Opening }) {
  const t = useT()
  const [shown, setShown] = useState<{ address: string; userName: string; password: string }>()
  const [busy, setBusy] = useState(false)
  const reveal = async () => {
    setBusy(true)
    try {
      setShown(await call(revealOpening, { params: { id: opening.id } }))
      void refresh(listOpenings)
      void refreshAccounts()
      refreshNavCount(paths.resale)
    } catch (error) {
      notifyError(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className="opening-ready">
      {shown ? (
        <>
          <p>{t('openings.share')}</p>
          <FirstCredentials {...shown} />
        </>
      ) : opening.secretWaits ? (
        <>
          <p>{t('openings.waits')}</p>
          <div>
            <Button loading={busy} onClick={() => void reveal()}>
              {t('openings.reveal')}
            </Button>
          </div>
        </>
      ) : (
        <Notice
          tone="info"
          inline
          action={
            <Button
              size="xs"
              variant="default"
              renderRoot={(root) => (
                <Link to={paths.hostedAccount(opening.hostedAccountId, 'acces')} {...root} />
              )}
            >
              {t('openings.newPassword')}
            </Button>
          }
        >
          {t('openings.revealed')}
        </Notice>
      )}
      <div className="opening-acts">
        <Button
          variant="default"
          renderRoot={(root) => <Link to={paths.hostedAccount(opening.hostedAccountId)} {...root} />}
        >
          {t('openings.see')}
        </Button>
        <Button variant="subtle" renderRoot={(root) => <Link to={paths.resale} {...root} />}>
          {t('openings.back')}
        </Button>
      </div>
    </div>
  )
}
