import { TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { amountFromText } from '../../../contract/amounts.ts'

type AmountFieldProps = {
  label: ReactNode
  /** As typed. */
  value: string
  onChange: (text: string) => void
  currency: string
  error?: ReactNode
  description?: ReactNode
  autoFocus?: boolean
  hiddenLabel?: string
}

/** An amount as people type it ("1 200,50"); `amountOf` reads it. */
export function AmountField(props: AmountFieldProps) {
  return (
    <TextInput
      {...(props.hiddenLabel === undefined ? { label: props.label } : { 'aria-label': props.hiddenLabel })}
      description={props.description}
      error={props.error}
      value={props.value}
      onChange={(event) => props.onChange(event.currentTarget.value)}
      inputMode="decimal"
      autoComplete="off"
      rightSection={<span className="ink-3">{signOf(props.currency)}</span>}
      styles={{ input: { textAlign: 'end', fontVariantNumeric: 'tabular-nums' } }}
      data-autofocus={props.autoFocus || undefined}
    />
  )
}

/** Minor units; undefined when nothing above zero was typed. */
export function amountOf(text: string, currency: string): number | undefined {
  const amount = amountFromText(text, currency)
  return amount === undefined || amount === 0 ? undefined : amount
}

function signOf(currency: string): string {
  const parts = new Intl.NumberFormat('fr', { style: 'currency', currency }).formatToParts(0)
  return parts.find((p) => p.type === 'currency')?.value ?? currency
}
