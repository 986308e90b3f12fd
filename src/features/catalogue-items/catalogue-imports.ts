import { agencyOf, type Ctx } from '../../server/context.ts'
import { importDoor, type ReadyRow, type RowOutcome } from '../imports/public.ts'
import { checkItem, itemWords, type ItemWords, type ParsedItem } from './check-item.ts'
import type { CatalogueImportField } from './contract.ts'
import { saveItems, type ItemValues } from './save-items.ts'

/** Titles as files of link platforms write them, without accents, case or punctuation. */
export const itemTitles: Record<CatalogueImportField, readonly string[]> = {
  reference: ['reference', 'ref', 'sku', 'id', 'code', 'referencia', '编号'],
  kind: ['type', 'kind', 'type d article', 'nature', 'tipo', '类型'],
  name: ['nom', 'titre', 'name', 'title', 'article', 'intitule', 'nombre', '名称'],
  site: ['site', 'domaine', 'domain', 'url', 'site web', 'website', 'sitio', '网站'],
  theme: ['theme', 'thematique', 'categorie', 'category', 'topic', 'tema', '主题'],
  language: ['langue', 'language', 'lang', 'idioma', '语言'],
  country: ['pays', 'country', 'code pays', 'pais', '国家'],
  trust: ['trust', 'trust flow', 'tf', 'confiance', 'confianza', '信任度'],
  citation: ['citation', 'citation flow', 'cf', 'citacion', '引用度'],
  traffic: ['trafic', 'traffic', 'visites', 'visites par mois', 'visits', 'visitas', '每月访问量'],
  delayDays: [
    'delai',
    'delai en jours',
    'delai jours',
    'delay',
    'delay days',
    'lead time',
    'plazo',
    '交付天数',
  ],
  price: ['prix', 'prix d achat', 'prix ht', 'tarif', 'price', 'wholesale price', 'precio', '批发价'],
  description: ['description', 'details', 'remarques', 'descripcion', '说明'],
}

let words: ItemWords | undefined

/** Imports of catalogue items: known by their reference, written as drafts. */
export const catalogueDoor = importDoor({
  kind: 'catalogue',
  works: { read: 'catalogue.read', check: 'catalogue.check', run: 'catalogue.run' },
  outcome: { field: 'itemId', kind: 'catalogueItem' },
  titles: itemTitles,
  required: [
    { field: 'reference', refusal: 'catalogue.import.reference_column' },
    { field: 'name', refusal: 'catalogue.import.name_column' },
  ],
  // oxlint-disable-next-line typescript/require-await -- the door's shape: other kinds ask the database
  async check(ctx, rows, mapping) {
    words ??= itemWords(ctx.app.texts)
    const known = words
    const { currency } = agencyOf(ctx)
    return rows.map((r) => ({ number: r.number, ...checkItem(r.cells, mapping, currency, known) }))
  },
  keySql: `parsed->>'reference'`,
  twice: 'catalogue.fault.twice',
  write: (ctx, _importId, rows, updateExisting) =>
    writeItems(ctx, rows as unknown as ReadyRow<ParsedItem & { reference: string }>[], updateExisting),
  finished: () => undefined,
})

async function writeItems(
  ctx: Ctx,
  rows: readonly ReadyRow<ParsedItem & { reference: string }>[],
  updateExisting: boolean,
): Promise<RowOutcome[]> {
  const known = updateExisting ? new Map<string, string>() : await knownIds(ctx, rows)
  const wanted = rows.filter((r) => !known.has(r.parsed.reference))
  const saved = await saveItems(
    ctx,
    wanted.map(({ parsed: { reference, ...values } }) => ({
      reference,
      values: values as Partial<ItemValues>,
    })),
  )
  const left = rows.flatMap((r): RowOutcome[] => {
    const id = known.get(r.parsed.reference)
    return id === undefined ? [] : [{ number: r.number, state: 'unchanged', id }]
  })
  return [
    ...left,
    ...saved.flatMap((outcome, i) => (outcome ? [{ number: wanted[i]!.number, ...outcome }] : [])),
  ]
}

async function knownIds(
  ctx: Ctx,
  rows: readonly ReadyRow<{ reference: string }>[],
): Promise<Map<string, string>> {
  const found = await ctx.db
    .selectFrom('catalogue_item')
    .select(['id', 'reference'])
    .where('agency_id', '=', ctx.agencyId)
    .where(
      'reference',
      'in',
      rows.map((r) => r.parsed.reference),
    )
    .execute()
  return new Map(found.map((f) => [f.reference, f.id]))
}
