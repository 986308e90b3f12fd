import { sql } from 'kysely'
import type { AnswerOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import type { Ctx } from '../../server/context.ts'
import type { Viewer } from '../access/public.ts'
import type * as contract from './contract.ts'
import type { OrderState } from './order-states.ts'
import { visibleOrders } from './visible-orders.ts'

/** An order as lists show it. */
export type OrderRow = AnswerOf<typeof contract.listOrders>['data'][number]

type Figures = { title: string; lines: number; units: number; delivered: number }

/** Orders in sight with what their line of a list shows; figures are read for the rows of the page only. */
export function orderRows(ctx: Ctx, viewer?: Viewer) {
  return visibleOrders(ctx, viewer)
    .leftJoin('project', (j) =>
      j
        .onRef('project.agency_id', '=', 'client_order.agency_id')
        .onRef('project.id', '=', 'client_order.project_id'),
    )
    .leftJoin('campaign', (j) =>
      j
        .onRef('campaign.agency_id', '=', 'client_order.agency_id')
        .onRef('campaign.id', '=', 'client_order.campaign_id'),
    )
    .selectAll('client_order')
    .select([
      'client.name as client_now',
      'project.name as project_name',
      'campaign.name as campaign_name',
      sql<Figures>`(select jsonb_build_object('title', (array_agg(l.title order by l.position))[1], 'lines', count(*),
          'units', sum(l.quantity), 'delivered', sum(l.delivered))
        from order_line l where l.agency_id = client_order.agency_id and l.order_id = client_order.id)`.as(
        'figures',
      ),
      sql<boolean>`exists (select from order_delivery d where d.agency_id = client_order.agency_id
        and d.order_id = client_order.id and d.state = 'contested')`.as('contested'),
    ])
}

/** A row as read. */
export type OrderRecord = Awaited<ReturnType<ReturnType<typeof orderRows>['executeTakeFirstOrThrow']>>

/** One row as answered. */
export function orderRowAnswer(ctx: Ctx, r: OrderRecord): OrderRow {
  const money = (amount: bigint) => ({ amount: Number(amount), currency: r.currency })
  return {
    id: toPublicId('order', r.id),
    number: Number(r.number),
    client: { id: toPublicId('client', r.client_id), name: r.client_now },
    project:
      r.project_id === null ? null : { id: toPublicId('project', r.project_id), name: r.project_name ?? '' },
    campaign:
      r.campaign_id === null
        ? null
        : { id: toPublicId('campaign', r.campaign_id), name: r.campaign_name ?? '' },
    state: r.state as OrderState,
    title: r.figures.title,
    lineCount: r.figures.lines,
    units: r.figures.units,
    deliveredUnits: r.figures.delivered,
    total: money(r.total),
    held: money(r.held),
    captured: money(r.captured),
    placedBy: r.placed_by_name,
    placedAt: r.placed_at,
    dueOn: r.due_on,
    approvesAt: r.approves_at,
    contested: r.contested,
    // What the operator writes is for the team, unless it says otherwise.
    unread: ctx.may('clients.internals') ? r.agency_unread : 0,
  }
}
