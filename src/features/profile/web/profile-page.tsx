import { useNavigate } from '@tanstack/react-router'
import { useT } from '../../../web/i18n/use-t.ts'
import { Notice } from '../../../web/kit/notice.tsx'
import { PageHead } from '../../../web/kit/page-head.tsx'
import { ViewTabs } from '../../../web/kit/view-tabs.tsx'
import { useMe } from '../../../web/me.ts'
import { paths } from '../../../web/paths.ts'
import { usePathParam } from '../../../web/router.tsx'
import { ActedForPanel } from '../../access/web/acted-for-panel.tsx'
import { PasskeysSection } from '../../passkeys/web/passkeys-section.tsx'
import { SecondFactorSection } from '../../second-factor/web/second-factor-section.tsx'
import { EmailSection } from './email-section.tsx'
import { IdentitySection } from './identity-section.tsx'
import { PasswordSection } from './password-section.tsx'
import { PreferencesSection } from './preferences-section.tsx'
import { SessionsSection } from './sessions-section.tsx'
import './profile.css'

const tabs = ['profil', 'securite', 'sessions'] as const

/** `/profil` (B14): oneself, how one signs in, and where one is signed in. */
export function ProfilePage() {
  const t = useT()
  const me = useMe()
  const navigate = useNavigate()
  const asked = usePathParam('tab')
  const tab = tabs.find((id) => id === asked) ?? 'profil'
  return (
    <>
      <PageHead title={t('profile.title')} />
      <ViewTabs
        label={t('profile.tabs')}
        tabs={tabs.map((id) => ({ id, label: t(`profile.tab.${id}`) }))}
        current={tab}
        onChange={(id) => void navigate({ to: id === 'profil' ? paths.profile : `${paths.profile}/${id}` })}
      />
      {me?.acting ? (
        <div className="scrolls stack">
          <Notice tone="info" inline>
            {t('profile.acting', { name: me.acting.subject.name })}
          </Notice>
        </div>
      ) : (
        <div className="scrolls stack profile">
          {tab === 'profil' ? (
            <>
              <IdentitySection />
              <PreferencesSection />
            </>
          ) : null}
          {tab === 'securite' ? (
            <>
              <EmailSection />
              <PasswordSection />
              <SecondFactorSection />
              <PasskeysSection />
            </>
          ) : null}
          {tab === 'sessions' ? (
            <>
              <SessionsSection />
              {me?.member ? <ActedForPanel /> : null}
            </>
          ) : null}
        </div>
      )}
    </>
  )
}
