import type { InputOf } from '../../contract/endpoint.ts'
import { subjectOf, type Ctx } from '../../server/context.ts'
import { newId } from '../../server/ids.ts'
import { lockOpenClient, touchClient } from '../client-record/public.ts'
import type * as contract from './contract.ts'
import { readProject, type ProjectAnswer } from './project-rows.ts'
import { siteOf } from './site-of.ts'

/** Adds a project to a client in sight (C9, C20); 409 `client.archived`. */
export async function createProject(
  ctx: Ctx,
  { body }: InputOf<typeof contract.createProject>,
): Promise<ProjectAnswer> {
  const client = await lockOpenClient(ctx, body.clientId)
  const author = subjectOf(ctx)
  const id = newId()
  await ctx.db
    .insertInto('project')
    .values({
      agency_id: ctx.agencyId,
      id,
      client_id: client.id,
      name: body.name,
      ...siteOf(body.siteUrl ?? null),
      description: body.description ?? null,
      created_by: author.userId,
      created_by_name: author.name,
      created_at: ctx.nowIso,
      updated_at: ctx.nowIso,
    })
    .execute()
  ctx.audit({
    action: 'project.created',
    clientId: client.id,
    entity: { kind: 'project', id, name: body.name },
    data: { siteUrl: body.siteUrl ?? null },
  })
  await touchClient(ctx, client.id)
  return readProject(ctx, id)
}
