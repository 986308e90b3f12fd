import { useMemo } from 'react'
import { Select } from '@mantine/core'
import type { SelectProps } from '@mantine/core'
import { useFormat } from '../i18n/use-format.ts'
import { useLanguage } from '../i18n/language.ts'
import { useT } from '../i18n/use-t.ts'
import { foldText } from './fold-text.ts'

/** ISO 3166-1 alpha-2 codes of every country. */
const codes =
  'AD AE AF AG AI AL AM AO AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW'.split(
    ' ',
  )

/** Countries offered before the others, since most clients are there. */
const near = ['FR', 'BE', 'CH', 'LU']

/** A country by its name in the page's language; the value is its two-letter code. */
export function CountryField(props: Omit<SelectProps, 'data'>) {
  const t = useT()
  const format = useFormat()
  const language = useLanguage()
  const data = useMemo(() => {
    const option = (code: string) => ({ value: code, label: format.country(code) })
    const others = codes
      .filter((code) => !near.includes(code))
      .map(option)
      .toSorted((a, b) => a.label.localeCompare(b.label, language))
    return [
      { group: t('kit.country.near'), items: near.map(option) },
      { group: t('kit.country.others'), items: others },
    ]
  }, [format, language, t])
  return (
    <Select
      searchable
      nothingFoundMessage={t('kit.combobox.nothing')}
      autoComplete="country"
      filter={({ options, search }) => {
        const needle = foldText(search)
        return options.flatMap((group) =>
          'items' in group
            ? [{ ...group, items: group.items.filter((item) => foldText(item.label).includes(needle)) }]
            : [],
        )
      }}
      {...props}
      data={data}
    />
  )
}
