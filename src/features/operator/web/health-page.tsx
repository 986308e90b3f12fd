import { Button } from '@mantine/core'
import { IconShieldCheck } from '@tabler/icons-react'
import type { AnswerOf } from '../../../contract/endpoint.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { StatusBadge } from '../../../web/kit/badges.tsx'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { KeyFigure, KeyFigures } from '../../../web/kit/key-figure.tsx'
import { notify, notifyError } from '../../../web/kit/notices.tsx'
import { PageHead } from '../../../web/kit/page-head.tsx'
import { RelativeDate } from '../../../web/kit/texts.tsx'
import { useCall, useEndpoint } from '../../../web/queries.ts'
import { checkHealthNow, getHealth } from '../contract.ts'
import './health-page.css'

type Check = AnswerOf<typeof getHealth>['checks'][number]

/** What must always hold of the data, each promise with what was last found against it. */
export function HealthPage() {
  const t = useT()
  const { data, error, refetch } = useEndpoint(getHealth)
  const check = useCall(checkHealthNow, {
    refreshes: [getHealth],
    onSuccess: () => notify(t('operator.health.checkedNotice')),
    onError: notifyError,
  })
  if (error) return <ErrorState error={error} page={t('operator.health')} retry={() => void refetch()} />
  if (!data) return null
  const { checks } = data
  const last = checks.map((c) => c.checkedAt).reduce((a, b) => (a && b && a < b ? a : b), null)
  const drifts = checks.reduce((n, c) => n + c.faults.length, 0)
  return (
    <>
      <PageHead
        title={t('operator.health')}
        subtitle={t('operator.health.lead')}
        line
        actions={
          <Button
            leftSection={<IconShieldCheck size={15} />}
            loading={check.isPending}
            onClick={() => check.mutate({})}
          >
            {t('operator.health.now')}
          </Button>
        }
      />
      {/* Scrolls by itself: the keyboard must be able to enter it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must answer the arrow keys */}
      <div className="scrolls health" tabIndex={0}>
        <KeyFigures>
          <KeyFigure
            label={t('operator.health.held')}
            value={t('operator.health.heldOf', {
              held: checks.filter((c) => c.checkedAt !== null && c.faults.length === 0).length,
              all: checks.length,
            })}
          />
          <KeyFigure label={t('operator.health.drift')} value={drifts} />
          <KeyFigure
            label={t('operator.health.last')}
            value={last ? <RelativeDate value={last} /> : t('operator.health.never')}
            detail={
              checks[0]?.tenants == null ? undefined : t('operator.health.tenants', { n: checks[0].tenants })
            }
          />
        </KeyFigures>
        <ul className="card health-checks">
          {checks.map((c) => (
            <CheckLine check={c} key={c.id} />
          ))}
        </ul>
      </div>
    </>
  )
}

function CheckLine({ check }: { check: Check }) {
  const t = useT()
  const format = useFormat()
  const held = check.faults.length === 0
  return (
    <li className="health-check">
      <div className="health-check-line">
        <span>{check.label}</span>
        <span className="meta figures">
          {check.tookMs === null ? null : t('operator.health.ms', { n: check.tookMs })}
        </span>
        {check.checkedAt === null ? (
          <StatusBadge tone="mute">{t('operator.health.never')}</StatusBadge>
        ) : held ? (
          <StatusBadge tone="ok">{t('operator.health.ok')}</StatusBadge>
        ) : (
          <StatusBadge tone="danger">{t('operator.health.failing', { n: check.faults.length })}</StatusBadge>
        )}
      </div>
      {held ? null : (
        <>
          {check.failingSince ? (
            <p className="meta">{t('operator.health.since', { date: format.exact(check.failingSince) })}</p>
          ) : null}
          <ul className="health-faults figures">
            {check.faults.map((fault) => (
              <li key={fault}>{fault}</li>
            ))}
          </ul>
        </>
      )}
    </li>
  )
}
