import { useState } from 'react'
import { Button, Collapse, MultiSelect, Select, TagsInput, TextInput } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useT } from '../../../web/i18n/use-t.ts'
import { Notice } from '../../../web/kit/notice.tsx'
import { useMe, useRight } from '../../../web/me.ts'
import { useEndpoint } from '../../../web/queries.ts'
import { listMemberChoices } from '../../sub-accounts/contract.ts'
import { LookAlikes } from './look-alikes.tsx'
import { useNewClient, type NewClientValues } from './use-new-client.ts'
import type { Client } from './use-client.ts'
import '../../../web/kit/dialogs.css'
import './client-record.css'

type TextField = Exclude<keyof NewClientValues, 'tags' | 'assigneeIds' | 'leadId'>

/** The form of "Nouveau client": the name is enough, the rest can be said now or later (A14). */
export function NewClientForm(props: {
  name?: string
  onCreated: (client: Client) => void
  onCancel: () => void
}) {
  const t = useT()
  const mayAssign = useRight('clients.assign')
  const mayBill = useRight('clients.billing')
  const { form, lookAlikes, submit, reset, draftFound, currency } = useNewClient(props)
  const [more, setMore] = useState(() => hasDetails(form.values))
  const text = (
    field: TextField,
    given: {
      type?: 'date' | 'email' | 'tel' | 'url'
      description?: string
      inputMode?: 'numeric' | 'decimal'
      rightSection?: string
    } = {},
  ) => (
    <TextInput
      label={t(`client_record.field.${field === 'budget' ? 'monthlyBudget' : field}`)}
      autoComplete="off"
      {...given}
      {...form.getInputProps(field)}
    />
  )
  return (
    <form ref={form.ref} onSubmit={submit} noValidate className="client-new">
      {draftFound ? (
        <Notice
          tone="info"
          inline
          action={
            <Button variant="default" size="sm" onClick={reset}>
              {t('kit.draft.forget')}
            </Button>
          }
        >
          {t('kit.draft.found')}
        </Notice>
      ) : null}
      <TextInput
        label={t('client_record.field.name')}
        description={t('client_record.new.nameHelp')}
        data-autofocus
        autoComplete="off"
        {...form.getInputProps('name')}
      />
      {lookAlikes.length > 0 ? (
        <Notice inline live>
          {t('client_record.new.lookAlikes', { n: lookAlikes.length })}
          <LookAlikes clients={lookAlikes} onOpen={props.onCancel} />
        </Notice>
      ) : null}
      {text('website')}
      {text('city')}
      {mayAssign ? <AssigneeFields form={form} /> : <p className="meta">{t('client_record.new.yours')}</p>}
      <Button
        variant="subtle"
        size="sm"
        className="client-new-more"
        aria-expanded={more}
        rightSection={<IconChevronDown size={14} aria-hidden="true" />}
        onClick={() => setMore(!more)}
      >
        {more ? t('client_record.new.less') : t('client_record.new.more')}
      </Button>
      <Collapse expanded={more}>
        <div className="client-new">
          {text('email', { type: 'email' })}
          {text('phone', { type: 'tel' })}
          {text('sector')}
          {mayBill
            ? text('siren', { inputMode: 'numeric', description: t('client_billing.sirenHelp') })
            : null}
          {text('budget', {
            inputMode: 'decimal',
            description: t('client_record.new.budgetHelp', { currency }),
          })}
          {text('clientSince', { type: 'date' })}
          <TagsInput
            label={t('client_record.field.tags')}
            description={t('client_record.tags.help')}
            maxTags={20}
            acceptValueOnBlur
            {...form.getInputProps('tags')}
          />
        </div>
      </Collapse>
      <div className="dialog-buttons">
        <Button variant="default" onClick={props.onCancel}>
          {t('kit.cancel')}
        </Button>
        <Button type="submit" loading={form.submitting}>
          {lookAlikes.length > 0 ? t('client_record.new.createAnyway') : t('client_record.new.create')}
        </Button>
      </div>
    </form>
  )
}

function hasDetails(v: NewClientValues): boolean {
  return (
    [v.email, v.phone, v.sector, v.siren, v.budget, v.clientSince].some((text) => text !== '') ||
    v.tags.length > 0
  )
}

function AssigneeFields({ form }: { form: ReturnType<typeof useNewClient>['form'] }) {
  const t = useT()
  const me = useMe()
  const { data } = useEndpoint(listMemberChoices, { query: { limit: 200 } })
  const people = (data?.data ?? []).map((m) => ({
    value: m.id,
    label: m.id === me?.member?.id ? t('client_record.new.you', { name: m.name }) : m.name,
  }))
  const { assigneeIds, leadId } = form.values
  return (
    <>
      <MultiSelect
        label={t('client_record.new.assignees')}
        description={assigneeIds.length === 0 ? t('client_record.new.assigneesHelp') : undefined}
        searchable
        hidePickedOptions
        nothingFoundMessage={t('kit.combobox.nothing')}
        data={people}
        {...form.getInputProps('assigneeIds')}
        onChange={(ids) => {
          form.setFieldValue('assigneeIds', ids)
          if (!ids.includes(leadId)) form.setFieldValue('leadId', '')
        }}
      />
      {assigneeIds.length > 1 ? (
        <Select
          label={t('client_record.lead')}
          clearable
          allowDeselect
          data={people.filter((p) => assigneeIds.includes(p.value))}
          value={leadId || null}
          error={form.errors['leadId']}
          onChange={(id) => form.setFieldValue('leadId', id ?? '')}
        />
      ) : null}
    </>
  )
}
