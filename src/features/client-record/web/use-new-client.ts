import { useEffect, useRef, useState } from 'react'
import { z } from 'zod'
import { amountFromText } from '../../../contract/amounts.ts'
import { checkSiren } from '../../../contract/company-numbers.ts'
import { call } from '../../../web/call.ts'
import { isTextKey, translate } from '../../../web/i18n/use-t.ts'
import { useMe } from '../../../web/me.ts'
import { isProblem } from '../../../web/problem-error.ts'
import { useDraft } from '../../../web/use-draft.ts'
import { useZodForm } from '../../../web/use-zod-form.ts'
import { createClient, newClient } from '../contract.ts'
import type { LookAlike } from './look-alikes.tsx'
import type { Client } from './use-client.ts'

/** What the form holds: texts as typed. */
export type NewClientValues = {
  name: string
  website: string
  email: string
  phone: string
  city: string
  sector: string
  siren: string
  tags: string[]
  budget: string
  clientSince: string
  assigneeIds: string[]
  leadId: string
}

const empty: NewClientValues = {
  name: '',
  website: '',
  email: '',
  phone: '',
  city: '',
  sector: '',
  siren: '',
  tags: [],
  budget: '',
  clientSince: '',
  assigneeIds: [],
  leadId: '',
}

// The contract's own rules for all but the amount, which is typed as a text.
const schema = newClient
  .pick({
    name: true,
    website: true,
    email: true,
    phone: true,
    city: true,
    sector: true,
    siren: true,
    tags: true,
    clientSince: true,
  })
  .extend({
    budget: z.string(),
    assigneeIds: z.array(z.string()),
    leadId: z.string(),
  }) as unknown as z.ZodType<unknown, NewClientValues>

/** The form of a new client: kept as a draft until it is sent, look-alikes shown before it is made. */
export function useNewClient(given: { name?: string; onCreated: (client: Client) => void }) {
  const currency = useMe()?.agency?.currency ?? 'EUR'
  const [draft, keepDraft, forgetDraft, draftFound] = useDraft('new-client', empty)
  const [lookAlikes, setLookAlikes] = useState<LookAlike[]>([])
  // One key as long as the same client is being made: a retry after a lost answer makes no second one.
  const sent = useRef({ body: '', key: '' })
  const check = (values: NewClientValues): Record<string, string> => {
    const faults: Record<string, string> = {}
    const siren = checkSiren(values.siren)
    if (values.siren.trim() !== '' && 'fault' in siren && isTextKey(siren.fault))
      faults['siren'] = translate(siren.fault, siren.values)
    if (values.budget.trim() !== '' && amountFromText(values.budget, currency) === undefined)
      faults['budget'] = translate('client_record.budget_unreadable')
    return faults
  }
  const form = useZodForm<NewClientValues>({
    // A draft about another name is not what somebody wants who just typed this one.
    initialValues: given.name && given.name !== draft.name ? { ...empty, name: given.name } : draft,
    schema,
    check,
  })
  useEffect(() => {
    keepDraft(form.values)
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- only what is typed makes a draft
  }, [form.values])
  // Another name or number is another question.
  useEffect(() => setLookAlikes([]), [form.values.name, form.values.siren])

  const send = async (values: NewClientValues) => {
    try {
      const body = bodyOf(values, currency, lookAlikes.length > 0)
      const text = JSON.stringify(body)
      if (sent.current.body !== text) sent.current = { body: text, key: crypto.randomUUID() }
      const client = await call(createClient, { body }, { idempotencyKey: sent.current.key })
      forgetDraft()
      given.onCreated(client)
    } catch (error) {
      if (!isProblem(error, 'client.duplicate')) throw renamed(error)
      setLookAlikes(error.data['lookAlikes'] as LookAlike[])
    }
  }
  const reset = () => {
    forgetDraft()
    form.setValues(empty)
    form.clearErrors()
  }
  return {
    form,
    lookAlikes,
    submit: form.submit(send),
    forget: forgetDraft,
    reset,
    draftFound: draftFound && (!given.name || given.name === draft.name),
    currency,
  }
}

function bodyOf(values: NewClientValues, currency: string, confirmDuplicate: boolean) {
  const { budget, assigneeIds, leadId, siren, tags, ...texts } = values
  const amount = amountFromText(budget, currency)
  return {
    ...texts,
    ...(siren.trim() !== '' && { siren }),
    ...(tags.length > 0 && { tags }),
    ...(budget.trim() !== '' && amount !== undefined && { monthlyBudget: { amount, currency } }),
    ...(assigneeIds.length > 0 && { assigneeIds }),
    ...(leadId !== '' && { leadId }),
    ...(confirmDuplicate && { confirmDuplicate }),
  }
}

/** The server knows the amount under the API's name. */
function renamed(error: unknown): unknown {
  if (isProblem(error, 'input.invalid')) {
    const fault = error.fields['monthlyBudget'] ?? error.fields['monthlyBudget.amount']
    if (fault) error.fields['budget'] = fault
  }
  return error
}
