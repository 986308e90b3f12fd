import { useState } from 'react'
import { Button, NumberInput } from '@mantine/core'
import { call } from '../../../web/call.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { notify, notifyError } from '../../../web/kit/notices.tsx'
import { refresh, useEndpoint } from '../../../web/queries.ts'
import { getOrderSettings, updateOrderSettings } from '../contract.ts'

/** Settings > Commandes: when deliveries approve themselves. */
export function OrderSettingsSection() {
  const t = useT()
  const { data, error, refetch } = useEndpoint(getOrderSettings)
  const [days, setDays] = useState<number>()
  const [busy, setBusy] = useState(false)
  if (!data)
    return error ? (
      <ErrorState error={error} page={t('orders.settings.title')} retry={() => void refetch()} />
    ) : null
  const value = days ?? data.approvalDays
  const save = async () => {
    setBusy(true)
    try {
      await call(updateOrderSettings, { body: { approvalDays: value, version: data.version } })
      await refresh(getOrderSettings)
      setDays(undefined)
      notify(t('orders.settings.saved', { n: value }))
    } catch (failure) {
      notifyError(failure)
    } finally {
      setBusy(false)
    }
  }
  return (
    <form
      style={{ display: 'grid', gap: 16, maxWidth: 440 }}
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <NumberInput
        label={t('orders.settings.days')}
        description={t('orders.settings.help')}
        min={1}
        max={90}
        value={value}
        disabled={!data.can.edit}
        onChange={(v) => typeof v === 'number' && setDays(v)}
      />
      <div>
        <Button type="submit" loading={busy} disabled={!data.can.edit || value === data.approvalDays}>
          {t('orders.settings.save')}
        </Button>
      </div>
    </form>
  )
}
