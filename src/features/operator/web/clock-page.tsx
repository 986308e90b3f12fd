import { useState } from 'react'
import { Button, TextInput } from '@mantine/core'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { KeyFigure, KeyFigures } from '../../../web/kit/key-figure.tsx'
import { Notice } from '../../../web/kit/notice.tsx'
import { notify, notifyError } from '../../../web/kit/notices.tsx'
import { PageHead } from '../../../web/kit/page-head.tsx'
import { useCall, useEndpoint } from '../../../web/queries.ts'
import { getClock, moveClockForward } from '../contract.ts'

const day = 86_400_000

/** The sandbox clock: forward by a day, a month, or to a date, with everything due on the way. */
export function ClockPage() {
  const t = useT()
  const format = useFormat()
  const { data, error, refetch } = useEndpoint(getClock)
  const [to, setTo] = useState('')
  const move = useCall(moveClockForward, {
    refreshes: [getClock],
    onSuccess: () => notify(t('operator.clock.movedNotice')),
    onError: notifyError,
  })
  if (error) return <ErrorState error={error} page={t('operator.clock')} retry={() => void refetch()} />
  if (!data) return null
  const forward = (days: number) =>
    move.mutate({ body: { to: new Date(Date.parse(data.now) + days * day).toISOString() } })
  return (
    <>
      <PageHead
        title={t('operator.clock')}
        subtitle={data.sandbox ? t('operator.clock.lead') : undefined}
        line
      />
      <div
        className="scrolls"
        style={{ padding: 24, display: 'grid', gap: 24, alignContent: 'start', maxWidth: 720 }}
      >
        <KeyFigures>
          <KeyFigure label={t('operator.clock.now')} value={format.exact(data.now)} />
          <KeyFigure
            label={t('operator.clock.moved')}
            value={t('operator.clock.movedDays', { n: Math.round(data.movedSeconds / 86_400) })}
          />
        </KeyFigures>
        {data.sandbox ? (
          <form
            style={{ display: 'flex', flexWrap: 'wrap', gap: 12, alignItems: 'flex-end' }}
            onSubmit={(e) => {
              e.preventDefault()
              if (to) move.mutate({ body: { to: new Date(`${to}T12:00:00Z`).toISOString() } })
            }}
          >
            <Button variant="default" loading={move.isPending} onClick={() => forward(1)}>
              {t('operator.clock.day')}
            </Button>
            <Button variant="default" loading={move.isPending} onClick={() => forward(30)}>
              {t('operator.clock.month')}
            </Button>
            <TextInput
              type="date"
              label={t('operator.clock.to')}
              value={to}
              min={data.now.slice(0, 10)}
              onChange={(e) => setTo(e.currentTarget.value)}
            />
            <Button type="submit" loading={move.isPending} disabled={!to}>
              {t('operator.clock.move')}
            </Button>
          </form>
        ) : (
          <Notice tone="info" inline>
            {t('operator.clock.live')}
          </Notice>
        )}
      </div>
    </>
  )
}
