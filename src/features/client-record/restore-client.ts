import type { InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import type * as contract from './contract.ts'
import type { ClientRecord } from './read-client.ts'
import { setArchived } from './set-archived.ts'

/** Takes a client out of the archive; it is active again. */
export async function restoreClient(
  ctx: Ctx,
  { params }: InputOf<typeof contract.restoreClient>,
): Promise<ClientRecord> {
  return setArchived(ctx, params.id, false)
}
