import type { InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { changeNote, noteOf, ownNote, recordNote, type Note } from './client-note.ts'
import type * as contract from './contract.ts'

/** Takes a deletion back while the note still exists; restoring a kept note changes nothing. */
export async function restoreClientNote(
  ctx: Ctx,
  { params }: InputOf<typeof contract.restoreClientNote>,
): Promise<Note> {
  const { client, note } = await ownNote(ctx, params, true)
  if (note.deleted_at === null) return noteOf(ctx, note)
  const row = await changeNote(ctx, note, { deleted_at: null })
  await recordNote(ctx, 'note.restored', row, client.name)
  return noteOf(ctx, row)
}
