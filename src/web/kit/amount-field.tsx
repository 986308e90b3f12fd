import { TextInput, type TextInputProps } from '@mantine/core'
import { amountFromText } from '../../contract/amounts.ts'
import { useLanguage } from '../i18n/language.ts'
import { intlTag } from '../i18n/intl-tag.ts'

type AmountFieldProps = Omit<TextInputProps, 'rightSection' | 'inputMode' | 'autoFocus'> & {
  currency: string
  /** The field a dialog opens on. */
  autoFocus?: boolean
}

/**
 * An amount as people type it ("1 200,50"), with its currency's sign behind it; `amountOf` reads it. The other
 * properties are those of a text field.
 */
export function AmountField({ currency, autoFocus, ...field }: AmountFieldProps) {
  const tag = intlTag[useLanguage()]
  const sign = new Intl.NumberFormat(tag, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' })
    .formatToParts(0)
    .find((p) => p.type === 'currency')?.value
  return (
    <TextInput
      {...field}
      inputMode="decimal"
      autoComplete="off"
      rightSection={<span className="ink-3">{sign ?? currency}</span>}
      styles={{ input: { textAlign: 'end', fontVariantNumeric: 'tabular-nums' } }}
      data-autofocus={autoFocus || undefined}
    />
  )
}

/** Minor units; undefined when nothing above zero was typed. */
export function amountOf(text: string, currency: string): number | undefined {
  const amount = amountFromText(text, currency)
  return amount === undefined || amount === 0 ? undefined : amount
}
