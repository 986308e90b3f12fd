import { IconMail } from '@tabler/icons-react'
import { T } from '../i18n/rich-text.tsx'

/** Says that the address is not confirmed yet; the link is in the mail. */
export function ConfirmEmailBar(props: { email: string }) {
  return (
    <div className="notice-bar" role="status">
      <IconMail size={16} aria-hidden="true" />
      <span>
        <T id="shell.confirmEmail" values={{ email: props.email }} />
      </span>
    </div>
  )
}
