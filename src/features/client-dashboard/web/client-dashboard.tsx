import { Button } from '@mantine/core'
import { IconCirclePlus, IconPlus, IconShoppingCart, IconTargetArrow } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { AnswerOf } from '../../../contract/endpoint.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { Empty } from '../../../web/kit/empty.tsx'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { KeyFigure, KeyFigures } from '../../../web/kit/key-figure.tsx'
import { MoneyText, RelativeDate } from '../../../web/kit/texts.tsx'
import { Tile } from '../../../web/kit/tile.tsx'
import { useRight } from '../../../web/me.ts'
import { paths } from '../../../web/paths.ts'
import { useEndpoint } from '../../../web/queries.ts'
import { listCampaigns } from '../../campaigns/contract.ts'
import { CampaignBudget, CampaignPhase } from '../../campaigns/web/campaign-words.tsx'
import { listOrders } from '../../orders/contract.ts'
import { OrderState } from '../../orders/web/order-words.tsx'
import { useLiveOrders } from '../../orders/web/use-order.ts'
import { getClientDashboard } from '../contract.ts'
import '../../home/web/home.css'
import './client-dashboard.css'

type Line = AnswerOf<typeof getClientDashboard>['data'][number]

/** The first page of a client's own people: their money, orders, campaigns, and what waits for them (A8, C20, C21). */
export function ClientDashboard() {
  const t = useT()
  const { data, error, refetch } = useEndpoint(getClientDashboard)
  const orders = useEndpoint(listOrders, {
    query: { state: 'placed,accepted,in_progress,delivered', limit: 8 },
  } as never)
  const campaigns = useEndpoint(listCampaigns, { query: { phase: 'running', limit: 6 } })
  useLiveOrders()
  if (!data)
    return error ? (
      <ErrorState error={error} what={t('client_dashboard.unreadable')} retry={() => void refetch()} />
    ) : null
  return (
    <>
      {data.data.map((line) => (
        <ClientFigures key={line.client.id} line={line} alone={data.data.length === 1} />
      ))}
      <div className="home-columns">
        <List
          id="dashboard-orders"
          title={t('client_dashboard.orders')}
          to={paths.orders}
          empty={
            <Empty icon={<IconShoppingCart size={28} stroke={1.5} />} title={t('orders.empty')} heading="h3">
              {t('client_dashboard.ordersEmpty')}
            </Empty>
          }
          items={((orders.data as AnswerOf<typeof listOrders> | undefined)?.data ?? []).map((o) => (
            <li key={o.id}>
              <Link to={paths.order(o.id)} className="home-line">
                <Tile name={o.title} id={o.id} />
                <span className="home-line-text">
                  <b>{o.title}</b>
                  <small>
                    {t('orders.number', { n: o.number })} · <RelativeDate value={o.placedAt} />
                  </small>
                </span>
                <OrderState state={o.state} contested={o.contested} />
                <MoneyText value={o.total} />
              </Link>
            </li>
          ))}
        />
        <List
          id="dashboard-campaigns"
          title={t('client_dashboard.campaigns')}
          to={paths.campaigns}
          empty={
            <Empty
              icon={<IconTargetArrow size={28} stroke={1.5} />}
              title={t('campaigns.emptyOne')}
              heading="h3"
            >
              {t('campaigns.emptyText')}
            </Empty>
          }
          items={(campaigns.data?.data ?? []).map((c) => (
            <li key={c.id}>
              <Link to={paths.campaign(c.id)} className="home-line">
                <Tile name={c.name} id={c.id} />
                <span className="home-line-text">
                  <b>{c.name}</b>
                  <small>{c.client.name}</small>
                </span>
                <CampaignPhase phase={c.phase} />
                <CampaignBudget campaign={c} />
              </Link>
            </li>
          ))}
        />
      </div>
    </>
  )
}

function ClientFigures({ line, alone }: { line: Line; alone: boolean }) {
  const t = useT()
  const format = useFormat()
  const mayPlace = useRight('orders.place')
  const mayTopUp = useRight('budgets.topUp')
  const { client } = line
  return (
    <section className="dashboard-client" aria-labelledby={`dashboard-${client.id}`}>
      <header>
        <h2 id={`dashboard-${client.id}`} className={alone ? 'visually-hidden' : undefined}>
          {client.name}
        </h2>
        <span className="spacer" />
        {mayTopUp ? (
          <Button
            variant="default"
            leftSection={<IconCirclePlus size={15} />}
            renderRoot={(root) => <Link to={paths.budget(client.id)} {...root} />}
          >
            {t('client_dashboard.topUp')}
          </Button>
        ) : null}
        {mayPlace ? (
          <Button
            variant={alone ? 'filled' : 'light'}
            leftSection={<IconPlus size={15} />}
            renderRoot={(root) => <Link to={paths.cart(client.id)} {...root} />}
          >
            {t('orders.new')}
          </Button>
        ) : null}
      </header>
      <KeyFigures>
        <KeyFigure
          label={t('client_dashboard.available')}
          value={<MoneyText value={line.available} />}
          detail={t('client_dashboard.held', { amount: format.money(line.held) })}
          to={paths.budget(client.id)}
        />
        <KeyFigure
          label={t('client_dashboard.spent')}
          value={<MoneyText value={line.spentThisMonth} />}
          detail={t('client_dashboard.year', { amount: format.money(line.spentThisYear) })}
        />
        <KeyFigure
          label={t('client_dashboard.openOrders')}
          value={format.number(line.openOrders)}
          detail={t('client_dashboard.toApprove', { n: line.toApprove })}
          to={paths.orders}
          search={{ client: client.id }}
        />
        <KeyFigure
          label={t('client_dashboard.projects')}
          value={format.number(line.projects)}
          detail={t('client_dashboard.running', { n: line.runningCampaigns })}
          to={paths.client(client.id, 'projets')}
        />
      </KeyFigures>
    </section>
  )
}

function List(props: { id: string; title: string; to: string; empty: ReactNode; items: ReactNode[] }) {
  const t = useT()
  return (
    <section className="card home-list" aria-labelledby={props.id}>
      <header>
        <h2 id={props.id}>{props.title}</h2>
        <Link to={props.to} className="text-link">
          {t('client_dashboard.all')}
        </Link>
      </header>
      {props.items.length === 0 ? props.empty : <ul>{props.items}</ul>}
    </section>
  )
}
