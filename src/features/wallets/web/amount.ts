import { useCallback } from 'react'
import type { Money } from '../../../contract/common.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'

/** Writes an amount of a wallet: money with its cents, credits counted; `signed` puts a plus before what comes in. */
export function useAmountText(): (value: Money, signed?: boolean) => string {
  const t = useT()
  const format = useFormat()
  return useCallback(
    (value, signed = false) => {
      const plus = signed && value.amount > 0 ? '+' : ''
      if (value.currency === 'SMS') return `${plus}${t('wallet.unit.sms', { n: value.amount })}`
      if (value.currency === 'PREVIEW') return `${plus}${t('wallet.unit.preview', { n: value.amount })}`
      return `${plus}${format.money(value)}`
    },
    [t, format],
  )
}
