import type { InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { changeNote, ownNote, recordNote } from './client-note.ts'
import type * as contract from './contract.ts'
import { purgeDeletedNote } from './jobs.ts'

/** Deletes a note of one's own: out of sight at once, gone for good an hour later. */
export async function deleteClientNote(
  ctx: Ctx,
  { params }: InputOf<typeof contract.deleteClientNote>,
): Promise<Record<string, never>> {
  const { client, note } = await ownNote(ctx, params, false)
  const row = await changeNote(ctx, note, { deleted_at: ctx.nowIso })
  await ctx.enqueue(
    purgeDeletedNote,
    { id: note.id },
    { runAt: ctx.now.add({ hours: 1 }), key: `purge-note:${note.id}` },
  )
  await recordNote(ctx, 'note.deleted', row, client.name)
  return {}
}
