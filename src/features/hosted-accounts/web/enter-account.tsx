import { useCallback, useState } from 'react'
import type { ReactNode } from 'react'
import { Button, Modal, TextInput } from '@mantine/core'
import { z } from 'zod'
import { call } from '../../../web/call.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { notifyError } from '../../../web/kit/notices.tsx'
import { ProblemError } from '../../../web/problem-error.ts'
import { useZodForm } from '../../../web/use-zod-form.ts'
import { enterAccount } from '../../account-access/contract.ts'
import '../../../web/kit/dialogs.css'

/** A hosted account that can be entered. */
type Enterable = { id: string; name: string }

const schema = z.object({
  reason: z.string().trim().min(1, 'acting.reason_required').max(300, 'field.too_long'),
})

/** Opens the account as its administrator, without a password (B9); the way back leads to the page one left. */
async function enter(account: Enterable, reason?: string): Promise<void> {
  const { url } = await call(enterAccount, {
    params: { id: account.id },
    body: { backTo: `${location.pathname}${location.search}`, ...(reason && { reason }) },
  })
  location.assign(url)
}

/** "Connexion"; the dialog appears only where the agency demands a reason. */
export function useEnterAccount(): { enter: (account: Enterable) => void; dialog: ReactNode } {
  const [asking, setAsking] = useState<Enterable>()
  const start = useCallback((account: Enterable) => {
    enter(account).catch((error: unknown) => {
      if (error instanceof ProblemError && error.fields['reason']) setAsking(account)
      else notifyError(error)
    })
  }, [])
  return {
    enter: start,
    dialog: asking ? <ReasonDialog account={asking} onClose={() => setAsking(undefined)} /> : null,
  }
}

function ReasonDialog({ account, onClose }: { account: Enterable; onClose: () => void }) {
  const t = useT()
  const form = useZodForm({ initialValues: { reason: '' }, schema })
  const title = t('resale.enterOne', { name: account.name })
  return (
    <Modal opened onClose={onClose} title={title} size={460}>
      <form
        ref={form.ref}
        noValidate
        className="dialog-body"
        onSubmit={form.submit(({ reason }) => enter(account, reason.trim()))}
      >
        <TextInput
          data-autofocus
          label={t('acting.reason.label')}
          description={t('acting.reason.help', { name: account.name })}
          {...form.getInputProps('reason')}
        />
        <div className="dialog-buttons">
          <Button variant="default" onClick={onClose}>
            {t('kit.cancel')}
          </Button>
          <Button type="submit" loading={form.submitting}>
            {t('resale.enter')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
