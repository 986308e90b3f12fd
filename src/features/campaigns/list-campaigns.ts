import { sql } from 'kysely'
import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { cursorId, decodeCursor, encodeCursor } from '../../server/page-cursor.ts'
import { invalid } from '../../server/refusal.ts'
import { campaignAnswer, campaignRows, phaseOf, readCampaign, type CampaignAnswer } from './campaign-rows.ts'
import type * as contract from './contract.ts'

/** Totals are exact up to here; one more stands for "more". */
const countedUpTo = 10_000

/** Campaigns in sight, sorted, page by page: all of a client's together when asked for one client (A4). */
export async function listCampaigns(
  ctx: Ctx,
  { query }: InputOf<typeof contract.listCampaigns>,
): Promise<AnswerOf<typeof contract.listCampaigns>> {
  const byName = query.sort.endsWith('name')
  const column = byName ? ('campaign.name_key' as const) : ('campaign.starts_on' as const)
  const direction = query.sort.startsWith('-') ? 'desc' : 'asc'
  const [key, last] = decodeCursor(query.cursor, 2) ?? []
  const id = cursorId(last)
  if (!byName && key !== undefined && !/^\d{4}-\d\d-\d\d$/.test(key))
    throw invalid({ cursor: 'field.invalid' })
  let matching = campaignRows(ctx)
  if (query.client) matching = matching.where('campaign.client_id', '=', query.client)
  if (query.project)
    matching = matching.where(
      sql<boolean>`exists (select from campaign_project cp where cp.agency_id = ${ctx.agencyId}
        and cp.project_id = ${query.project} and cp.campaign_id = campaign.id)`,
    )
  if (query.phase) matching = matching.where(phaseOf(ctx), '=', query.phase)
  // `case` keeps the planner from believing that few match: it walks the list's order, and stops at a page.
  if (query.q?.trim())
    matching = matching.where(
      sql<boolean>`case when (campaign.search_text || ' ' || client.name_key) like all (array(select unnest(search_patterns(${query.q}))))
          then true else false end`,
    )
  const rows = await matching
    .$if(id !== undefined, (q) =>
      q.where(
        sql<boolean>`(${sql.ref(column)}, campaign.id) ${sql.raw(direction === 'desc' ? '<' : '>')}
          (${key}::${sql.raw(byName ? 'text' : 'date')}, ${id}::uuid)`,
      ),
    )
    .orderBy(column, direction)
    .orderBy('campaign.id', direction)
    .limit(query.limit + 1)
    .execute()
  const data = rows.slice(0, query.limit)
  const end = rows.length > query.limit ? data.at(-1) : undefined
  const total = query.total
    ? await ctx.db
        .selectFrom(
          matching
            .clearSelect()
            .select('campaign.id')
            .limit(countedUpTo + 1)
            .as('counted'),
        )
        .select(sql<number>`count(*)::int`.as('n'))
        .executeTakeFirstOrThrow()
    : undefined
  return {
    data: data.map((r) => campaignAnswer(ctx, r)),
    nextCursor: end ? encodeCursor([byName ? end.name_key : end.starts_on, end.id]) : null,
    ...(total && { total: total.n }),
  }
}

/** One campaign: 404 outside the caller's sight. */
export async function getCampaign(
  ctx: Ctx,
  { params }: InputOf<typeof contract.getCampaign>,
): Promise<CampaignAnswer> {
  return readCampaign(ctx, params.id)
}
