import { useState } from 'react'
import { Modal, NumberInput, TextInput } from '@mantine/core'
import type { AnswerOf } from '../../../contract/endpoint.ts'
import { call } from '../../../web/call.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { DialogForm } from '../../../web/kit/dialog-form.tsx'
import { useZodForm } from '../../../web/use-zod-form.ts'
import { testCards } from '../../../contract/test-cards.ts'
import { enterTestCard, type startAgencyCard } from '../contract.ts'

type Setup = AnswerOf<typeof startAgencyCard>

/** The sandbox's own form: a test card from the list, never a real one. */
export function TestCardDialog(props: { setup: Setup; onClose: () => void; onDone: (setup: Setup) => void }) {
  const t = useT()
  const [year] = useState(() => new Date().getFullYear())
  const form = useZodForm<{ number: string; expMonth: number; expYear: number }>({
    initialValues: { number: '', expMonth: 12, expYear: year + 3 },
    schema: enterTestCard.body!,
  })
  const send = form.submit(async (body) => {
    props.onDone(await call(enterTestCard, { params: { id: props.setup.id }, body }))
  })
  return (
    <Modal opened onClose={props.onClose} title={t('cards.add')} size={520}>
      <DialogForm
        formRef={form.ref}
        onSubmit={send}
        onClose={props.onClose}
        submit={t('cards.save')}
        busy={form.submitting}
      >
        <p className="meta">{t('cards.test.text')}</p>
        <ul className="test-cards">
          {testCards.map((card) => (
            <li key={card.number}>
              <button type="button" onClick={() => form.setFieldValue('number', spaced(card.number))}>
                <code className="figures">{spaced(card.number)}</code>
                <span>{t(`cards.test.${card.does}`)}</span>
              </button>
            </li>
          ))}
        </ul>
        <TextInput
          label={t('cards.number')}
          inputMode="numeric"
          autoComplete="off"
          data-autofocus
          {...form.getInputProps('number')}
        />
        <div className="test-card-date">
          <NumberInput
            label={t('cards.expMonth')}
            min={1}
            max={12}
            hideControls
            {...form.getInputProps('expMonth')}
          />
          <NumberInput
            label={t('cards.expYear')}
            hideControls
            thousandSeparator=""
            {...form.getInputProps('expYear')}
          />
        </div>
      </DialogForm>
    </Modal>
  )
}

function spaced(number: string): string {
  return number.replaceAll(/(\d{4})(?=\d)/g, '$1 ')
}
