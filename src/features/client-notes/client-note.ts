import type { Selectable } from 'kysely'
import type { AnswerOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import { subjectOf, type Ctx } from '../../server/context.ts'
import { Refusal, notFound } from '../../server/refusal.ts'
import type { ClientNote } from '../../server/schema.gen.ts'
import { lockClient, touchClient } from '../client-record/public.ts'
import type * as contract from './contract.ts'

/** A note as the API answers it. */
export type Note = AnswerOf<typeof contract.createClientNote>

/** The note and its client; 403 `note.not_yours` for somebody else's, whatever the role. */
export async function ownNote(ctx: Ctx, params: { id: string; noteId: string }, deletedToo: boolean) {
  const client = await lockClient(ctx, params.id)
  const note = await ctx.db
    .selectFrom('client_note')
    .selectAll()
    .where('agency_id', '=', ctx.agencyId)
    .where('client_id', '=', client.id)
    .where('id', '=', params.noteId)
    .$if(!deletedToo, (q) => q.where('deleted_at', 'is', null))
    .executeTakeFirst()
  if (!note) throw notFound()
  if (note.author_user_id !== subjectOf(ctx).userId) throw new Refusal(403, 'note.not_yours')
  return { client, note }
}

/** Sets columns of a note. */
export function changeNote(
  ctx: Ctx,
  note: Selectable<ClientNote>,
  set: Partial<Selectable<ClientNote>>,
): Promise<Selectable<ClientNote>> {
  return ctx.db
    .updateTable('client_note')
    .set(set)
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', note.id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** The text itself stays out of the journal: a deleted note must not live on there. */
export async function recordNote(
  ctx: Ctx,
  action: `note.${string}`,
  row: Selectable<ClientNote>,
  clientName: string,
): Promise<void> {
  ctx.audit({ action, clientId: row.client_id, entity: { kind: 'note', id: row.id, name: clientName } })
  await touchClient(ctx, row.client_id)
}

/** Who writes for the subject while acting; null when they write for themselves. */
export function viaName(ctx: Ctx): string | null {
  return ctx.acting && ctx.actor && ctx.actor.userId !== subjectOf(ctx).userId ? ctx.actor.name : null
}

/** A note as answered; one's own when the author's member is not given. */
export function noteOf(
  ctx: Ctx,
  row: Selectable<ClientNote>,
  memberId: string | null = subjectOf(ctx).memberId,
): Note {
  return {
    id: toPublicId('note', row.id),
    body: row.body,
    author: { id: memberId === null ? null : toPublicId('member', memberId), name: row.author_name },
    via: row.via_name,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    version: row.version,
    mine: row.author_user_id === ctx.subject?.userId,
  }
}
