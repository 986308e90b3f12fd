import type { ReactNode } from 'react'
import { Button, TextInput } from '@mantine/core'
import {
  bareNumber,
  checkCompanyNumbers,
  checkSiren,
  checkSiret,
  frenchVatNumber,
} from '../../../contract/company-numbers.ts'
import { isTextKey, translate, useT } from '../../../web/i18n/use-t.ts'
import { CountryField } from '../../../web/kit/country-field.tsx'
import { SectionHead } from '../../../web/kit/record-layout.tsx'
import './billing-fields.css'

const textFields = [
  'legalName',
  'siren',
  'siret',
  'vatNumber',
  'email',
  'addressLine1',
  'addressLine2',
  'postalCode',
  'city',
  'purchaseReference',
] as const
type TextField = (typeof textFields)[number]

/** What a form of billing details holds: texts, never null. */
export type BillingTexts = Record<TextField, string> & { country: string }

/** The texts of saved details. */
export function billingTexts(saved: Record<TextField, string | null> & { country: string }): BillingTexts {
  const texts = Object.fromEntries(textFields.map((f) => [f, saved[f] ?? ''])) as Record<TextField, string>
  return { ...texts, country: saved.country }
}

/** What the numbers' keys and the postal code's form say while one types: field → sentence. */
export function checkBilling(values: BillingTexts): Record<string, string> {
  const { faults } = checkCompanyNumbers({
    siren: values.siren,
    siret: values.siret,
    vatNumber: values.vatNumber,
  })
  const sentences = Object.fromEntries(
    Object.entries(faults).map(([field, f]) => [
      field,
      isTextKey(f.code) ? translate(f.code, f.values) : f.code,
    ]),
  )
  if (values.country === 'FR' && values.postalCode && !/^\s*\d{5}\s*$/.test(values.postalCode))
    sentences['postalCode'] = translate('client_billing.postal_code_fr')
  return sentences
}

/** Identity, address and sending of whoever is invoiced, a client or the agency; French numbers only where they exist. */
export function BillingFields(props: {
  values: BillingTexts
  /** What a form's field takes: value, change, fault. */
  input: (field: TextField | 'country') => object
  onVatNumber: (vat: string) => void
  help: { legalName?: string; email: string; purchaseReference: string }
  /** Above all fields, under the identity, and below them. */
  before?: ReactNode
  vat?: ReactNode
  children?: ReactNode
}) {
  const t = useT()
  const { values } = props
  const french = values.country === 'FR'
  const text = (
    field: TextField,
    more: { description?: string | undefined; autoComplete?: string; inputMode?: 'numeric' | 'email' } = {},
  ) => (
    <TextInput
      label={t(`client_record.field.${field === 'email' ? 'invoiceEmail' : field}`)}
      {...more}
      {...props.input(field)}
    />
  )
  return (
    <div className="billing-fields">
      {props.before}
      <SectionHead title={t('client_billing.identity')} />
      {text('legalName', { description: props.help.legalName, autoComplete: 'organization' })}
      <CountryField
        label={t('client_record.field.country')}
        {...(props.input('country') as { value: string; onChange: (country: string | null) => void })}
      />
      {french || values.siren
        ? text('siren', { description: t('client_billing.sirenHelp'), inputMode: 'numeric' })
        : null}
      {french || values.siret
        ? text('siret', { description: t('client_billing.siretHelp'), inputMode: 'numeric' })
        : null}
      {text('vatNumber', { description: t('client_billing.vatHelp') })}
      <VatSuggestion values={values} onTake={props.onVatNumber} />
      {props.vat}
      <SectionHead title={t('client_billing.address')} />
      {text('addressLine1', { autoComplete: 'address-line1' })}
      {text('addressLine2', { autoComplete: 'address-line2' })}
      <div className="billing-town">
        {text('postalCode', { autoComplete: 'postal-code' })}
        {text('city', { autoComplete: 'address-level2' })}
      </div>
      <SectionHead title={t('client_billing.sending')} />
      {text('email', { description: props.help.email, inputMode: 'email', autoComplete: 'email' })}
      {text('purchaseReference', { description: props.help.purchaseReference })}
      {props.children}
    </div>
  )
}

/** The VAT number that follows from the SIREN, when none was typed. */
function VatSuggestion({ values, onTake }: { values: BillingTexts; onTake: (vat: string) => void }) {
  const t = useT()
  const siren = checkSiren(values.siren)
  const siret = checkSiret(values.siret)
  const known = 'value' in siren ? siren.value : 'value' in siret ? siret.value.slice(0, 9) : undefined
  if (known === undefined || bareNumber(values.vatNumber) !== '') return null
  const vat = frenchVatNumber(known)
  return (
    <Button variant="default" size="sm" className="billing-vat" onClick={() => onTake(vat)}>
      {t('client_billing.useVat', { vat })}
    </Button>
  )
}
