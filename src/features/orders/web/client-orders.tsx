import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useT } from '../../../web/i18n/use-t.ts'
import { SortMenu } from '../../../web/kit/sort-menu.tsx'
import { SearchField, Toolbar } from '../../../web/kit/toolbar.tsx'
import { useRight } from '../../../web/me.ts'
import { paths } from '../../../web/paths.ts'
import { useSearchState } from '../../../web/search-state.ts'
import { useCountedList } from '../../../web/use-list.ts'
import { listOrders, orderSorts } from '../contract.ts'
import { OrderGrid } from './order-grid.tsx'
import { menuSorts } from './order-words.tsx'
import { useLiveOrders } from './use-order.ts'

/** Orders of one client: tab "Commandes" of its page, or within a campaign. */
export function ClientOrders({
  clientId,
  campaignId,
  open,
}: {
  clientId: string
  campaignId?: string
  /** The client takes orders: it is not archived. */
  open: boolean
}) {
  const t = useT()
  const [search, setSearch] = useSearchState()
  const mayPlace = useRight('orders.place')
  const sort = orderSorts.find((s) => s === search['sort']) ?? '-placedAt'
  const query = {
    client: clientId,
    ...(campaignId && { campaign: campaignId }),
    ...(search['q'] && { q: search['q'] }),
    sort,
  }
  const list = useCountedList(listOrders, { query } as never)
  useLiveOrders()
  const action =
    mayPlace && open ? (
      <Button
        component={Link}
        to={paths.cart(clientId)}
        {...(campaignId && { search: { campagne: campaignId } as never })}
        leftSection={<IconPlus size={15} />}
      >
        {t('orders.new')}
      </Button>
    ) : null
  return (
    <>
      <Toolbar
        end={
          <>
            <SortMenu
              value={sort}
              onChange={(value) => setSearch({ sort: value === '-placedAt' ? undefined : value })}
              options={menuSorts.map((value) => ({ value, label: t(`orders.sort.${value}`) }))}
            />
            {campaignId ? null : action}
          </>
        }
      >
        <SearchField
          label={t('orders.search')}
          hint={t('orders.searchHintOne')}
          value={search['q'] ?? ''}
          onChange={(q) => setSearch({ q: q || undefined })}
        />
      </Toolbar>
      <OrderGrid
        list={list as never}
        sort={sort}
        onSort={(value) => setSearch({ sort: value })}
        oneClient
        filtered={Boolean(search['q'])}
        onClear={() => setSearch({ q: undefined })}
        action={action}
      />
    </>
  )
}
