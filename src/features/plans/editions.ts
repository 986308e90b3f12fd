import type { Ctx } from '../../server/context.ts'
import { operatorId } from '../../server/ids.ts'
import { changesOf } from './changes-of.ts'
import type { CatalogueContent } from './contract.ts'

/** Published editions, newest first. */
export function editions(ctx: Ctx) {
  return ctx.db
    .selectFrom('plan_catalogue')
    .selectAll()
    .where('agency_id', '=', operatorId)
    .orderBy('version', 'desc')
}

/** The newest published edition; there always is one, since the first is shipped. */
export function newestEdition(ctx: Ctx) {
  return editions(ctx).limit(1).executeTakeFirstOrThrow()
}

/** An edition as the API answers it. */
export function editionOf(row: Awaited<ReturnType<typeof newestEdition>>) {
  return {
    version: row.version,
    appliesFrom: row.applies_from,
    publishedAt: row.published_at,
    publishedBy: row.published_by,
    note: row.note,
    content: row.content as CatalogueContent,
  }
}

/** The draft, or the newest edition as the draft one starts from. */
export async function draftOf(ctx: Ctx) {
  const newest = await newestEdition(ctx)
  const row = await ctx.db
    .selectFrom('plan_draft')
    .selectAll()
    .where('agency_id', '=', operatorId)
    .executeTakeFirst()
  const content = (row?.content ?? newest.content) as CatalogueContent
  return {
    updatedAt: row?.updated_at ?? null,
    updatedBy: row?.updated_by ?? null,
    version: row?.version ?? 0,
    content,
    changes: changesOf(newest.content as CatalogueContent, content),
  }
}
