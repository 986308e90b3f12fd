import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { readCursor, writeCursor } from '../../server/cursor.ts'
import { operatorId } from '../../server/ids.ts'
import { cursorId } from '../../server/page-cursor.ts'
import { invalid } from '../../server/refusal.ts'
import { newStatement } from '../../server/statement.ts'
import { wordsOf } from '../catalogue/public.ts'
import type { countOperatorItems as count, listOperatorItems as contract } from './contract.ts'
import { operatorColumns, operatorItemAnswer, withDraft, type OperatorRow } from './operator-items.ts'

const sorts: Record<string, { key: string; descending: boolean }> = {
  '-createdAt': { key: 'i.id', descending: true },
  name: { key: 'i.name_key', descending: false },
  '-name': { key: 'i.name_key', descending: true },
  price: { key: 'i.price', descending: false },
  '-price': { key: 'i.price', descending: true },
}

/** Items of every state; sorted and filtered by what is on sale, shown with their draft. */
export async function listOperatorItems(
  ctx: Ctx,
  { query }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  const by = query.sort === undefined || query.sort === '' ? '-createdAt' : query.sort
  const sort = sorts[by]
  if (!sort) throw invalid({ sort: 'field.choice' })
  const s = newStatement(ctx)
  const where = ['i.agency_id = $1']
  for (const word of wordsOf(query.q))
    where.push(`i.search_text like '%' || like_pattern(search_key(${s.add(word, 'text')})) || '%'`)
  for (const field of ['state', 'kind', 'theme'] as const)
    if (query[field]) where.push(`i.${field} = any (${s.add(query[field], 'text[]')})`)
  if (query.pending) where.push('i.draft_number is not null')
  const filters = [...where]
  const counted = [...s.values]
  if (query.cursor !== undefined) {
    const id = s.add(cursorId(String(readCursor(query.cursor, by, 2)[1])), 'uuid')
    where.push(
      `(${sort.key}, i.id) ${sort.descending ? '<' : '>'} ((select ${sort.key} from catalogue_item i where i.agency_id = '${operatorId}' and i.id = ${id}), ${id})`,
    )
  }
  const direction = sort.descending ? 'desc' : 'asc'
  const { rows } = await ctx.tx.client.query<OperatorRow>({
    text: `select ${operatorColumns} from ${withDraft} where ${where.join(' and ')}
      order by ${sort.key} ${direction}, i.id ${direction} limit ${s.add(query.limit + 1, 'integer')}`,
    values: s.values,
  })
  const data = rows.slice(0, query.limit)
  let total: number | undefined
  if (query.total) {
    const found = await ctx.tx.client.query<{ n: number }>({
      text: `select count(*)::int as n from (select from catalogue_item i where ${filters.join(' and ')} limit 10001) x`,
      values: counted,
    })
    total = found.rows[0]!.n
  }
  return {
    data: data.map((r) => operatorItemAnswer(ctx, r)),
    nextCursor: rows.length > query.limit ? writeCursor([by, data.at(-1)!.id]) : null,
    ...(total !== undefined && { total }),
  }
}

/** How many there are of each state. */
export async function countOperatorItems(ctx: Ctx): Promise<AnswerOf<typeof count>> {
  const [row] = await ctx.tx.query<AnswerOf<typeof count>>(
    'catalogue_counts',
    `select count(*)::int as "all", (count(*) filter (where state = 'published'))::int as published,
       (count(*) filter (where state = 'draft'))::int as draft, (count(*) filter (where draft_number is not null))::int as pending,
       (count(*) filter (where state = 'retired'))::int as retired
     from catalogue_item where agency_id = $1`,
    [operatorId],
  )
  return row!
}
