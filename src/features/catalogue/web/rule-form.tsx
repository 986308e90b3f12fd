import { Button, NumberInput, Select } from '@mantine/core'
import { itemKinds, itemLanguages, itemThemes, roundings } from '../../../contract/catalogue-fields.ts'
import { amountFromText } from '../../../contract/amounts.ts'
import { call } from '../../../web/call.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { AmountField } from '../../../web/kit/amount-field.tsx'
import { CountryField } from '../../../web/kit/country-field.tsx'
import { useMe } from '../../../web/me.ts'
import { useZodForm } from '../../../web/use-zod-form.ts'
import { z } from 'zod'
import { createCatalogueRule } from '../contract.ts'
import { useLanguageName } from './item-words.tsx'

type Values = {
  kind: string | null
  theme: string | null
  language: string | null
  country: string | null
  priceFrom: string
  priceTo: string
  trustBelow: number | ''
  percent: number | ''
  fixed: string
  roundTo: string
}

/** A rule to be added: its conditions, then, for a margin, how much and how it is rounded. */
export function RuleForm({
  effect,
  onSaved,
  onClose,
}: {
  effect: 'margin' | 'hide'
  onSaved: () => Promise<unknown>
  onClose: () => void
}) {
  const t = useT()
  const format = useFormat()
  const me = useMe()
  const languageName = useLanguageName()
  const currency = me?.agency?.currency ?? 'EUR'
  const form = useZodForm<Values>({
    initialValues: {
      kind: null,
      theme: null,
      language: null,
      country: null,
      priceFrom: '',
      priceTo: '',
      trustBelow: '',
      percent: effect === 'margin' ? 20 : '',
      fixed: '',
      roundTo: '100',
    },
    schema: z.any(),
    check: (v) => {
      const wrong: Record<string, string> = {}
      for (const field of ['priceFrom', 'priceTo', 'fixed'] as const)
        if (v[field].trim() !== '' && amountFromText(v[field], currency) === undefined)
          wrong[field] = t('catalogue.fault.amount')
      return wrong
    },
  })
  const amount = (text: string) => (text.trim() === '' ? null : (amountFromText(text, currency) ?? null))
  const submit = form.submit(async (v) => {
    await call(createCatalogueRule, {
      body: {
        effect,
        kind: v.kind as 'link' | null,
        theme: v.theme as 'news' | null,
        language: v.language as 'fr' | null,
        country: v.country,
        priceFrom: amount(v.priceFrom),
        priceTo: amount(v.priceTo),
        trustBelow: v.trustBelow === '' ? null : v.trustBelow,
        percentBasisPoints: v.percent === '' ? 0 : Math.round(v.percent * 100),
        fixed: amount(v.fixed) ?? 0,
        roundTo: effect === 'margin' ? Number(v.roundTo) : 1,
      },
    })
    await onSaved()
  })
  const any = t('catalogue.rules.any')
  return (
    <form ref={form.ref} className="card catalogue-rule-form" onSubmit={submit} noValidate>
      {effect === 'margin' ? (
        <>
          <NumberInput
            label={t('catalogue.rules.percent')}
            suffix=" %"
            min={0}
            max={10_000}
            decimalScale={2}
            data-autofocus
            {...form.getInputProps('percent')}
          />
          <AmountField
            label={t('catalogue.rules.fixed')}
            currency={currency}
            {...form.getInputProps('fixed')}
          />
          <Select
            label={t('catalogue.rules.roundTo')}
            allowDeselect={false}
            data={roundings.map((r) => ({
              value: String(r),
              label: r === 1 ? t('catalogue.rules.cent') : format.money({ amount: r, currency }),
            }))}
            {...form.getInputProps('roundTo')}
          />
        </>
      ) : null}
      <p className="whole ink-2">{t('catalogue.rules.conditions')}</p>
      <Select
        label={t('catalogue.column.kind')}
        placeholder={any}
        clearable
        data={itemKinds.map((k) => ({ value: k, label: t(`catalogue.kind.${k}`) }))}
        {...form.getInputProps('kind')}
      />
      <Select
        label={t('catalogue.column.theme')}
        placeholder={any}
        clearable
        searchable
        data={itemThemes
          .map((k) => ({ value: k as string, label: t(`catalogue.theme.${k}`) }))
          .toSorted((a, b) => a.label.localeCompare(b.label))}
        {...form.getInputProps('theme')}
      />
      <Select
        label={t('catalogue.column.language')}
        placeholder={any}
        clearable
        data={itemLanguages.map((k) => ({ value: k as string, label: languageName(k) }))}
        {...form.getInputProps('language')}
      />
      <CountryField
        label={t('catalogue.column.country')}
        placeholder={any}
        clearable
        {...form.getInputProps('country')}
      />
      <AmountField
        label={t('catalogue.rules.priceFrom')}
        currency={currency}
        {...form.getInputProps('priceFrom')}
      />
      <AmountField
        label={t('catalogue.rules.priceTo')}
        currency={currency}
        {...form.getInputProps('priceTo')}
      />
      <NumberInput
        label={t('catalogue.rules.trust')}
        min={1}
        max={100}
        allowDecimal={false}
        {...form.getInputProps('trustBelow')}
      />
      {form.errors['effect'] ? <p className="whole item-loss">{form.errors['effect']}</p> : null}
      <div className="whole item-retail-acts">
        <Button variant="default" onClick={onClose}>
          {t('kit.cancel')}
        </Button>
        <Button type="submit" loading={form.submitting}>
          {t(`catalogue.rules.add.${effect}`)}
        </Button>
      </div>
    </form>
  )
}
