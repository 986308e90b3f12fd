import { Button, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { isProblem } from '../../../web/problem-error.ts'
import { useZodForm } from '../../../web/use-zod-form.ts'
import { PasswordField } from '../../passwords/web/password-field.tsx'
import { acceptInvitation } from '../contract.ts'

type JoinFormProps = {
  /** Who is invited, and until when; the address is shown and stays. */
  invitation: { email: string; expiresAt: string }
  words: { email: ReactNode; emailHelp?: ReactNode; password: ReactNode; submit: ReactNode }
  /** Accepts with the password chosen. */
  onJoin: (password: string) => Promise<unknown>
  /** The link no longer opens anything. */
  onSpent: () => void
}

/** The password that accepts an invitation, to an agency as to a hosted account (A15). */
export function JoinForm({ invitation, words, onJoin, onSpent }: JoinFormProps) {
  const t = useT()
  const format = useFormat()
  const form = useZodForm({
    initialValues: { password: '' },
    schema: acceptInvitation.body!.pick({ password: true }),
  })
  const send = form.submit(async ({ password }) => {
    try {
      await onJoin(password)
    } catch (error) {
      if (isProblem(error, 'link.spent')) onSpent()
      else throw error
    }
  })
  return (
    <>
      <form ref={form.ref} onSubmit={send} noValidate>
        <TextInput
          label={words.email}
          description={words.emailHelp}
          value={invitation.email}
          readOnly
          autoComplete="username"
        />
        <PasswordField
          label={words.password}
          data-autofocus
          {...form.getInputProps('password')}
          value={form.values.password}
        />
        <Button type="submit" size="md" fullWidth loading={form.submitting}>
          {words.submit}
        </Button>
      </form>
      <p className="meta">{t('invitations.page.until', { date: format.date(invitation.expiresAt) })}</p>
    </>
  )
}
