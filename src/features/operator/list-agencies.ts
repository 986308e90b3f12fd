import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import type { Ctx } from '../../server/context.ts'
import type { listAgencies as contract } from './contract.ts'

type Row = {
  agency_id: string
  name: string
  slug: string
  kind: 'agency' | 'advertiser'
  mode: 'simple' | 'intermediate' | 'full'
  state: 'active' | 'disabled'
  is_sample: boolean
  members: number
  clients: number
  created_at: string
}

/** Agencies by name or address. Reads past the tenants' walls, with counts only: the operator runs the house, not its clients. */
export async function listAgencies(
  ctx: Ctx,
  { query }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  const pattern = query.q?.trim() ? `%${query.q.trim().replaceAll(/[\\%_]/g, '\\$&')}%` : null
  const { rows } = await ctx.app.database.owner.query<Row>(
    `select a.*, (select count(*)::int from member m where m.agency_id = a.agency_id) as members,
       (select count(*)::int from client c where c.agency_id = a.agency_id) as clients
     from agency a where a.kind <> 'operator' and ($1::uuid is null or a.agency_id < $1)
       and ($2::text is null or search_key(a.name || ' ' || a.slug) like search_key($2))
     order by a.agency_id desc limit $3`,
    [query.cursor ?? null, pattern, query.limit + 1],
  )
  const data = rows.slice(0, query.limit)
  return {
    data: data.map((a) => ({
      id: toPublicId('agency', a.agency_id),
      name: a.name,
      slug: a.slug,
      kind: a.kind,
      mode: a.mode,
      state: a.state,
      isSample: a.is_sample,
      members: a.members,
      clients: a.clients,
      createdAt: a.created_at,
    })),
    nextCursor: rows.length > query.limit ? toPublicId('agency', data.at(-1)!.agency_id) : null,
  }
}
