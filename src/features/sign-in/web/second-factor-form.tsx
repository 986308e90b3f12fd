import { useState } from 'react'
import { Anchor, Button, TextInput } from '@mantine/core'
import { call } from '../../../web/call.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { notifyError } from '../../../web/kit/notices.tsx'
import { ProblemError } from '../../../web/problem-error.ts'
import { BrandLayout } from '../../../web/shell/brand-layout.tsx'
import { useZodForm } from '../../../web/use-zod-form.ts'
import { completeSecondFactor } from '../contract.ts'
import './sign-in.css'

type SecondFactorFormProps = {
  ticket: string
  onBack: () => void
  onLocked: (waitSeconds: number) => void
  onDone: () => Promise<void>
}

/** The second proof: a code of the application, or a recovery code. */
export function SecondFactorForm(props: SecondFactorFormProps) {
  const t = useT()
  const [recovery, setRecovery] = useState(false)
  const form = useZodForm({
    initialValues: { ticket: props.ticket, code: '' },
    schema: completeSecondFactor.body!,
  })
  const send = form.submit(async (body) => {
    try {
      await call(completeSecondFactor, { body })
      await props.onDone()
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      if (error.code === 'sign_in.locked') props.onLocked(Number(error.data['waitSeconds']))
      else if (error.status === 410) {
        notifyError(error)
        props.onBack()
      } else {
        form.setFieldValue('code', '')
        throw error
      }
    }
  })

  return (
    <BrandLayout
      title={t('sign_in.code.title')}
      lead={t(recovery ? 'sign_in.code.recoveryLead' : 'sign_in.code.lead')}
    >
      <form ref={form.ref} onSubmit={send} noValidate>
        <TextInput
          key={String(recovery)}
          label={t(recovery ? 'sign_in.code.recovery' : 'sign_in.code.label')}
          name="code"
          className="sign-in-code"
          autoComplete="one-time-code"
          inputMode={recovery ? 'text' : 'numeric'}
          maxLength={recovery ? 20 : 7}
          autoFocus
          {...form.getInputProps('code')}
        />
        <Button type="submit" size="lg" fullWidth loading={form.submitting}>
          {t('sign_in.code.submit')}
        </Button>
      </form>
      <Anchor
        component="button"
        type="button"
        size="sm"
        className="sign-in-else"
        onClick={() => {
          form.setFieldValue('code', '')
          form.clearErrors()
          setRecovery(!recovery)
        }}
      >
        {t(recovery ? 'sign_in.code.useApp' : 'sign_in.code.useRecovery')}
      </Anchor>
      <Anchor component="button" type="button" size="sm" className="sign-in-else" onClick={props.onBack}>
        {t('sign_in.code.back')}
      </Anchor>
    </BrandLayout>
  )
}
