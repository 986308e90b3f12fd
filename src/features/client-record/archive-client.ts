import type { InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import type * as contract from './contract.ts'
import type { ClientRecord } from './read-client.ts'
import { setArchived } from './set-archived.ts'

/** Puts a client away, kept whole with its assignments; archiving twice changes nothing. */
export async function archiveClient(
  ctx: Ctx,
  { params }: InputOf<typeof contract.archiveClient>,
): Promise<ClientRecord> {
  return setArchived(ctx, params.id, true)
}
