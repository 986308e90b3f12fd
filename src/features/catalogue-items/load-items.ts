import type { Ctx } from '../../server/context.ts'
import { guessMapping, readCsvPart } from '../imports/public.ts'
import { catalogueDoor, itemTitles } from './catalogue-imports.ts'
import { publishDrafts, saveItems, type ItemValues } from './save-items.ts'
import type { ParsedItem } from './check-item.ts'

/**
 * Reads a whole UTF-8 file of items (semicolons, titles first), checks it as an import would and puts all of it on
 * sale: what an installation ships with. Fails on the first row that an import would refuse. In the operator's tenant.
 */
export async function loadItems(ctx: Ctx, csv: string): Promise<number> {
  const read = readCsvPart(
    Buffer.from(csv),
    { chunk: 0, bytes: '', text: '', line: 0 },
    { encoding: 'utf-8', delimiter: ';', last: true },
  )
  if ('fault' in read) throw new Error(`line ${read.line}: ${read.fault}`)
  const [titles, ...rows] = read.rows
  const mapping = guessMapping(titles?.cells ?? [], itemTitles)
  const checked = await catalogueDoor.check(ctx, rows, mapping)
  for (const row of checked) {
    const fault = row.issues.find((i) => i.severity === 'fault')
    if (fault) throw new Error(`line ${row.number}: ${fault.code} ${JSON.stringify(fault.values)}`)
  }
  const saved = await saveItems(
    ctx,
    checked.map((row) => {
      const { reference = '', ...values } = row.parsed as ParsedItem
      return { reference, values: values as Partial<ItemValues> }
    }),
  )
  await publishDrafts(ctx, 'all')
  return saved.length
}
