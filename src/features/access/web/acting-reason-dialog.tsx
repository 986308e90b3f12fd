import { Button, Modal, TextInput } from '@mantine/core'
import { z } from 'zod'
import { useT } from '../../../web/i18n/use-t.ts'
import { useZodForm } from '../../../web/use-zod-form.ts'
import '../../../web/kit/dialogs.css'
import { startActing, type Subordinate } from './start-acting.ts'

const schema = z.object({
  reason: z.string().trim().min(1, 'acting.reason_required').max(300, 'field.too_long'),
})

/** Asks why, where the agency demands it; the subject will read it. */
export function ActingReasonDialog(props: {
  member: Subordinate
  mode: 'acting' | 'viewing'
  onClose: () => void
}) {
  const t = useT()
  const { member, mode } = props
  const form = useZodForm({ initialValues: { reason: '' }, schema })
  const title = t(mode === 'viewing' ? 'acting.viewAs' : 'acting.actAs', { name: member.name })
  return (
    <Modal opened onClose={props.onClose} title={title} size={460}>
      <form
        ref={form.ref}
        noValidate
        className="dialog-body"
        onSubmit={form.submit(({ reason }) => startActing(member, mode, reason.trim()))}
      >
        <TextInput
          data-autofocus
          label={t('acting.reason.label')}
          description={t('acting.reason.help', { name: member.name })}
          {...form.getInputProps('reason')}
        />
        <div className="dialog-buttons">
          <Button variant="default" onClick={props.onClose}>
            {t('kit.cancel')}
          </Button>
          <Button type="submit" loading={form.submitting}>
            {title}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
