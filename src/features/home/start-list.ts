import { opens } from '../../contract/rights.ts'
import type { Ctx } from '../../server/context.ts'
import { startSteps, type StartStep } from './contract.ts'

/** Steps that only make sense where there are client folders (A1). */
const clientSteps: readonly StartStep[] = ['clients', 'assign']

/**
 * The first steps with what is done, from facts alone: nobody ticks anything. Null once closed or complete.
 * A later capability adds a step to the contract and a fact here.
 */
export async function startListOf(ctx: Ctx): Promise<{ step: StartStep; done: boolean }[] | null> {
  const [facts] = await ctx.tx.query<Record<StartStep, boolean> & { closed: boolean }>(
    'start_list',
    `select 'start_list' = any(a.dismissed_hints) as closed,
       exists (select from client where agency_id = $1) as clients,
       exists (select from client where agency_id = $1) and not exists
         (select from client where agency_id = $1 and assignee_count = 0 and status <> 'archived') as assign,
       exists (select from member where agency_id = $1 offset 1) as invite,
       exists (select from audit_event e where e.agency_id = $1 and e.action = 'agency.updated' and e.data->'changes' ? 'brandColor') as brand
     from agency a where a.agency_id = $1`,
    [ctx.agencyId],
  )
  if (!facts || facts.closed) return null
  const mine = startSteps.filter(
    (step) => opens(ctx.agency?.kind, 'clients.read') || !clientSteps.includes(step),
  )
  const list = mine.map((step) => ({ step, done: facts[step] }))
  return list.every((item) => item.done) ? null : list
}
