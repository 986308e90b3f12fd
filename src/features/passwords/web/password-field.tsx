import { PasswordInput } from '@mantine/core'
import type { PasswordInputProps } from '@mantine/core'
import { passwordRules, passwordStrength } from '../../../contract/password-strength.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import './password-field.css'

type PasswordFieldProps = Omit<PasswordInputProps, 'value' | 'description'> & { value: string }

/**
 * Field in which a new password is chosen: shows, while typing, what the rule still asks for.
 * Takes what a form gives it: `<PasswordField label={…} {...form.getInputProps('password')} value={…} />`.
 * What only the server knows (known passwords, own name) comes back as the field's `error`.
 */
export function PasswordField({ value, ...props }: PasswordFieldProps) {
  const t = useT()
  const { length, bits, problem } = passwordStrength(value)
  const missing = passwordRules.minLength - length
  const says =
    value === ''
      ? t('password.hint')
      : missing > 0
        ? t('password.missing', { n: missing })
        : problem
          ? t(problem)
          : t(bits >= 80 ? 'password.excellent' : 'password.good')
  // Two thirds of the bar lead to what is allowed, the last one to what is more than enough.
  const share =
    value === '' ? 0 : Math.min(1, problem ? Math.min(0.6, (bits / passwordRules.minBits) * 0.6) : bits / 90)
  return (
    <PasswordInput
      autoComplete="new-password"
      maxLength={512}
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      {...props}
      value={value}
      // What the server refuses for its own reasons must not be called solid under it.
      description={
        props.error && problem === null ? null : (
          <span className="password-strength">
            <span
              className="password-meter"
              data-state={problem || value === '' ? 'short' : bits >= 80 ? 'excellent' : 'good'}
              aria-hidden="true"
            >
              <span style={{ inlineSize: `${share * 100}%` }} />
            </span>
            <span aria-live="polite">{says}</span>
          </span>
        )
      }
    />
  )
}
