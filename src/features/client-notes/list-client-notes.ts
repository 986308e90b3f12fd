import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { fromPublicId } from '../../contract/ids.ts'
import type { Ctx } from '../../server/context.ts'
import { invalid, notFound } from '../../server/refusal.ts'
import { visibleClients } from '../access/public.ts'
import type * as contract from './contract.ts'
import { noteOf } from './client-note.ts'

/** Notes of a client, newest first, by keyset pages. */
export async function listClientNotes(
  ctx: Ctx,
  { params, query }: InputOf<typeof contract.listClientNotes>,
): Promise<AnswerOf<typeof contract.listClientNotes>> {
  const client = await visibleClients(ctx)
    .select('client.id')
    .where('client.id', '=', params.id)
    .executeTakeFirst()
  if (!client) throw notFound()
  const before = query.cursor === undefined ? undefined : fromPublicId('note', query.cursor)
  if (query.cursor !== undefined && before === undefined) throw invalid({ cursor: 'field.invalid' })
  const rows = await keptNotes(ctx, params.id)
    .$if(before !== undefined, (q) => q.where('client_note.id', '<', before!))
    .orderBy('client_note.id', 'desc')
    .limit(query.limit + 1)
    .execute()
  const data = rows.slice(0, query.limit).map((r) => noteOf(ctx, r, r.member_id))
  return { data, nextCursor: rows.length > query.limit ? data.at(-1)!.id : null }
}

function keptNotes(ctx: Ctx, clientId: string) {
  return ctx.db
    .selectFrom('client_note')
    .leftJoin('member', (j) =>
      j
        .onRef('member.agency_id', '=', 'client_note.agency_id')
        .onRef('member.user_id', '=', 'client_note.author_user_id'),
    )
    .selectAll('client_note')
    .select('member.id as member_id')
    .where('client_note.agency_id', '=', ctx.agencyId)
    .where('client_note.client_id', '=', clientId)
    .where('client_note.deleted_at', 'is', null)
}
