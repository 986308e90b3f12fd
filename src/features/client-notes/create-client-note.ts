import type { InputOf } from '../../contract/endpoint.ts'
import { subjectOf, type Ctx } from '../../server/context.ts'
import { newId } from '../../server/ids.ts'
import { lockClient } from '../client-record/public.ts'
import { noteOf, recordNote, viaName, type Note } from './client-note.ts'
import type * as contract from './contract.ts'

/** Writes a note in the subject's name, signed "via" by who wrote it for them. */
export async function createClientNote(
  ctx: Ctx,
  { params, body }: InputOf<typeof contract.createClientNote>,
): Promise<Note> {
  const client = await lockClient(ctx, params.id)
  const author = subjectOf(ctx)
  const row = await ctx.db
    .insertInto('client_note')
    .values({
      agency_id: ctx.agencyId,
      id: newId(),
      client_id: client.id,
      author_user_id: author.userId,
      author_name: author.name,
      via_name: viaName(ctx),
      body: body.body,
      created_at: ctx.nowIso,
      updated_at: ctx.nowIso,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  await recordNote(ctx, 'note.created', row, client.name)
  return noteOf(ctx, row)
}
