import type { z } from 'zod'
import { toPublicId } from '../../contract/ids.ts'
import type { OrderState } from '../orders/public.ts'
import type { queueRow } from './contract.ts'

/** A row of the queue as the API answers it. */
export type QueueRow = z.output<typeof queueRow>

/** A row of `queueColumns`. */
export type QueueRecord = {
  agency_id: string
  agency_name: string
  id: string
  number: bigint
  state: OrderState
  currency: string
  placed_at: string
  due_on: string | null
  late: boolean
  contested: boolean
  operator_unread: number
  facts: {
    title: string
    sites: string[]
    suppliers: string[]
    lines: number
    units: number
    delivered: number
    cost: number
  }
}

/** Not delivered, and past its day in its agency's zone; of `client_order o`, `agency a` and an instant. */
export const lateSql = (now: string) =>
  `(o.state in ('accepted', 'in_progress') and o.due_on < (${now}::timestamptz at time zone a.time_zone)::date)`

/** A correction was asked for, and not answered. */
export const contestedSql = `exists (select from order_delivery d where d.agency_id = o.agency_id and d.order_id = o.id and d.state = 'contested')`

/** What the queue shows of `client_order o` and `agency a`: nothing that names the client. */
export const queueColumns = (
  now: string,
) => `o.agency_id, a.name as agency_name, o.id, o.number, o.state, o.currency,
  o.placed_at, o.due_on, ${lateSql(now)} as late, ${contestedSql} as contested, o.operator_unread,
  (select jsonb_build_object('title', (array_agg(l.title order by l.position))[1], 'lines', count(*),
    'sites', coalesce(jsonb_agg(distinct l.site) filter (where l.site is not null), '[]'),
    'suppliers', coalesce(jsonb_agg(distinct l.supplier) filter (where l.supplier is not null), '[]'),
    'units', sum(l.quantity), 'delivered', sum(l.delivered), 'cost', sum(l.unit_cost * l.quantity))
    from order_line l where l.agency_id = o.agency_id and l.order_id = o.id) as facts`

/** One row as answered. */
export function queueRowAnswer(r: QueueRecord): QueueRow {
  return {
    id: toPublicId('order', r.id),
    agency: { id: toPublicId('agency', r.agency_id), name: r.agency_name },
    number: Number(r.number),
    state: r.state,
    title: r.facts.title,
    sites: r.facts.sites.slice(0, 5),
    suppliers: r.facts.suppliers,
    lineCount: r.facts.lines,
    units: r.facts.units,
    deliveredUnits: r.facts.delivered,
    cost: { amount: r.facts.cost, currency: r.currency },
    placedAt: r.placed_at,
    dueOn: r.due_on,
    late: r.late,
    contested: r.contested,
    unread: r.operator_unread,
  }
}
