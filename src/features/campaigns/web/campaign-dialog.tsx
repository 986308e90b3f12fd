import { useState } from 'react'
import { Button, Group, Modal, MultiSelect, Stack, TextInput, Textarea } from '@mantine/core'
import { z } from 'zod'
import { amountFromText, amountText } from '../../../contract/amounts.ts'
import { call } from '../../../web/call.ts'
import { translate, useT } from '../../../web/i18n/use-t.ts'
import { AmountField } from '../../../web/kit/amount-field.tsx'
import { notify } from '../../../web/kit/notices.tsx'
import { useMe } from '../../../web/me.ts'
import { isProblem } from '../../../web/problem-error.ts'
import { refresh, useEndpoint } from '../../../web/queries.ts'
import { useZodForm } from '../../../web/use-zod-form.ts'
import { ClientCombobox, type ChosenClient } from '../../client-record/web/client-combobox.tsx'
import { listProjects } from '../../projects/contract.ts'
import { createCampaign, getCampaign, listCampaigns, newCampaign, updateCampaign } from '../contract.ts'
import type { Campaign } from './campaign-words.tsx'
import './campaigns.css'

type CampaignDialogProps = {
  onClose: () => void
  /** The one to change; none makes a new one. */
  campaign?: Campaign | undefined
  client?: ChosenClient | undefined
  onDone?: (campaign: Campaign) => void
}

/** "Nouvelle campagne": for a client chosen, or created in the same flow (A3), with days and budget. */
export function CampaignDialog({ opened, ...props }: CampaignDialogProps & { opened: boolean }) {
  const t = useT()
  return (
    <Modal
      opened={opened}
      onClose={props.onClose}
      title={t(props.campaign ? 'campaigns.edit' : 'campaigns.new')}
      size={520}
    >
      {opened ? <CampaignForm {...props} /> : null}
    </Modal>
  )
}

type Values = {
  client: ChosenClient | null
  name: string
  goal: string
  startsOn: string
  endsOn: string
  budget: string
  projectIds: string[]
  [key: string]: unknown
}

function CampaignForm({ campaign, client, onClose, onDone }: CampaignDialogProps) {
  const t = useT()
  const currency = useMe()?.agency?.currency ?? 'EUR'
  const [today] = useState(() => new Date().toISOString().slice(0, 10))
  const form = useZodForm<Values>({
    initialValues: {
      client: client ?? campaign?.client ?? null,
      name: campaign?.name ?? '',
      goal: campaign?.goal ?? '',
      startsOn: campaign?.startsOn ?? today,
      endsOn: campaign?.endsOn ?? '',
      budget: campaign?.budget ? amountText(campaign.budget.amount, currency) : '',
      projectIds: campaign?.projects.map((p) => p.id) ?? [],
    },
    schema: newCampaign.pick({ name: true, goal: true, startsOn: true }).extend({
      client: z.unknown(),
      endsOn: z.string(),
      budget: z.string(),
      projectIds: z.array(z.string()),
    }),
    check: (v): Record<string, string> => ({
      ...(v.client ? {} : { client: translate('field.required') }),
      ...(v.endsOn !== '' && v.endsOn < v.startsOn ? { endsOn: translate('campaign.ends_before') } : {}),
      ...(v.budget.trim() !== '' && amountFromText(v.budget, currency) === undefined
        ? { budget: translate('campaigns.budgetUnreadable') }
        : {}),
    }),
  })
  const chosen = form.values.client
  const { data: projects } = useEndpoint(
    listProjects,
    { query: { client: chosen?.id ?? '', state: 'active', limit: 100 } },
    { enabled: chosen !== null },
  )
  const submit = form.submit(async (v) => {
    const amount = amountFromText(v.budget, currency)
    const fields = {
      name: v.name,
      goal: v.goal,
      startsOn: v.startsOn,
      endsOn: v.endsOn === '' ? null : v.endsOn,
      budget: v.budget.trim() === '' || amount === undefined ? null : { amount, currency },
      projectIds: v.projectIds,
    }
    try {
      const saved = campaign
        ? await call(updateCampaign, {
            params: { id: campaign.id },
            body: { ...fields, version: campaign.version },
          })
        : await call(createCampaign, { body: { clientId: v.client!.id, ...fields } })
      await refresh(listCampaigns, getCampaign)
      notify(t(campaign ? 'campaigns.saved' : 'campaigns.created', { name: saved.name }))
      onClose()
      onDone?.(saved)
    } catch (error) {
      if (isProblem(error, 'input.invalid') && error.fields['budget.amount'])
        error.fields['budget'] = error.fields['budget.amount']
      throw error
    }
  })
  return (
    <form ref={form.ref} onSubmit={submit} noValidate>
      <Stack gap={16}>
        {client || campaign ? null : (
          <ClientCombobox
            description={t('campaigns.clientHelp')}
            value={chosen}
            error={form.errors['client']}
            onChange={(value) => {
              form.setFieldValue('client', value)
              form.setFieldValue('projectIds', [])
            }}
          />
        )}
        <TextInput
          data-autofocus={client || campaign ? true : undefined}
          label={t('campaigns.name')}
          {...form.getInputProps('name')}
        />
        <div className="campaign-form-row">
          <TextInput type="date" label={t('campaigns.startsOn')} {...form.getInputProps('startsOn')} />
          <TextInput
            type="date"
            label={t('campaigns.endsOn')}
            min={form.values.startsOn}
            {...form.getInputProps('endsOn')}
          />
        </div>
        <AmountField
          label={t('campaigns.budget')}
          description={t('campaigns.budgetHelp')}
          currency={currency}
          {...form.getInputProps('budget')}
        />
        {projects && projects.data.length > 0 ? (
          <MultiSelect
            label={t('projects.title')}
            description={t('orders.optional')}
            searchable
            data={projects.data.map((p) => ({ value: p.id, label: p.name }))}
            {...form.getInputProps('projectIds')}
          />
        ) : null}
        <Textarea
          label={t('campaigns.goal')}
          description={t('orders.optional')}
          autosize
          minRows={2}
          {...form.getInputProps('goal')}
        />
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            {t('kit.cancel')}
          </Button>
          <Button type="submit" loading={form.submitting}>
            {t(campaign ? 'campaigns.save' : 'campaigns.create')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
