import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import type { ClientStatus } from '../../contract/client-fields.ts'
import type { Ctx } from '../../server/context.ts'
import { sightOf, visibleClientCondition, type Viewer } from '../access/public.ts'
import type * as contract from './contract.ts'

type Row = { id: string; name: string; website: string | null; city: string | null; status: ClientStatus }

/** From how many letters the search by any part is worth it. */
const searchedFrom = 3
/** More matches than this are not ranked: names that begin so are enough to go on typing. */
const most = 2000

/**
 * Clients in sight for a field that suggests while one types. Nothing typed: the last active ones. Else names
 * that begin so; when they don't fill the list, the text anywhere in name, site, town, sector or address, a
 * typo forgiven, best first.
 */
export async function searchClientChoices(
  ctx: Ctx,
  { query }: InputOf<typeof contract.searchClientChoices>,
): Promise<AnswerOf<typeof contract.searchClientChoices>> {
  const typed = query.q.trim()
  const viewer = await sightOf(ctx)
  const choose = (how: How) => run(ctx, viewer, how, [typed, query.limit, query.archived])
  const begun = await choose(typed === '' ? 'recent' : 'beginning')
  const enough = begun.length >= query.limit || [...typed].length < searchedFrom || typed === ''
  const found = enough ? begun : await choose('matching')
  const rows = found.length >= begun.length ? found : begun
  return {
    data: rows.map((r) => ({
      id: toPublicId('client', r.id),
      name: r.name,
      website: r.website,
      city: r.city,
      status: r.status,
    })),
  }
}

type How = keyof typeof ways

// $1 tenant, $2 typed text, $3 limit, $4 archived too, $5 viewer (absent for an owner).
// The index by name starts at the prefix; what begins otherwise is dropped, whatever the database's collation.
const ways = {
  recent: { from: `client c`, where: `$2::text = ''`, order: `c.last_activity_at desc, c.id desc` },
  beginning: {
    from: `client c`,
    where: `c.name_key >= search_key($2) and starts_with(c.name_key, search_key($2))`,
    order: `c.name_key, c.id`,
  },
  matching: {
    from: `(select unnest(s.ids) as id, unnest(s.ranks) as rank from search_clients($2, ${most}) s) hit join client c on c.id = hit.id`,
    where: `true`,
    order: `hit.rank, c.name_key, c.id`,
  },
} as const

async function run(
  ctx: Ctx,
  viewer: Viewer,
  how: How,
  [typed, limit, archived]: [string, number, boolean],
): Promise<Row[]> {
  // Few rows found by their id are asked one by one; a walk along an index takes the measured shape.
  const seen: Viewer = how === 'matching' && viewer.reach ? { ...viewer, reach: 'wide' } : viewer
  const { from, where, order } = ways[how]
  const text = `select c.id, c.name, c.website, c.city, c.status from ${from}
    where c.agency_id = $1 and (c.status <> 'archived' or $4) and ${where} and ${visibleClientCondition(seen, 'c', '$1', '$5')}
    order by ${order} limit $3`
  const values = [ctx.agencyId, typed, limit, archived, ...(viewer.role === 'owner' ? [] : [viewer.memberId])]
  return ctx.tx.query<Row>(
    `client_choices_${how}_${viewer.role === 'owner' ? 'owner' : seen.reach}`,
    text,
    values,
  )
}
