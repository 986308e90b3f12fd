import type { AnswerOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import type { Ctx } from '../../server/context.ts'
import { visibleViews } from '../saved-views/public.ts'
import {
  clientFilter,
  clientFilterShape,
  type ClientFilter,
  type countClientViews as contract,
} from './contract.ts'
import { countClients } from './count-clients.ts'

/** What the built-in views hold back or ask for. */
const builtIn = {
  all: {},
  mine: { mine: true },
  unassigned: { unassigned: true },
  orphan: { orphan: true },
  archived: { status: ['archived'] },
} as const satisfies Record<string, Partial<Record<keyof ClientFilter, unknown>>>

/** Saved views whose clients are counted: a tab further to the right is not worth a query on every visit. */
const countedViews = 10

/** Counts for the tabs, the side bar and the notice (A23). A saved view that no longer makes sense is left out. */
export async function countClientViews(ctx: Ctx): Promise<AnswerOf<typeof contract>> {
  const views = (await visibleViews(ctx, 'clients')).slice(0, countedViews).flatMap(({ id, query }) => {
    const parsed = clientFilter.safeParse(
      Object.fromEntries(Object.entries(query).filter(([name]) => name in clientFilterShape)),
    )
    return parsed.success ? [{ id, filter: parsed.data }] : []
  })
  const filters = [
    ...Object.values(builtIn).map((f) => f as unknown as ClientFilter),
    ...views.map((v) => v.filter),
  ]
  // One connection answers them one after the other; sent together they cost a single round trip.
  const [all = 0, mine = 0, unassigned = 0, orphan = 0, archived = 0, ...counts] = await Promise.all(
    filters.map((f) => countClients(ctx, f)),
  )
  return {
    all,
    mine,
    unassigned,
    orphan,
    archived,
    views: views.map((v, i) => ({ id: toPublicId('view', v.id), count: counts[i] ?? 0 })),
  }
}
