import { useMemo } from 'react'
import { keepPreviousData } from '@tanstack/react-query'
import { itemLanguages, itemThemes } from '../../../contract/catalogue-fields.ts'
import type { AnswerOf } from '../../../contract/endpoint.ts'
import { joinList, splitList } from '../../../contract/list-of.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { FilterBuilder, type FilterField } from '../../../web/kit/filter-builder.tsx'
import { useMe } from '../../../web/me.ts'
import { useEndpoint } from '../../../web/queries.ts'
import type { ListParams } from '../../saved-views/web/view-list.ts'
import { countCatalogueFacets } from '../contract.ts'
import { useLanguageName } from './item-words.tsx'

/** Bounds of the price filter, in whole units of the agency's currency. */
const prices: [number, number | null][] = [
  [0, 50],
  [50, 100],
  [100, 250],
  [250, 500],
  [500, 1_000],
  [1_000, null],
]
const trusts = [10, 20, 30, 40, 50, 60]
const citations = [10, 20, 30, 40, 50]
const traffics = [1_000, 10_000, 50_000, 100_000, 500_000]
const delays = [3, 5, 7, 10, 14]
const inMinor = (units: number | null) => (units === null ? undefined : String(units * 100))

/** Counts of the facets under the filters; the old ones stay while new ones are on the way. */
export function useFacets(filter: ListParams): AnswerOf<typeof countCatalogueFacets> | undefined {
  const { data } = useEndpoint(countCatalogueFacets, { query: filter as never }, {
    placeholderData: keepPreviousData,
  } as never)
  return data
}

/** Filters of the catalogue as chips; each value of a facet says how many items it would leave. */
export function CatalogueFilters({
  params,
  facets,
  onChange,
}: {
  params: ListParams
  facets: AnswerOf<typeof countCatalogueFacets> | undefined
  onChange: (change: Record<string, string | undefined>) => void
}) {
  const t = useT()
  const format = useFormat()
  const me = useMe()
  const languageName = useLanguageName()
  const currency = me?.agency?.currency ?? 'EUR'
  const money = (units: number) => format.moneyWhole({ amount: units * 100, currency })
  const counts = useMemo(() => {
    const of = (facet: 'theme' | 'language' | 'country') =>
      new Map((facets?.[facet] ?? []).map((f) => [f.value, f.count]))
    return { theme: of('theme'), language: of('language'), country: of('country') }
  }, [facets])
  const counted = (facet: keyof typeof counts, value: string, label: string) => {
    const n = counts[facet].get(value) ?? 0
    return {
      value,
      label: facets ? t('catalogue.filter.counted', { label, n }) : label,
      n,
    }
  }
  // What would leave nothing is left out, unless it is chosen.
  const worth = (facet: keyof typeof counts) => (o: { value: string; n: number }) =>
    !facets || o.n > 0 || splitList(params[facet] ?? '').includes(o.value)
  const atLeast = (id: string, name: string, steps: number[], label: (n: number) => string): FilterField => ({
    id,
    name,
    single: true,
    options: steps.map((n) => ({ value: String(n), label: label(n) })),
  })
  const from = (n: number) => t('catalogue.filter.from', { n })
  const fields: FilterField[] = [
    {
      id: 'theme',
      name: t('catalogue.column.theme'),
      pinned: true,
      options: itemThemes
        .map((v) => counted('theme', v, t(`catalogue.theme.${v}`)))
        .filter(worth('theme'))
        .toSorted((a, b) => a.label.localeCompare(b.label)),
    },
    {
      id: 'price',
      name: t('catalogue.column.retail'),
      pinned: true,
      single: true,
      options: prices.map(([low, high]) => ({
        value: `${low}-${high ?? ''}`,
        label:
          high === null
            ? t('catalogue.filter.priceFrom', { from: money(low) })
            : low === 0
              ? t('catalogue.filter.priceTo', { to: money(high) })
              : t('catalogue.filter.priceBetween', { from: money(low), to: money(high) }),
      })),
    },
    { ...atLeast('trustMin', t('catalogue.column.trust'), trusts, from), pinned: true },
    {
      id: 'language',
      name: t('catalogue.column.language'),
      options: itemLanguages
        .map((v) => counted('language', v, languageName(v)))
        .filter(worth('language'))
        .toSorted((a, b) => b.n - a.n),
    },
    {
      id: 'country',
      name: t('catalogue.column.country'),
      options: [...new Set([...counts.country.keys(), ...splitList(params['country'] ?? '')])]
        .map((v) => counted('country', v, format.country(v)))
        .filter(worth('country'))
        .toSorted((a, b) => b.n - a.n),
    },
    atLeast('citationMin', t('catalogue.column.citation'), citations, from),
    atLeast('trafficMin', t('catalogue.column.traffic'), traffics, (n) =>
      t('catalogue.filter.traffic', { n }),
    ),
    atLeast('delayMax', t('catalogue.column.delay'), delays, (n) => t('catalogue.filter.delay', { n })),
  ]
  const price = prices.find(
    ([low, high]) =>
      (params['priceMin'] ?? '0') === (inMinor(low) ?? '0') && params['priceMax'] === inMinor(high),
  )
  const priced = params['priceMin'] !== undefined || params['priceMax'] !== undefined
  const chosen = Object.fromEntries(
    fields.map((f) => [
      f.id,
      f.single ? [params[f.id]].filter((v) => v !== undefined) : splitList(params[f.id] ?? ''),
    ]),
  )
  return (
    <FilterBuilder
      fields={fields}
      values={{ ...chosen, price: priced && price ? [`${price[0]}-${price[1] ?? ''}`] : [] }}
      onChange={(field, picked) => {
        if (field === 'price') {
          const [low, high] = (picked[0] ?? '').split('-')
          onChange({
            priceMin: low && low !== '0' ? inMinor(Number(low)) : undefined,
            priceMax: high ? inMinor(Number(high)) : undefined,
          })
        } else onChange({ [field]: joinList(picked) || undefined })
      }}
    />
  )
}
