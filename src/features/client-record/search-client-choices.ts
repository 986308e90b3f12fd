import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import type { ClientStatus } from '../../contract/client-fields.ts'
import { memberOf, type Ctx } from '../../server/context.ts'
import { visibleClientCondition } from '../access/public.ts'
import type * as contract from './contract.ts'

type Row = { id: string; name: string; website: string | null; city: string | null; status: ClientStatus }

/**
 * Clients in sight for a field that suggests while one types. Nothing typed: the last active ones. One or two
 * letters: names that begin so. More: the text anywhere in name, site, town, sector or address, names that
 * begin so first; and when that finds none, what resembles it (a typo forgiven).
 */
export async function searchClientChoices(ctx: Ctx, { query }: InputOf<typeof contract.searchClientChoices>): Promise<AnswerOf<typeof contract.searchClientChoices>> {
  const typed = query.q.trim()
  const choose = (how: How) => run(ctx, how, typed, query.limit, query.archived)
  let rows = await choose(typed === '' ? 'recent' : [...typed].length < 3 ? 'beginning' : 'containing')
  if (rows.length === 0 && [...typed].length >= 3) rows = await choose('resembling')
  return { data: rows.map((r) => ({ id: toPublicId('client', r.id), name: r.name, website: r.website, city: r.city, status: r.status })) }
}

type How = keyof typeof ways

// $1 tenant, $2 typed text, $3 limit, $4 archived too, $5 viewer (absent for an owner).
// The index by name starts at the prefix; what begins otherwise is dropped, whatever the database's collation.
const ways = {
  recent: { where: `$2::text = ''`, order: `c.last_activity_at desc, c.id desc` },
  beginning: { where: `c.name_key >= search_key($2) and starts_with(c.name_key, search_key($2))`, order: `c.name_key, c.id` },
  containing: {
    where: `c.search_text like '%' || replace(replace(replace(search_key($2), '\\', '\\\\'), '%', '\\%'), '_', '\\_') || '%'`,
    order: `starts_with(c.name_key, search_key($2)) desc, position(search_key($2) in c.name_key) = 0, c.name_key, c.id`,
  },
  resembling: { where: `c.search_text %> search_key($2)`, order: `word_similarity(search_key($2), c.search_text) desc, c.name_key, c.id` },
} as const

async function run(ctx: Ctx, how: How, typed: string, limit: number, archived: boolean): Promise<Row[]> {
  const viewer = memberOf(ctx)
  const isOwner = viewer.role === 'owner'
  const text = `select c.id, c.name, c.website, c.city, c.status from client c
    where c.agency_id = $1 and (c.status <> 'archived' or $4) and ${ways[how].where} and ${visibleClientCondition(viewer, 'c', '$1', '$5')}
    order by ${ways[how].order} limit $3`
  const values = [ctx.agencyId, typed, limit, archived, ...(isOwner ? [] : [viewer.memberId])]
  return ctx.tx.query<Row>(`client_choices_${how}_${isOwner ? 'owner' : 'member'}`, text, values)
}
