import { amountFromText, amountText } from '../../../contract/amounts.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { InlineField } from '../../../web/kit/inline-field.tsx'
import { Properties, Property } from '../../../web/kit/record-layout.tsx'
import { useMe } from '../../../web/me.ts'
import { fieldProblem } from './field-problem.ts'
import { InlineCountry } from './inline-country.tsx'
import { InlineTags } from './inline-tags.tsx'
import { changeClient, type Client, type ClientChange } from './use-client.ts'

type TextField = 'name' | 'website' | 'email' | 'phone' | 'city' | 'sector' | 'description'

/** The client's profile, each value edited in place. `short` leaves out what the dashboard shows elsewhere. */
export function ClientDetails({ client, short }: { client: Client; short?: boolean }) {
  const t = useT()
  const reason = client.status === 'archived' ? t('client_record.archived.reason') : undefined
  const text = (field: TextField, type?: 'email' | 'tel' | 'url', multiline?: boolean) => (
    <Property name={t(`client_record.field.${field}`)}>
      <InlineField
        label={t(`client_record.field.${field}`)}
        value={client[field] ?? ''}
        field={field}
        readOnly={!client.can.edit}
        {...(reason && { reason })}
        {...(type && { type })}
        {...(multiline && { multiline })}
        onSave={(value) => changeClient(client.id, { [field]: value } as ClientChange)}
      />
    </Property>
  )
  return (
    <Properties>
      {text('name')}
      {text('website', 'url')}
      {text('email', 'email')}
      {text('phone', 'tel')}
      {text('city')}
      <Property name={t('client_record.field.country')}>
        <InlineCountry client={client} />
      </Property>
      {text('sector')}
      {short ? null : (
        <>
          <Budget client={client} />
          <Since client={client} />
        </>
      )}
      {client.can.seeInternals ? (
        <>
          <Property name={t('client_record.field.tags')}>
            <InlineTags client={client} />
          </Property>
          {text('description', undefined, true)}
        </>
      ) : null}
    </Properties>
  )
}

function Budget({ client }: { client: Client }) {
  const t = useT()
  const format = useFormat()
  const currency = useMe()?.agency?.currency ?? client.monthlyBudget?.currency ?? 'EUR'
  const label = t('client_record.field.monthlyBudget')
  const save = async (value: string) => {
    const amount = value.trim() === '' ? null : amountFromText(value, currency)
    if (amount === undefined)
      throw fieldProblem(
        'monthlyBudget',
        'client_record.budget_unreadable',
        t('client_record.budget_unreadable'),
      )
    await changeClient(client.id, { monthlyBudget: amount === null ? null : { amount, currency } })
  }
  return (
    <Property name={label}>
      <InlineField
        label={label}
        value={
          client.monthlyBudget ? amountText(client.monthlyBudget.amount, client.monthlyBudget.currency) : ''
        }
        format={() => (client.monthlyBudget ? format.money(client.monthlyBudget) : null)}
        field="monthlyBudget"
        readOnly={!client.can.edit}
        onSave={save}
      />
    </Property>
  )
}

function Since({ client }: { client: Client }) {
  const t = useT()
  const format = useFormat()
  const label = t('client_record.field.clientSince')
  return (
    <Property name={label}>
      <InlineField
        label={label}
        type="date"
        value={client.clientSince ?? ''}
        format={(value) => format.date(value)}
        field="clientSince"
        readOnly={!client.can.edit}
        onSave={(value) => changeClient(client.id, { clientSince: value })}
      />
    </Property>
  )
}
