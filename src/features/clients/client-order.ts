import { invalid } from '../../server/refusal.ts'
import { clientSorts, type ClientSort } from './contract.ts'

/** One column of an order and the type its cursor value is read as. */
export type OrderKey = { expr: string; type: string }

const forms: Record<string, RegExp> = {
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  integer: /^-?\d{1,9}$/,
  bigint: /^-?\d{1,18}$/,
  timestamptz: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$/,
  text: /^[^\0]*$/s,
}

/** A cursor's value for a key; 422 at `cursor` when it can't be one, so that a forged cursor is no server error. */
export function keyValue(key: OrderKey, value: unknown): unknown {
  if (!forms[key.type]?.test(String(value))) throw invalid({ cursor: 'field.invalid' })
  return value
}

/**
 * A stretch of the list with an order of its own. A list is its segments one after the other, so that each
 * stays a plain walk along an index: clients without a budget come last either way, and a search too wide to
 * rank shows first the names that begin with what was typed.
 */
export type Segment = { where: string | null; keys: readonly OrderKey[]; descending: boolean }

const id: OrderKey = { expr: 'c.id', type: 'uuid' }
const name: OrderKey = { expr: 'c.name_key', type: 'text' }
const keys: Record<Exclude<ClientSort, 'monthlyBudget'>, OrderKey> = {
  name,
  createdAt: { expr: 'c.created_at', type: 'timestamptz' },
  lastActivityAt: { expr: 'c.last_activity_at', type: 'timestamptz' },
}

/** What a list is sorted by. */
export type SortChoice = { by: ClientSort | 'relevance'; descending: boolean }

/** Reads `sort`; a search without one goes by relevance, anything else by name. 422 at `sort` when unknown. */
export function readSort(sort: string | undefined, searching: boolean): SortChoice {
  if (sort === undefined || sort === '' || sort === 'relevance')
    return { by: searching ? 'relevance' : 'name', descending: false }
  const descending = sort.startsWith('-')
  const by = clientSorts.find((s) => s === sort.slice(descending ? 1 : 0))
  if (!by) throw invalid({ sort: 'field.choice' })
  return { by, descending }
}

/** Refuses (422 at `sort`) what the list can't be sorted by, before long work begins with it. */
export function checkSort(sort: string | undefined): void {
  readSort(sort, false)
}

/** The segments of a sort; `prefix` is the condition "its name begins with what was typed", for relevance. */
export function segmentsOf({ by, descending }: SortChoice, prefix: string | null): Segment[] {
  if (by === 'relevance' && prefix !== null)
    return [
      { where: prefix, keys: [name, id], descending: false },
      { where: `case when ${prefix} then false else true end`, keys: [name, id], descending: false },
    ]
  if (by === 'relevance')
    return [{ where: null, keys: [{ expr: 'hit.rank', type: 'integer' }, name, id], descending: false }]
  if (by === 'monthlyBudget')
    return [
      {
        where: 'c.monthly_budget is not null',
        keys: [{ expr: 'c.monthly_budget', type: 'bigint' }, id],
        descending,
      },
      { where: 'c.monthly_budget is null', keys: [id], descending },
    ]
  return [{ where: null, keys: [keys[by], id], descending }]
}
