import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useT } from '../../../web/i18n/use-t.ts'
import { Notice } from '../../../web/kit/notice.tsx'
import { useRight } from '../../../web/me.ts'
import { paths } from '../../../web/paths.ts'
import { useEndpoint } from '../../../web/queries.ts'
import { countOrders } from '../contract.ts'

/** On the first page: deliveries to approve, and orders that are late. */
export function OrderNotices() {
  const may = useRight('orders.read')
  const { data } = useEndpoint(countOrders, undefined, { enabled: may })
  if (!data) return null
  return (
    <>
      <Line kind="toApprove" n={data.states.delivered} search={{ state: 'delivered' }} />
      <Line kind="late" n={data.late} search={{ late: 'true' }} />
    </>
  )
}

function Line(props: { kind: 'toApprove' | 'late'; n: number; search: Record<string, string> }) {
  const t = useT()
  if (props.n === 0) return null
  return (
    <Notice
      inline
      tone={props.kind === 'late' ? 'warn' : 'info'}
      action={
        <Button
          size="sm"
          variant="default"
          renderRoot={(root) => <Link to={paths.orders} search={props.search as never} {...root} />}
        >
          {t('orders.home.show')}
        </Button>
      }
    >
      {t(`orders.home.${props.kind}`, { n: props.n })}
    </Notice>
  )
}
