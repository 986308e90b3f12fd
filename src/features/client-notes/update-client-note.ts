import type { InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { Refusal } from '../../server/refusal.ts'
import { changeNote, noteOf, ownNote, recordNote, viaName, type Note } from './client-note.ts'
import type * as contract from './contract.ts'

/** Changes a note of one's own; 409 `version.stale` with the note as it is now. */
export async function updateClientNote(
  ctx: Ctx,
  { params, body }: InputOf<typeof contract.updateClientNote>,
): Promise<Note> {
  const { client, note } = await ownNote(ctx, params, false)
  if (note.version !== body.version)
    throw new Refusal(409, 'version.stale', { data: { current: noteOf(ctx, note) } })
  if (note.body === body.body) return noteOf(ctx, note)
  const row = await changeNote(ctx, note, {
    body: body.body,
    via_name: viaName(ctx) ?? note.via_name,
    updated_at: ctx.nowIso,
    version: note.version + 1,
  })
  await recordNote(ctx, 'note.updated', row, client.name)
  return noteOf(ctx, row)
}
