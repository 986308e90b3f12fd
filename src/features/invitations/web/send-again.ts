import { call } from '../../../web/call.ts'
import { translate } from '../../../web/i18n/use-t.ts'
import { notify, notifyError } from '../../../web/kit/notices.tsx'
import { showMember } from '../../sub-accounts/web/use-member.ts'
import { resendInvitation } from '../contract.ts'

/** Sends the invitation again and says to whom. */
export async function sendAgain(member: { id: string; email: string }): Promise<void> {
  try {
    showMember(await call(resendInvitation, { params: { id: member.id } }))
    notify(translate('invitations.done.resent', { email: member.email }))
  } catch (error) {
    notifyError(error)
  }
}
