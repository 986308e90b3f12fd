import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import type { Ctx } from '../../server/context.ts'
import { newStatement } from '../../server/statement.ts'
import { clientConditions, viewerFor } from './client-conditions.ts'
import type { listClientValues as contract } from './contract.ts'

type Field = InputOf<typeof contract>['params']['field']

/** How many values a filter offers at once; typing finds the others. */
const offered = 100

const plain = (column: string) => ({ from: '', value: `c.${column}`, label: `c.${column}` })
const person = (join: string) => ({
  from: `${join} join realm_user u on u.agency_id = $1 and u.id = m.user_id`,
  value: 'm.id::text',
  label: 'u.name',
})

const fields: Record<Field, { from: string; value: string; label: string }> = {
  tag: { from: 'cross join unnest(c.tags) as t(tag)', value: 't.tag', label: 't.tag' },
  city: plain('city'),
  sector: plain('sector'),
  assignee: person(
    'join assignment a on a.agency_id = $1 and a.client_id = c.id join member m on m.agency_id = $1 and m.id = a.member_id',
  ),
  home: person('join member m on m.agency_id = $1 and m.id = c.home_id'),
}

/** Values of a field over the clients the subject sees, archived ones included, the most frequent first. */
export async function listClientValues(
  ctx: Ctx,
  { params, query }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  const isInternal = params.field === 'tag' || params.field === 'home'
  if (isInternal && !ctx.may('clients.internals')) return { data: [] }
  const s = newStatement(ctx)
  const where = clientConditions(
    ctx,
    await viewerFor(ctx, 'count'),
    { status: ['active', 'paused', 'archived'] },
    s,
  )
  const { from, value, label } = fields[params.field]
  if (query.q)
    where.push(`search_key(${label}) like '%' || like_pattern(search_key(${s.add(query.q, 'text')})) || '%'`)
  const rows = await ctx.tx.client.query({
    text: `select ${value} as value, ${label} as label, count(*)::int as count from client c ${from}
      where ${where.join(' and ')} and ${value} is not null group by 1, 2 order by 3 desc, 2 limit ${offered}`,
    values: [...s.values],
  })
  const isPerson = params.field === 'assignee' || params.field === 'home'
  return {
    data: (rows.rows as { value: string; label: string; count: number }[]).map((r) => ({
      ...r,
      value: isPerson ? toPublicId('member', r.value) : r.value,
    })),
  }
}
