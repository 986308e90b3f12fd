import { useState } from 'react'
import { Select, Textarea } from '@mantine/core'
import { IconShoppingCart } from '@tabler/icons-react'
import { call } from '../../../web/call.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { AsyncCombobox, type Choice } from '../../../web/kit/async-combobox.tsx'
import { Empty } from '../../../web/kit/empty.tsx'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { notifyError } from '../../../web/kit/notices.tsx'
import { Breadcrumb, PageHead } from '../../../web/kit/page-head.tsx'
import { PageSkeleton } from '../../../web/kit/skeletons.tsx'
import { paths } from '../../../web/paths.ts'
import { endpointKey, queryClient, useEndpoint } from '../../../web/queries.ts'
import { usePathParam } from '../../../web/router.tsx'
import { useSearchState } from '../../../web/search-state.ts'
import { useTitle } from '../../../web/shell/page-title.tsx'
import { listCampaigns } from '../../campaigns/contract.ts'
import { searchCatalogue } from '../../catalogue/contract.ts'
import { listProjects } from '../../projects/contract.ts'
import { addToCart, getCart } from '../contract.ts'
import { CartLineCard } from './cart-line-card.tsx'
import { CartSummary } from './cart-summary.tsx'
import type { Cart } from './cart-type.ts'
import './carts.css'

/** One's cart for a client: what to order, for which campaign and project, what it costs and what is left. */
export function CartPage() {
  const id = usePathParam('id')
  const t = useT()
  const [search, setSearch] = useSearchState()
  const params = { id }
  const { data: cart, error, refetch } = useEndpoint(getCart, { params })
  const campaigns = useEndpoint(listCampaigns, { query: { client: id, limit: 100 } })
  const projects = useEndpoint(listProjects, { query: { client: id, state: 'active', limit: 100 } })
  const [note, setNote] = useState('')
  useTitle(cart ? t('carts.for', { name: cart.client.name }) : t('carts.title'))
  if (!cart)
    return error ? (
      <ErrorState error={error} what={t('carts.unreadable')} retry={() => void refetch()} />
    ) : (
      <PageSkeleton />
    )
  const show = (next: Cart) => queryClient.setQueryData(endpointKey(getCart, { params }), next)
  const campaign = campaigns.data?.data.find((c) => c.id === search['campagne'])
  const project = projects.data?.data.find((p) => p.id === search['projet'])
  return (
    <>
      <Breadcrumb crumbs={[{ label: t('orders.title'), to: paths.orders }, { label: t('carts.title') }]} />
      <PageHead
        title={t('carts.for', { name: cart.client.name })}
        subtitle={t('carts.lead', { name: cart.client.name })}
      />
      <div className="scrolls">
        <div className="cart-page">
          <div>
            <AddItem clientId={id} projectId={project?.id} onAdded={show} />
            {cart.lines.length === 0 ? (
              <Empty icon={<IconShoppingCart size={28} stroke={1.5} />} title={t('carts.empty')}>
                {t('carts.emptyText')}
              </Empty>
            ) : (
              <ul className="cart-lines">
                {cart.lines.map((line) => (
                  <CartLineCard
                    key={line.id}
                    line={line}
                    projects={projects.data?.data ?? []}
                    onChanged={show}
                    onRemoved={() => void refetch()}
                  />
                ))}
              </ul>
            )}
          </div>
          <CartSummary cart={cart} campaign={campaign} project={project} note={note}>
            <Select
              label={t('orders.column.campaign')}
              description={t('orders.optional')}
              placeholder={t('carts.noCampaign')}
              clearable
              searchable
              data={(campaigns.data?.data ?? [])
                .filter((c) => c.state === 'active')
                .map((c) => ({ value: c.id, label: c.name }))}
              value={campaign?.id ?? null}
              onChange={(value) => setSearch({ campagne: value ?? undefined })}
            />
            <Select
              label={t('orders.column.project')}
              description={t('orders.optional')}
              placeholder={t('carts.noProject')}
              clearable
              searchable
              data={(projects.data?.data ?? []).map((p) => ({ value: p.id, label: p.name }))}
              value={project?.id ?? null}
              onChange={(value) => setSearch({ projet: value ?? undefined })}
            />
            <Textarea
              label={t('orders.note')}
              description={t('orders.optional')}
              autosize
              minRows={2}
              maxLength={2000}
              value={note}
              onChange={(e) => setNote(e.currentTarget.value)}
            />
          </CartSummary>
        </div>
      </div>
    </>
  )
}

function AddItem(props: { clientId: string; projectId: string | undefined; onAdded: (cart: Cart) => void }) {
  const t = useT()
  const format = useFormat()
  const search = async (q: string, signal: AbortSignal): Promise<Choice[]> => {
    const { data } = await call(searchCatalogue, { query: { ...(q && { q }), limit: 20 } }, { signal })
    return data.map((i) => ({
      id: i.id,
      label: i.name,
      detail: [i.site, format.money(i.retail), t('carts.days', { n: i.delayDays })]
        .filter(Boolean)
        .join(' · '),
    }))
  }
  const add = async (choice: Choice | null) => {
    if (!choice) return
    try {
      props.onAdded(
        await call(addToCart, {
          params: { id: props.clientId },
          body: { itemId: choice.id, ...(props.projectId && { projectId: props.projectId }) },
        }),
      )
    } catch (error) {
      notifyError(error)
    }
  }
  return (
    <AsyncCombobox
      label={t('carts.add')}
      description={t('carts.addHelp')}
      value={null}
      onChange={(choice) => void add(choice)}
      search={search}
    />
  )
}
