import { useT } from '../../../web/i18n/use-t.ts'
import { StatusBadge } from '../../../web/kit/badges.tsx'
import { KeyFigure } from '../../../web/kit/key-figure.tsx'
import { MoneyText } from '../../../web/kit/texts.tsx'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useLive } from '../../../web/live.ts'
import { paths } from '../../../web/paths.ts'
import { refresh, useEndpoint } from '../../../web/queries.ts'
import { getBudget } from '../contract.ts'

/** What a client has for its orders, on its record; leads to its balance. Nothing for who may not see it. */
export function ClientBalance({ clientId }: { clientId: string }) {
  const t = useT()
  const format = useFormat()
  const { data } = useEndpoint(getBudget, { query: { client: clientId } }, { retry: false })
  useLive((event) => {
    if (event.kind === 'budgets') void refresh(getBudget)
  })
  if (!data) return null
  return (
    <>
      <KeyFigure
        label={t('budgets.available')}
        value={<MoneyText value={data.available} />}
        detail={data.low ? <StatusBadge tone="warn">{t('budgets.low')}</StatusBadge> : undefined}
        to={paths.budget(clientId)}
      />
      <KeyFigure
        label={t('budgets.held')}
        value={format.money(data.held)}
        to={paths.orders}
        search={{ client: clientId }}
      />
    </>
  )
}
