import { z } from 'zod'
import { toPublicId } from '../../contract/ids.ts'
import type { Ctx } from '../../server/context.ts'
import { Refusal } from '../../server/refusal.ts'
import { announceClients } from '../assignments/public.ts'
import { countClients, matchingClientIds } from '../clients/public.ts'
import type { ClientFilter } from '../clients/contract.ts'
import { longWork, type Batch, type LongWork } from '../long-jobs/public.ts'
import { changeClients, type Changed } from './change-clients.ts'
import { clientChange, type ClientChange } from './client-change.ts'
import { keepTraces } from './keep-traces.ts'

const clientsPerBatch = 200
/** Names a notice mentions before it says "and n others". */
const namesTold = 10

const input = z.object({
  changeId: z.string(),
  change: clientChange,
  filter: z.custom<ClientFilter>(),
  asOf: z.string(),
})
type Input = z.output<typeof input>

/** Where the next batch starts, and what each person is to be told at the end: ten thousand clients are one notice. */
type Cursor = { after: string | undefined; told: Record<string, { count: number; names: string[] }> }

function work(kind: ClientChange['kind']): LongWork<Input, Cursor> {
  return {
    kind: `clients.${kind}`,
    input,
    count: (ctx, { filter }) => countClients(ctx, filter, 10_000_000),
    async batch(ctx, given, cursor) {
      if (await isUndone(ctx, given.changeId)) return { done: 0, next: undefined }
      const ids = await matchingClientIds(ctx, given.filter, given.asOf, cursor?.after, clientsPerBatch)
      let changed: Changed
      try {
        changed = await changeClients(ctx, given.change, ids)
      } catch (error) {
        // Somebody was disabled or went out of sight meanwhile: trying again would end no better.
        if (error instanceof Refusal)
          return { done: 0, errors: [{ item: '', code: `refusal.${error.code}` }], next: undefined }
        throw error
      }
      await keepTraces(ctx, given.changeId, changed.traces)
      const told = await tellLater(ctx, cursor?.told ?? {}, changed)
      const last = ids.length === clientsPerBatch ? ids.at(-1) : undefined
      if (last === undefined && given.change.kind === 'assign') await tell(ctx, told, given.change.notify)
      const result = { changeId: toPublicId('bulkChange', given.changeId) }
      return {
        done: ids.length,
        next: last === undefined ? undefined : { after: last, told },
        result,
      } satisfies Batch<Cursor>
    },
  }
}

/** Long work for each kind of change. */
export const bulkWork = {
  assign: longWork(work('assign')),
  status: longWork(work('status')),
  tag: longWork(work('tag')),
}

/** Locks the change, so that undoing it and going on with it take turns. */
async function isUndone(ctx: Ctx, changeId: string): Promise<boolean> {
  const [row] = await ctx.tx.query<{ undone: boolean }>(
    'bulk_undone',
    `select undone_at is not null as undone from bulk_change where agency_id = $1 and id = $2 for update`,
    [ctx.agencyId, changeId],
  )
  return row?.undone ?? true
}

async function tellLater(ctx: Ctx, told: Cursor['told'], { given }: Changed): Promise<Cursor['told']> {
  if (given.length === 0) return told
  const rows = await ctx.db
    .selectFrom('client')
    .select(['id', 'name'])
    .where('agency_id', '=', ctx.agencyId)
    .where('id', 'in', [...new Set(given.map((p) => p.clientId))])
    .execute()
  const names = new Map(rows.map((r) => [r.id, r.name]))
  for (const { memberId, clientId } of given) {
    const before = told[memberId] ?? { count: 0, names: [] }
    told[memberId] = {
      count: before.count + 1,
      names: [...before.names, names.get(clientId) ?? ''].slice(0, namesTold),
    }
  }
  return told
}

function tell(ctx: Ctx, told: Cursor['told'], mail: boolean): Promise<void> {
  return announceClients(
    ctx,
    Object.entries(told).map(([memberId, t]) => ({ memberId, ...t })),
    { mail },
  )
}
