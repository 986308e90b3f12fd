import { useEffect, useRef, useState } from 'react'
import type { z } from 'zod'
import { call } from '../../../web/call.ts'
import { translate } from '../../../web/i18n/use-t.ts'
import { notify } from '../../../web/kit/notices.tsx'
import { isProblem } from '../../../web/problem-error.ts'
import { endpointKey, queryClient, refresh } from '../../../web/queries.ts'
import { useDraft } from '../../../web/use-draft.ts'
import { useZodForm } from '../../../web/use-zod-form.ts'
import { getClient, listClientHistory } from '../../client-record/contract.ts'
import { getBillingProfile, updateBillingProfile } from '../contract.ts'
import { billingTexts, checkBilling, type BillingTexts } from './billing-fields.tsx'
import type { Billing } from './client-billing.tsx'

/** What the form holds: texts, never null. */
export type BillingValues = BillingTexts & { paymentTermsDays: number | null; version: number }

// The contract's own rules, over texts that are never null.
const schema = updateBillingProfile.body as unknown as z.ZodType<unknown, BillingValues>

function valuesOf(billing: Billing): BillingValues {
  return {
    ...billingTexts(billing),
    paymentTermsDays: billing.paymentTermsDays,
    version: billing.version,
  }
}

/** Whether two states of the form hold the same, whatever reading they come from. */
function same(a: BillingValues, b: BillingValues): boolean {
  return JSON.stringify({ ...a, version: 0 }) === JSON.stringify({ ...b, version: 0 })
}

/**
 * The billing form: its draft survives a reload, a save on an old reading keeps what was typed and shows what
 * somebody else saved.
 */
export function useBillingForm(clientId: string, billing: Billing) {
  const saved = valuesOf(billing)
  const [draft, keepDraft, forgetDraft, draftFound] = useDraft<BillingValues | null>(
    `billing:${clientId}`,
    null,
  )
  const [theirs, setTheirs] = useState<Billing>()
  const form = useZodForm<BillingValues>({ initialValues: draft ?? saved, schema, check: checkBilling })
  const changed = !same(form.values, saved)
  // What was read when typing began; of a draft found again only its version is known.
  const base = useRef<{ version: number; values: BillingValues | undefined }>({
    version: draft?.version ?? saved.version,
    values: draft ? undefined : saved,
  })

  useEffect(() => {
    if (changed) keepDraft(form.values)
    else forgetDraft()
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- only what is typed makes a draft
  }, [form.values, changed])

  // Somebody else saved: an untouched form shows it at once, one with changes says what theirs are.
  useEffect(() => {
    if (base.current.version === billing.version) return
    if (base.current.values && same(form.values, base.current.values)) takeOver(billing)
    else conflict(billing)
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- only a new reading matters
  }, [billing.version])

  const conflict = (current: Billing) => {
    base.current = { version: current.version, values: undefined }
    form.setFieldValue('version', current.version)
    setTheirs(current)
  }

  const takeOver = (current: Billing) => {
    base.current = { version: current.version, values: valuesOf(current) }
    queryClient.setQueryData(endpointKey(getBillingProfile, { params: { id: clientId } }), current)
    form.setInitialValues(valuesOf(current))
    form.setValues(valuesOf(current))
    form.clearErrors()
    forgetDraft()
    setTheirs(undefined)
  }
  const send = async (values: BillingValues) => {
    try {
      takeOver(await call(updateBillingProfile, { params: { id: clientId }, body: values }))
      notify(translate('client_billing.saved'))
      void refresh(getClient, listClientHistory)
    } catch (error) {
      if (!isProblem(error, 'version.stale')) throw error
      conflict(error.data['current'] as Billing)
    }
  }
  return {
    form,
    changed,
    draftFound: draftFound && changed,
    /** What somebody else saved meanwhile, until it is taken over or replaced. */
    theirs,
    submit: form.submit(send),
    reset: () => takeOver(theirs ?? billing),
  }
}
