import { IconMail } from '@tabler/icons-react'
import { T } from '../i18n/rich-text.tsx'
import { useT } from '../i18n/use-t.ts'
import { slots } from '../slots.ts'

/** Says that the address is not confirmed yet; the link is in the mail, or in another one. */
export function ConfirmEmailBar(props: { email: string }) {
  const t = useT()
  const resend = async () => {
    const send = await slots.resendConfirmation?.()
    await send?.()
  }
  return (
    <div className="notice-bar" role="status">
      <IconMail size={16} aria-hidden="true" />
      <span>
        <T id="shell.confirmEmail" values={{ email: props.email }} />
      </span>
      <button type="button" onClick={() => void resend()}>
        {t('shell.confirmEmail.resend')}
      </button>
    </div>
  )
}
