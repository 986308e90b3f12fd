import { sql } from 'kysely'
import { z } from 'zod'
import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import type { Ctx } from '../../server/context.ts'
import { Refusal, notFound } from '../../server/refusal.ts'
import { visibleClients } from '../access/public.ts'
import { longWork } from '../long-jobs/public.ts'
import { visibleMembers } from '../sub-accounts/public.ts'
import { announceClients, namesShown } from './announce-assignments.ts'
import { assignClients } from './assign-clients.ts'
import type { assignMatching as contract } from './contract.ts'
import { matchingWords } from './matching-words.ts'

const clientsAtOnce = 500

const input = z.object({
  memberId: z.string(),
  change: z.enum(['add', 'remove']),
  q: z.string().optional(),
  unassigned: z.boolean(),
  notify: z.boolean(),
})
type Input = z.output<typeof input>

/** Clients the call is about: those the caller sees that match and that it would change something for. */
function matchingClients(ctx: Ctx, given: Input) {
  const assigned = sql<boolean>`exists (select from assignment a where a.agency_id = ${ctx.agencyId} and a.client_id = client.id and a.member_id = ${given.memberId})`
  return visibleClients(ctx)
    .where(matchingWords(given.q))
    .$if(given.unassigned, (q) => q.where('client.assignee_count', '=', 0))
    .$if(given.change === 'add', (q) =>
      q.where('client.status', '<>', 'archived').where(sql<boolean>`not ${assigned}`),
    )
    .$if(given.change === 'remove', (q) => q.where(assigned))
}

/** Where the next batch starts, and what the holder is to be told at the end. */
type Cursor = { after: string; count: number; names: string[] }

/** Batches by id. Each reads what still matches after the last one, so that a resumed job does nothing twice. */
export const assigning = longWork<Input, Cursor>({
  kind: 'assignments.matching',
  input,
  async count(ctx, given) {
    const { total } = await matchingClients(ctx, given)
      .select(sql<number>`count(*)::int`.as('total'))
      .executeTakeFirstOrThrow()
    return total
  },
  async batch(ctx, given, from) {
    const rows = await matchingClients(ctx, given)
      .select(['client.id', 'client.name'])
      .$if(from !== undefined, (q) => q.where('client.id', '>', from!.after))
      .orderBy('client.id')
      .limit(clientsAtOnce)
      .execute()
    const { added } = await assignClients(ctx, {
      [given.change]: rows.map((r) => ({ clientId: r.id, memberId: given.memberId })),
      announce: false,
    })
    const count = (from?.count ?? 0) + added.length
    const names = [...(from?.names ?? []), ...rows.map((r) => r.name)].slice(0, namesShown)
    const last = rows.length === clientsAtOnce ? rows.at(-1) : undefined
    // Told once, at the end: ten thousand clients are one notice.
    if (!last && count > 0)
      await announceClients(ctx, [{ memberId: given.memberId, names, count }], { mail: given.notify })
    return { done: rows.length, next: last && { after: last.id, count, names } }
  },
})

/** Starts the work and gives its job; 404 for a sub-account outside the caller's sight. */
export async function assignMatching(
  ctx: Ctx,
  { params, body }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  const member = await visibleMembers(ctx)
    .select('member.state')
    .where('member.id', '=', params.id)
    .executeTakeFirst()
  if (!member) throw notFound()
  if (body.change === 'add' && member.state === 'disabled')
    throw new Refusal(409, 'assignment.member_disabled')
  const { q, ...rest } = body
  const id = await assigning.start(ctx, { memberId: params.id, ...rest, ...(q !== undefined && { q }) })
  return { jobId: toPublicId('job', id) }
}
