import type { InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { Refusal, notFound } from '../../server/refusal.ts'
import { lockOpenClient, touchClient } from '../client-record/public.ts'
import type * as contract from './contract.ts'
import { readProject, type ProjectAnswer } from './project-rows.ts'
import { siteOf } from './site-of.ts'
import { visibleProjects } from './visible-projects.ts'

/** Changes a project; 409 `version.stale` with the project as it is now. */
export async function updateProject(
  ctx: Ctx,
  { params, body }: InputOf<typeof contract.updateProject>,
): Promise<ProjectAnswer> {
  const known = await visibleProjects(ctx)
    .select('project.client_id')
    .where('project.id', '=', params.id)
    .executeTakeFirst()
  if (!known) throw notFound()
  await lockOpenClient(ctx, known.client_id)
  const before = await readProject(ctx, params.id)
  if (before.version !== body.version) throw new Refusal(409, 'version.stale', { data: { current: before } })
  await ctx.db
    .updateTable('project')
    .set({
      ...(body.name !== undefined && { name: body.name }),
      ...(body.siteUrl !== undefined && siteOf(body.siteUrl)),
      ...(body.description !== undefined && { description: body.description }),
      ...(body.state !== undefined && { state: body.state }),
      updated_at: ctx.nowIso,
      version: before.version + 1,
    })
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', params.id)
    .execute()
  const after = await readProject(ctx, params.id)
  ctx.audit({
    action:
      after.state === before.state
        ? 'project.updated'
        : after.state === 'archived'
          ? 'project.archived'
          : 'project.restored',
    clientId: known.client_id,
    entity: { kind: 'project', id: params.id, name: after.name },
    data: { changes: changesOf(before, after) },
  })
  await touchClient(ctx, known.client_id)
  return after
}

function changesOf(before: ProjectAnswer, after: ProjectAnswer): Record<string, unknown> {
  const fields = ['name', 'siteUrl', 'description'] as const
  return Object.fromEntries(
    fields.filter((f) => before[f] !== after[f]).map((f) => [f, [before[f], after[f]]]),
  )
}
