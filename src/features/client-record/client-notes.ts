import type { Selectable } from 'kysely'
import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { fromPublicId, toPublicId } from '../../contract/ids.ts'
import { subjectOf, type Ctx } from '../../server/context.ts'
import { newId } from '../../server/ids.ts'
import { Refusal, invalid, notFound } from '../../server/refusal.ts'
import type { ClientNote } from '../../server/schema.gen.ts'
import { visibleClients } from '../access/public.ts'
import type * as contract from './contract.ts'
import { purgeDeletedNote } from './jobs.ts'
import { lockClient, touchClient } from './lock-client.ts'

type Note = AnswerOf<typeof contract.createClientNote>

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
  await record(ctx, 'note.created', row, client.name)
  return noteOf(ctx, row)
}

/** Changes a note of one's own; 409 `version.stale` with the note as it is now. */
export async function updateClientNote(
  ctx: Ctx,
  { params, body }: InputOf<typeof contract.updateClientNote>,
): Promise<Note> {
  const { client, note } = await ownNote(ctx, params, false)
  if (note.version !== body.version)
    throw new Refusal(409, 'version.stale', { data: { current: noteOf(ctx, note) } })
  if (note.body === body.body) return noteOf(ctx, note)
  const row = await change(ctx, note, {
    body: body.body,
    via_name: viaName(ctx) ?? note.via_name,
    updated_at: ctx.nowIso,
    version: note.version + 1,
  })
  await record(ctx, 'note.updated', row, client.name)
  return noteOf(ctx, row)
}

/** Deletes a note of one's own: out of sight at once, gone for good an hour later. */
export async function deleteClientNote(
  ctx: Ctx,
  { params }: InputOf<typeof contract.deleteClientNote>,
): Promise<Record<string, never>> {
  const { client, note } = await ownNote(ctx, params, false)
  const row = await change(ctx, note, { deleted_at: ctx.nowIso })
  await ctx.enqueue(
    purgeDeletedNote,
    { id: note.id },
    { runAt: ctx.now.add({ hours: 1 }), key: `purge-note:${note.id}` },
  )
  await record(ctx, 'note.deleted', row, client.name)
  return {}
}

/** Takes a deletion back while the note still exists; restoring a kept note changes nothing. */
export async function restoreClientNote(
  ctx: Ctx,
  { params }: InputOf<typeof contract.restoreClientNote>,
): Promise<Note> {
  const { client, note } = await ownNote(ctx, params, true)
  if (note.deleted_at === null) return noteOf(ctx, note)
  const row = await change(ctx, note, { deleted_at: null })
  await record(ctx, 'note.restored', row, client.name)
  return noteOf(ctx, row)
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

/** The note and its client; 403 `note.not_yours` for somebody else's, whatever the role. */
async function ownNote(ctx: Ctx, params: { id: string; noteId: string }, deletedToo: boolean) {
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

function change(
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
async function record(
  ctx: Ctx,
  action: `note.${string}`,
  row: Selectable<ClientNote>,
  clientName: string,
): Promise<void> {
  ctx.audit({ action, clientId: row.client_id, entity: { kind: 'note', id: row.id, name: clientName } })
  await touchClient(ctx, row.client_id)
}

function viaName(ctx: Ctx): string | null {
  return ctx.acting && ctx.actor && ctx.actor.userId !== subjectOf(ctx).userId ? ctx.actor.name : null
}

/** A note as answered; one's own when the author's member is not given. */
function noteOf(
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
