import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { clientRowAnswer } from './client-rows.ts'
import type * as contract from './contract.ts'
import { countClients } from './count-clients.ts'
import { readClients } from './read-clients.ts'

/** The clients the subject sees (A2, A10, A21, A22), searched, filtered and sorted; archived ones only when asked for. */
export async function listClients(
  ctx: Ctx,
  { query }: InputOf<typeof contract.listClients>,
): Promise<AnswerOf<typeof contract.listClients>> {
  const { limit, cursor, sort, total, ...filter } = query
  const page = await readClients(ctx, { filter, sort, cursor, limit })
  return {
    data: page.rows.map((r) => clientRowAnswer(ctx, r)),
    nextCursor: page.nextCursor,
    ...(total && {
      total:
        cursor === undefined && page.nextCursor === null ? page.rows.length : await countClients(ctx, filter),
    }),
  }
}
