import type { InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { bulkChange } from './bulk-change.ts'
import type { BulkOutcome, bulkSetStatus as contract } from './contract.ts'

/** Archives, pauses or takes up again the selection; assignments stay as they are. */
export async function bulkSetStatus(ctx: Ctx, { body }: InputOf<typeof contract>): Promise<BulkOutcome> {
  return bulkChange(ctx, { kind: 'status', status: body.status }, body.selection)
}
