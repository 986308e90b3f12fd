import { call } from '../../../web/call.ts'
import { translate } from '../../../web/i18n/use-t.ts'
import { notify, notifyError } from '../../../web/kit/notices.tsx'
import { resendEmailConfirmation } from '../contract.ts'

/** Mails the link that confirms one's address again, and says so. */
export async function resendConfirmation(): Promise<void> {
  try {
    await call(resendEmailConfirmation)
    notify(translate('profile.email.resent'))
  } catch (error) {
    notifyError(error)
  }
}
