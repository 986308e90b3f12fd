import { useRef } from 'react'
import { Button, Modal, Textarea, TextInput } from '@mantine/core'
import type { z } from 'zod'
import { call } from '../../../web/call.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import '../../../web/kit/dialogs.css'
import { notify } from '../../../web/kit/notices.tsx'
import { refresh } from '../../../web/queries.ts'
import { useZodForm } from '../../../web/use-zod-form.ts'
import { listSupportRequests, openSupportRequest } from '../contract.ts'
import type { Talk } from './talk.tsx'

type Values = { title: string; body: string }

/** Writes to the operator: a question, or the activation of the hierarchical modes (C4). */
export function NewRequestDialog(props: {
  opened: boolean
  onClose: () => void
  kind: 'hierarchy' | 'help'
  onSent?: (talk: Talk) => void
}) {
  const t = useT()
  const key = useRef(crypto.randomUUID())
  const form = useZodForm<Values>({
    initialValues: { title: t(`support_requests.title.${props.kind}`), body: '' },
    schema: openSupportRequest.body!.pick({ title: true, body: true }).loose() as unknown as z.ZodType<
      unknown,
      Values
    >,
  })
  const send = form.submit(async ({ title, body }) => {
    const talk = await call(
      openSupportRequest,
      { body: { kind: props.kind, title, body } },
      { idempotencyKey: key.current },
    )
    key.current = crypto.randomUUID()
    void refresh(listSupportRequests)
    notify(t('support_requests.sent'))
    form.reset()
    props.onClose()
    props.onSent?.(talk)
  })
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={t(`support_requests.title.${props.kind}`)}
      size={520}
    >
      <form ref={form.ref} onSubmit={send} noValidate className="dialog-body">
        <TextInput label={t('support_requests.subject')} {...form.getInputProps('title')} />
        <Textarea
          label={t('support_requests.message')}
          autosize
          minRows={5}
          maxLength={5000}
          data-autofocus
          {...form.getInputProps('body')}
        />
        <div className="dialog-buttons">
          <Button variant="default" onClick={props.onClose}>
            {t('kit.cancel')}
          </Button>
          <Button type="submit" loading={form.submitting}>
            {t('support_requests.send')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
