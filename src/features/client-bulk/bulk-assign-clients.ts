import type { InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { bulkChange } from './bulk-change.ts'
import type { bulkAssignClients as contract, BulkOutcome } from './contract.ts'

/** Assigns people to the selection and takes people away (A17, A18): only clients and people the subject sees, 404 otherwise. */
export async function bulkAssignClients(ctx: Ctx, { body }: InputOf<typeof contract>): Promise<BulkOutcome> {
  const { selection, ...change } = body
  return bulkChange(ctx, { kind: 'assign', ...change }, selection)
}
