import { useCallback } from 'react'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import type { CreditKind } from '../contract.ts'

/** An amount of credit in words: money, or so many SMS or previews. */
export function useCreditText(): (kind: CreditKind, value: { amount: number; unit: string }) => string {
  const t = useT()
  const format = useFormat()
  return useCallback(
    (kind, { amount, unit }) =>
      kind === 'prepaid'
        ? format.money({ amount, currency: unit })
        : t(`credits.unit.${kind}`, { count: amount }),
    [t, format],
  )
}
