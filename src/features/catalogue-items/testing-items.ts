import { operatorId } from '../../server/ids.ts'
import { runInTenant } from '../../server/run-in-tenant.ts'
import type { TestApp } from '../../server/testing.ts'
import { publishDrafts, saveItems, type GivenItem } from './save-items.ts'

/** Puts items on sale straight through the use cases, for the tests of others; gives their bare ids in order. */
export function putOnSale(t: TestApp, items: readonly GivenItem[]): Promise<string[]> {
  return runInTenant(t.app, { agencyId: operatorId }, async (ctx) => {
    const saved = await saveItems(ctx, items)
    const ids = saved.map((s) => s!.id)
    await publishDrafts(ctx, ids)
    return ids
  })
}
