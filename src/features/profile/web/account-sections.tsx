import { useT } from '../../../web/i18n/use-t.ts'
import { Notice } from '../../../web/kit/notice.tsx'
import { useMe } from '../../../web/me.ts'
import { SecondFactorSection } from '../../second-factor/web/second-factor-section.tsx'
import { PasswordSection } from './password-section.tsx'
import { PreferencesSection } from './preferences-section.tsx'
import './profile.css'

/** "Mot de passe" in the settings of a hosted account (B49): one's own, and the second factor beside it. */
export function AccountPasswordSection() {
  return (
    useVisitorNotice() ?? (
      <div className="profile account-settings">
        <PasswordSection />
        <SecondFactorSection />
      </div>
    )
  )
}

/** "Langue et fuseau horaire" in the settings of a hosted account: one's own, applied at once. */
export function AccountPreferencesSection() {
  return (
    useVisitorNotice() ?? (
      <div className="profile account-settings">
        <PreferencesSection />
      </div>
    )
  )
}

/** Somebody of the agency has none of these here: they are the person's own. */
function useVisitorNotice() {
  const t = useT()
  const acting = useMe()?.acting
  return acting ? (
    <Notice tone="info" inline>
      {t('profile.acting', { name: acting.subject.name })}
    </Notice>
  ) : null
}
