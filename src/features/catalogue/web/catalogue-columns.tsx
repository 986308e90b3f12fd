import { useMemo } from 'react'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { Tag } from '../../../web/kit/badges.tsx'
import type { ColumnVisibility } from '../../../web/kit/column-menu.tsx'
import type { GridColumn } from '../../../web/kit/data-grid-type.ts'
import { IdentityCell } from '../../../web/kit/row-card.tsx'
import { MoneyText } from '../../../web/kit/texts.tsx'
import type { CatalogueItem } from '../contract.ts'
import { KindIcon, Score, useLanguageName } from './item-words.tsx'

const none = <span className="ink-3">—</span>

const choices = [
  { id: 'theme', shown: true },
  { id: 'country', shown: true },
  { id: 'trust', shown: true },
  { id: 'citation', shown: false },
  { id: 'traffic', shown: true },
  { id: 'delay', shown: true },
  { id: 'wholesale', shown: true },
  { id: 'margin', shown: false },
  { id: 'retail', shown: true },
] as const

/** Which columns show: the address's choice, else the usual ones; wholesale prices and margins for owners. */
export function useItemColumnVisibility(
  chosen: string | undefined,
  manages: boolean,
): {
  visibility: ColumnVisibility
  options: { id: string; label: string }[]
  toParam: (v: ColumnVisibility) => string | undefined
} {
  const t = useT()
  return useMemo(() => {
    const offered = choices.filter((c) => manages || (c.id !== 'wholesale' && c.id !== 'margin'))
    const usual = offered.filter((c) => c.shown).map((c) => c.id as string)
    const shown = chosen === undefined ? usual : chosen.split(',')
    return {
      visibility: Object.fromEntries(choices.map((c) => [c.id, offered.includes(c) && shown.includes(c.id)])),
      options: offered.map((c) => ({ id: c.id, label: t(`catalogue.column.${c.id}`) })),
      toParam: (v) => {
        const next = offered.filter((c) => v[c.id]).map((c) => c.id as string)
        return next.join() === usual.join() ? undefined : next.join(',') || 'none'
      },
    }
  }, [chosen, manages, t])
}

/** The columns of the catalogue, made for comparing: figures under figures. */
export function useItemColumns(): GridColumn<CatalogueItem>[] {
  const t = useT()
  const format = useFormat()
  const languageName = useLanguageName()
  return useMemo(
    () => [
      {
        id: 'item',
        header: t('catalogue.column.item'),
        sort: 'name',
        cell: (i) => (
          <IdentityCell
            icon={<KindIcon kind={i.kind} />}
            name={i.name}
            detail={i.site ?? t(`catalogue.kind.${i.kind}`)}
            after={i.hidden ? <Tag small>{t('catalogue.hidden')}</Tag> : null}
          />
        ),
      },
      {
        id: 'theme',
        header: t('catalogue.column.theme'),
        width: 138,
        cell: (i) => <span className="ink-2">{t(`catalogue.theme.${i.theme}`)}</span>,
      },
      {
        id: 'country',
        header: t('catalogue.column.country'),
        width: 142,
        cell: (i) => (
          <span className="ink-2" title={languageName(i.language)}>
            {format.country(i.country)}
            {i.language === 'fr' ? null : <small className="ink-3"> · {i.language}</small>}
          </span>
        ),
      },
      {
        id: 'trust',
        header: t('catalogue.column.trust'),
        width: 120,
        sort: 'trust',
        cell: (i) => <Score value={i.trust} name={t('catalogue.column.trust')} />,
      },
      {
        id: 'citation',
        header: t('catalogue.column.citation'),
        width: 120,
        sort: 'citation',
        cell: (i) => <Score value={i.citation} name={t('catalogue.column.citation')} />,
      },
      {
        id: 'traffic',
        header: t('catalogue.column.traffic'),
        width: 118,
        align: 'end',
        sort: 'traffic',
        cell: (i) =>
          i.traffic === null ? none : <span className="figures">{format.number(i.traffic)}</span>,
      },
      {
        id: 'delay',
        header: t('catalogue.column.delay'),
        width: 84,
        align: 'end',
        sort: 'delay',
        cell: (i) => <span className="figures">{t('catalogue.days', { n: i.delayDays })}</span>,
      },
      {
        id: 'wholesale',
        header: t('catalogue.column.wholesale'),
        width: 112,
        align: 'end',
        cell: (i) => (i.wholesale ? <MoneyText value={i.wholesale} /> : none),
      },
      {
        id: 'margin',
        header: t('catalogue.column.margin'),
        width: 104,
        align: 'end',
        cell: (i) => (i.margin ? <MoneyText value={i.margin} /> : none),
      },
      {
        id: 'retail',
        header: t('catalogue.column.retail'),
        width: 118,
        align: 'end',
        sort: 'price',
        cell: (i) => (
          <b className="item-price">
            <MoneyText value={i.retail} />
          </b>
        ),
      },
    ],
    [t, format, languageName],
  )
}
