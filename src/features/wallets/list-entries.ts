import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { cursorInstant, decodeCursor, encodeCursor } from '../../server/page-cursor.ts'
import { invalid } from '../../server/refusal.ts'
import type { listEntries as contract } from './contract.ts'
import { findEntries, type EntryPlace } from './find-entries.ts'
import { visibleWallet } from './visible-wallet.ts'

/** A page of a wallet's statement, newest first; 404 when the wallet is out of sight. */
export async function listEntries(
  ctx: Ctx,
  { params, query }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  const wallet = await visibleWallet(ctx, params.id)
  const rows = await findEntries(ctx, wallet, query, { limit: query.limit + 1, place: placeOf(query.cursor) })
  const data = rows.slice(0, query.limit)
  const last = data.at(-1)
  return {
    data,
    nextCursor: last && rows.length > query.limit ? encodeCursor([last.occurredAt, last.number]) : null,
  }
}

function placeOf(cursor: string | undefined): EntryPlace | undefined {
  const [at, number] = decodeCursor(cursor, 2) ?? []
  if (at === undefined || number === undefined) return undefined
  if (!/^\d{1,15}$/.test(number)) throw invalid({ cursor: 'field.invalid' })
  return [cursorInstant(at)!, number]
}
