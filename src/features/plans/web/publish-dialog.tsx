import { Modal, TextInput } from '@mantine/core'
import { call } from '../../../web/call.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { DialogForm } from '../../../web/kit/dialog-form.tsx'
import { notify } from '../../../web/kit/notices.tsx'
import { refresh, useEndpoint } from '../../../web/queries.ts'
import { useZodForm } from '../../../web/use-zod-form.ts'
import { getClock } from '../../operator/contract.ts'
import { getPlanDraft, listPlanEditions, publishPlans } from '../contract.ts'
import { ChangeList } from './change-list.tsx'
import type { PlanDraft } from './plans-page.tsx'

/** Publishing: from which day on, what changes, and that it is for good. */
export function PublishDialog(props: {
  opened: boolean
  onClose: () => void
  draft: PlanDraft
  onPublished: () => void
}) {
  const t = useT()
  // The installation's own day: its clock may have been moved.
  const { data: clock } = useEndpoint(getClock, undefined, { enabled: props.opened })
  return (
    <Modal opened={props.opened} onClose={props.onClose} title={t('plans.publishTitle')} size={560}>
      {props.opened && clock ? <PublishForm {...props} today={dayOf(clock.now)} /> : null}
    </Modal>
  )
}

/** The day of an instant where the reader is, `YYYY-MM-DD`. */
function dayOf(instant: string): string {
  return new Date(instant).toLocaleDateString('sv-SE')
}

function PublishForm(props: Parameters<typeof PublishDialog>[0] & { today: string }) {
  const t = useT()
  const { draft, onClose, onPublished, today } = props
  const form = useZodForm({
    initialValues: { appliesOn: today, note: '' as string | null | undefined },
    schema: publishPlans.body!.pick({ appliesOn: true, note: true }),
  })
  const send = form.submit(async ({ appliesOn, note }) => {
    const { version } = await call(publishPlans, {
      body: { appliesOn, note: note ?? '', version: draft.version },
    })
    await refresh(getPlanDraft, listPlanEditions)
    notify(t('plans.published', { version }))
    onClose()
    onPublished()
  })
  return (
    <DialogForm
      formRef={form.ref}
      onSubmit={send}
      onClose={onClose}
      submit={t('plans.publishCount', { count: draft.changes.length })}
      busy={form.submitting}
    >
      <p>{t('plans.publishWhat')}</p>
      <TextInput
        type="date"
        label={t('plans.appliesOn')}
        description={t('plans.appliesOnHelp')}
        {...form.getInputProps('appliesOn')}
      />
      <TextInput
        label={t('plans.note')}
        description={t('plans.noteHelp')}
        {...form.getInputProps('note')}
        value={form.values.note ?? ''}
      />
      <div className="plans-publish-changes">
        <ChangeList changes={draft.changes} content={draft.content} />
      </div>
    </DialogForm>
  )
}
