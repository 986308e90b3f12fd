import { IconAd2, IconArticle, IconLink } from '@tabler/icons-react'
import type { ItemKind } from '../../../contract/catalogue-fields.ts'
import { intlTag } from '../../../web/i18n/intl-tag.ts'
import { useLanguage } from '../../../web/i18n/language.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { Meter } from '../../../web/kit/meter.tsx'
import './catalogue.css'

const icons = { link: IconLink, ad: IconAd2, content: IconArticle }

/** The square that stands for an item: what kind it is. */
export function KindIcon({ kind }: { kind: ItemKind }) {
  const t = useT()
  const Icon = icons[kind]
  return (
    <span className="item-kind" data-kind={kind} title={t(`catalogue.kind.${kind}`)}>
      <Icon size={16} aria-hidden="true" />
    </span>
  )
}

/** Names of languages in the page's own: `fr` → "français". */
export function useLanguageName(): (code: string) => string {
  const language = useLanguage()
  const names = new Intl.DisplayNames(intlTag[language], { type: 'language' })
  return (code) => names.of(code) ?? code
}

/** A score of 0 to 100 as a figure and a thin bar; a dash when nobody knows. */
export function Score({ value, name }: { value: number | null; name: string }) {
  const format = useFormat()
  if (value === null) return <span className="ink-3">—</span>
  return (
    <span className="item-score">
      <Meter share={value / 100} label={`${name} ${value}`} />
      <span className="figures">{format.number(value)}</span>
    </span>
  )
}
