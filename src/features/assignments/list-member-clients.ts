import { sql } from 'kysely'
import type { ClientStatus } from '../../contract/client-fields.ts'
import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import type { Ctx } from '../../server/context.ts'
import { decodeCursor, encodeCursor } from '../../server/page-cursor.ts'
import { invalid, notFound } from '../../server/refusal.ts'
import { visibleClients } from '../access/public.ts'
import { visibleMembers } from '../sub-accounts/public.ts'
import type { listMemberClients as contract } from './contract.ts'
import { matchingWords } from './matching-words.ts'

/** Totals are exact up to here; one more stands for "more". */
const countedUpTo = 10_000

/** Clients the caller sees, with this sub-account's assignment to each (A10). Archived ones only when assigned. */
export async function listMemberClients(
  ctx: Ctx,
  { params, query }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  const member = await visibleMembers(ctx)
    .select('member.id')
    .where('member.id', '=', params.id)
    .executeTakeFirst()
  if (!member) throw notFound()
  let clients = visibleClients(ctx)
    .leftJoin('assignment as a', (j) =>
      j
        .onRef('a.agency_id', '=', 'client.agency_id')
        .onRef('a.client_id', '=', 'client.id')
        .on('a.member_id', '=', params.id),
    )
    .where(matchingWords(query.q))
  if (query.assigned === 'yes') clients = clients.where('a.member_id', 'is not', null)
  if (query.assigned === 'no') clients = clients.where('a.member_id', 'is', null)
  if (query.assigned !== 'yes')
    clients = clients.where((eb) =>
      eb.or([eb('client.status', '<>', 'archived'), eb('a.member_id', 'is not', null)]),
    )
  const from = startOf(query.cursor)
  const rows = await clients
    .$if(from !== undefined, (q) =>
      q.where(sql<boolean>`(client.name_key, client.id) > (${from?.[0]}, ${from?.[1]}::uuid)`),
    )
    .select([
      'client.id',
      'client.name',
      'client.name_key',
      'client.status',
      'client.city',
      'client.assignee_count',
      'a.member_id',
      'a.is_lead',
      'a.assigned_at',
      'a.assigned_by_name',
    ])
    .orderBy('client.name_key')
    .orderBy('client.id')
    .limit(query.limit + 1)
    .execute()
  const shown = rows.slice(0, query.limit)
  const last = rows.length > query.limit ? shown.at(-1) : undefined
  return {
    data: shown.map((r) => ({
      id: toPublicId('client', r.id),
      name: r.name,
      status: r.status as ClientStatus,
      city: r.city,
      assignment:
        r.member_id === null
          ? null
          : {
              isLead: r.is_lead ?? false,
              assignedAt: r.assigned_at ?? '',
              assignedBy: r.assigned_by_name ?? '',
            },
      assigneeCount: r.assignee_count,
    })),
    nextCursor: last ? encodeCursor([last.name_key, last.id]) : null,
    ...(query.total && { total: await totalOf() }),
  }

  async function totalOf(): Promise<number> {
    const counted = clients
      .clearSelect()
      .select('client.id')
      .limit(countedUpTo + 1)
    const { total } = await ctx.db
      .selectFrom(counted.as('counted'))
      .select(sql<number>`count(*)::int`.as('total'))
      .executeTakeFirstOrThrow()
    return total
  }
}

function startOf(cursor: string | undefined): [string, string] | undefined {
  const [key, id] = decodeCursor(cursor, 2) ?? []
  if (key === undefined || id === undefined) return undefined
  if (!/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(id)) throw invalid({ cursor: 'field.invalid' })
  return [key, id]
}
