import type { AnswerOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { catalogueNow } from './catalogue.ts'
import { changesOf } from './changes-of.ts'
import type { CatalogueContent } from './contract.ts'
import type { listPlanEditions as contract } from './contract.ts'
import { editionOf, editions } from './editions.ts'

/** Published editions, newest first, each with what it changed in the one before. */
export async function listPlanEditions(ctx: Ctx): Promise<AnswerOf<typeof contract>> {
  const rows = await editions(ctx).execute()
  const { version } = await catalogueNow(ctx)
  return {
    data: rows.map((row, i) => ({
      ...editionOf(row),
      current: row.version === version,
      changes: rows[i + 1]
        ? changesOf(rows[i + 1]!.content as CatalogueContent, row.content as CatalogueContent)
        : [],
    })),
  }
}
