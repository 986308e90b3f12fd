import { useCallback, useState } from 'react'
import type { ReactNode } from 'react'
import { Button, Modal, TextInput } from '@mantine/core'
import { z } from 'zod'
import { call } from '../../../web/call.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { notifyError } from '../../../web/kit/notices.tsx'
import { useRight } from '../../../web/me.ts'
import { ProblemError } from '../../../web/problem-error.ts'
import { useZodForm } from '../../../web/use-zod-form.ts'
import '../../../web/kit/dialogs.css'
import { enterAccount as contract } from '../contract.ts'

/** A hosted account as lists know it. */
export type EnteredAccount = { id: string; name: string }

const schema = z.object({
  reason: z.string().trim().min(1, 'acting.reason_required').max(300, 'field.too_long'),
})

async function enter(account: EnteredAccount, reason?: string): Promise<void> {
  const { url } = await call(contract, {
    params: { id: account.id },
    body: { backTo: location.pathname + location.search, ...(reason !== undefined && { reason }) },
  })
  location.assign(url)
}

/**
 * "Connexion" (B9): one gesture opens the account as its administrator; leaving comes back to this very page.
 * `dialog` belongs on the page: it shows only where the agency demands a reason. `allowed` is false for who may not.
 */
export function useEnterAccount(): {
  allowed: boolean
  enter: (account: EnteredAccount) => void
  /** Id of the account being opened. */
  busy: string | undefined
  dialog: ReactNode
} {
  const allowed = useRight('accounts.enter')
  const [busy, setBusy] = useState<string>()
  const [asking, setAsking] = useState<EnteredAccount>()
  // The same function at each render: rows of a list hold it.
  const begin = useCallback((account: EnteredAccount) => {
    setBusy(account.id)
    enter(account).catch((error: unknown) => {
      setBusy(undefined)
      if (error instanceof ProblemError && error.fields['reason']) setAsking(account)
      else notifyError(error)
    })
  }, [])
  return {
    allowed,
    busy,
    enter: begin,
    dialog: asking ? <ReasonDialog account={asking} onClose={() => setAsking(undefined)} /> : null,
  }
}

function ReasonDialog({ account, onClose }: { account: EnteredAccount; onClose: () => void }) {
  const t = useT()
  const form = useZodForm({ initialValues: { reason: '' }, schema })
  return (
    <Modal opened onClose={onClose} title={t('account_access.enterName', { name: account.name })} size={460}>
      <form
        ref={form.ref}
        noValidate
        className="dialog-body"
        onSubmit={form.submit(({ reason }) => enter(account, reason.trim()))}
      >
        <TextInput
          data-autofocus
          label={t('acting.reason.label')}
          description={t('account_access.reasonHelp')}
          {...form.getInputProps('reason')}
        />
        <div className="dialog-buttons">
          <Button variant="default" onClick={onClose}>
            {t('kit.cancel')}
          </Button>
          <Button type="submit" loading={form.submitting}>
            {t('account_access.enter')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
