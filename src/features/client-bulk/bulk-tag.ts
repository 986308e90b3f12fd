import type { InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { bulkChange } from './bulk-change.ts'
import type { BulkOutcome, bulkTag as contract } from './contract.ts'

/** Adds labels to the selection and takes labels off. */
export async function bulkTag(ctx: Ctx, { body }: InputOf<typeof contract>): Promise<BulkOutcome> {
  const { selection, add, remove } = body
  return bulkChange(ctx, { kind: 'tag', add, remove }, selection)
}
