import { sql } from 'kysely'
import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { cursorId, decodeCursor, encodeCursor } from '../../server/page-cursor.ts'
import type * as contract from './contract.ts'
import { projectAnswer, projectRows, readProject, type ProjectAnswer } from './project-rows.ts'

/** Totals are exact up to here; one more stands for "more". */
const countedUpTo = 10_000

/** Projects in sight by name, page by page. */
export async function listProjects(
  ctx: Ctx,
  { query }: InputOf<typeof contract.listProjects>,
): Promise<AnswerOf<typeof contract.listProjects>> {
  const [name, last] = decodeCursor(query.cursor, 2) ?? []
  const id = cursorId(last)
  let matching = projectRows(ctx)
  if (query.client) matching = matching.where('project.client_id', '=', query.client)
  if (query.state) matching = matching.where('project.state', '=', query.state)
  if (query.campaign)
    matching = matching.where(
      sql<boolean>`exists (select from campaign_project cp where cp.agency_id = ${ctx.agencyId}
        and cp.campaign_id = ${query.campaign} and cp.project_id = project.id)`,
    )
  // `case` keeps the planner from believing that few match: it walks the list's order, and stops at a page.
  if (query.q?.trim())
    matching = matching.where(
      sql<boolean>`case when (project.search_text || ' ' || client.name_key) like all (array(select unnest(search_patterns(${query.q}))))
          then true else false end`,
    )
  const rows = await matching
    .$if(id !== undefined, (q) =>
      q.where(sql<boolean>`(project.name_key, project.id) > (${name}, ${id}::uuid)`),
    )
    .orderBy('project.name_key')
    .orderBy('project.id')
    .limit(query.limit + 1)
    .execute()
  const data = rows.slice(0, query.limit)
  const end = rows.length > query.limit ? data.at(-1) : undefined
  const total = query.total
    ? await ctx.db
        .selectFrom(
          matching
            .clearSelect()
            .select('project.id')
            .limit(countedUpTo + 1)
            .as('counted'),
        )
        .select(sql<number>`count(*)::int`.as('n'))
        .executeTakeFirstOrThrow()
    : undefined
  return {
    data: data.map((r) => projectAnswer(ctx, r)),
    nextCursor: end ? encodeCursor([end.name_key, end.id]) : null,
    ...(total && { total: total.n }),
  }
}

/** One project: 404 outside the caller's sight. */
export async function getProject(
  ctx: Ctx,
  { params }: InputOf<typeof contract.getProject>,
): Promise<ProjectAnswer> {
  return readProject(ctx, params.id)
}
