import { z } from 'zod'
import type { Ctx } from '../../server/context.ts'
import { countClients, readClients } from '../clients/public.ts'
import type { ClientFilter } from '../clients/contract.ts'
import { longWork } from '../long-jobs/public.ts'
import { exportFormats } from './contract.ts'
import { byteOrderMark, csvLines } from './csv-file.ts'
import { exportRows, exportTitles } from './export-columns.ts'
import { xlsxRows } from './xlsx-file.ts'

const rowsPerPart = 500

const input = z.object({
  format: z.enum(exportFormats),
  filter: z.custom<ClientFilter>(),
  only: z.array(z.string()).nullable(),
  sort: z.string().optional(),
})
type Input = z.output<typeof input>
type Cursor = { position: number; cursor: string }

/** Writes an export part by part, in the sight of whoever asked; one resumed writes the part it was at again. */
export const exportWork = longWork<Input, Cursor>({
  kind: 'clients.export',
  input,
  count: (ctx, { filter, only }) =>
    only ? Promise.resolve(only.length) : countClients(ctx, filter, 10_000_000),
  async batch(ctx, given, from, jobId) {
    const page = await readClients(ctx, {
      filter: given.filter,
      only: given.only,
      sort: given.sort,
      cursor: from?.cursor,
      limit: rowsPerPart,
    })
    const rows = await exportRows(
      ctx,
      page.rows.map((r) => r.id),
    )
    const position = from?.position ?? 0
    await keepPart(
      ctx,
      jobId,
      position,
      (from ? '' : titles(ctx, given)) +
        (given.format === 'csv' ? csvLines(rows, ctx.locale) : xlsxRows(rows, position * rowsPerPart + 2)),
    )
    return {
      done: rows.length,
      next: page.nextCursor === null ? undefined : { position: position + 1, cursor: page.nextCursor },
      result: { format: given.format },
    }
  },
})

function titles(ctx: Ctx, { format }: Input): string {
  return format === 'csv'
    ? byteOrderMark + csvLines([exportTitles(ctx)], ctx.locale)
    : xlsxRows([exportTitles(ctx)], 1)
}

async function keepPart(ctx: Ctx, jobId: string, position: number, content: string): Promise<void> {
  await ctx.db
    .insertInto('export_part')
    .values({ agency_id: ctx.agencyId, job_id: jobId, position, content })
    .execute()
}
