import { Button, NumberInput, Select, Textarea, TextInput } from '@mantine/core'
import { amountFromText, amountText } from '../../../contract/amounts.ts'
import { itemKinds, itemLanguages, itemThemes } from '../../../contract/catalogue-fields.ts'
import { z } from 'zod'
import { useT } from '../../../web/i18n/use-t.ts'
import { AmountField } from '../../../web/kit/amount-field.tsx'
import { CountryField } from '../../../web/kit/country-field.tsx'
import { useZodForm } from '../../../web/use-zod-form.ts'
import { useLanguageName } from '../../catalogue/web/item-words.tsx'
import type { createOperatorItem, OperatorItem } from '../contract.ts'
import type { InputOf } from '../../../contract/endpoint.ts'

/** What the form gives: everything but the reference may change later. */
export type ItemBody = InputOf<typeof createOperatorItem>['body']

type Values = {
  reference: string
  kind: string
  name: string
  site: string
  theme: string
  language: string
  country: string | null
  trust: number | ''
  citation: number | ''
  traffic: number | ''
  delayDays: number | ''
  price: string
  description: string
}

/** An item's fields; its reference can't change, since orders and imports know it by that. */
export function ItemForm({
  item,
  currency,
  submitLabel,
  onSubmit,
}: {
  item: OperatorItem | undefined
  currency: string
  submitLabel: string
  onSubmit: (body: ItemBody) => Promise<unknown>
}) {
  const t = useT()
  const languageName = useLanguageName()
  const form = useZodForm<Values>({
    initialValues: {
      reference: item?.reference ?? '',
      kind: item?.kind ?? 'link',
      name: item?.name ?? '',
      site: item?.site ?? '',
      theme: item?.theme ?? 'general',
      language: item?.language ?? 'fr',
      country: item?.country ?? 'FR',
      trust: item?.trust ?? '',
      citation: item?.citation ?? '',
      traffic: item?.traffic ?? '',
      delayDays: item?.delayDays ?? 7,
      price: item ? amountText(item.price.amount, currency) : '',
      description: item?.description ?? '',
    },
    schema: z.any(),
    check: (v) => ({
      ...(v.reference.trim() === '' && { reference: t('field.required') }),
      ...(v.name.trim() === '' && { name: t('field.required') }),
      ...(amountFromText(v.price, currency) === undefined && { price: t('catalogue.fault.amount') }),
      ...(v.delayDays === '' && { delayDays: t('field.required') }),
      ...(v.country === null && { country: t('field.required') }),
      ...(v.kind !== 'content' && v.site.trim() === '' && { site: t('catalogue.fault.site_missing') }),
    }),
  })
  const orNull = (n: number | '') => (n === '' ? null : n)
  const submit = form.submit((v) =>
    onSubmit({
      reference: v.reference,
      kind: v.kind as 'link',
      name: v.name,
      site: v.site,
      theme: v.theme as 'news',
      language: v.language as 'fr',
      country: v.country ?? 'FR',
      trust: orNull(v.trust),
      citation: orNull(v.citation),
      traffic: orNull(v.traffic),
      delayDays: Number(v.delayDays),
      price: amountFromText(v.price, currency) ?? 0,
      description: v.description,
    } as ItemBody),
  )
  const number = (field: 'trust' | 'citation' | 'traffic' | 'delayDays', max: number) => (
    <NumberInput
      label={t(`catalogue.import.field.${field}`)}
      min={0}
      max={max}
      allowDecimal={false}
      {...form.getInputProps(field)}
    />
  )
  return (
    <form ref={form.ref} className="item-form" onSubmit={submit} noValidate>
      <TextInput
        className="whole"
        label={t('catalogue.import.field.name')}
        data-autofocus
        {...form.getInputProps('name')}
      />
      <TextInput
        label={t('catalogue.import.field.reference')}
        disabled={item !== undefined}
        {...form.getInputProps('reference')}
      />
      <Select
        label={t('catalogue.import.field.kind')}
        allowDeselect={false}
        data={itemKinds.map((k) => ({ value: k, label: t(`catalogue.kind.${k}`) }))}
        {...form.getInputProps('kind')}
      />
      <TextInput label={t('catalogue.import.field.site')} {...form.getInputProps('site')} />
      <Select
        label={t('catalogue.import.field.theme')}
        allowDeselect={false}
        searchable
        data={itemThemes
          .map((k) => ({ value: k as string, label: t(`catalogue.theme.${k}`) }))
          .toSorted((a, b) => a.label.localeCompare(b.label))}
        {...form.getInputProps('theme')}
      />
      <Select
        label={t('catalogue.import.field.language')}
        allowDeselect={false}
        data={itemLanguages.map((k) => ({ value: k as string, label: languageName(k) }))}
        {...form.getInputProps('language')}
      />
      <CountryField label={t('catalogue.import.field.country')} {...form.getInputProps('country')} />
      {number('trust', 100)}
      {number('citation', 100)}
      {number('traffic', 2_000_000_000)}
      {number('delayDays', 365)}
      <AmountField
        label={t('catalogue.import.field.price')}
        currency={currency}
        {...form.getInputProps('price')}
      />
      <Textarea
        className="whole"
        label={t('catalogue.import.field.description')}
        autosize
        minRows={3}
        maxRows={8}
        {...form.getInputProps('description')}
      />
      <div className="whole item-form-foot">
        <Button type="submit" loading={form.submitting}>
          {submitLabel}
        </Button>
      </div>
    </form>
  )
}
