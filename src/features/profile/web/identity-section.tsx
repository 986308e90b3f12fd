import { useT } from '../../../web/i18n/use-t.ts'
import { call } from '../../../web/call.ts'
import { InlineField } from '../../../web/kit/inline-field.tsx'
import { Properties, Property } from '../../../web/kit/record-layout.tsx'
import { refreshMe } from '../../../web/me.ts'
import { refresh, useEndpoint } from '../../../web/queries.ts'
import { getProfile, updateProfile } from '../contract.ts'
import { ProfileSection, WhenRead } from './profile-section.tsx'

/** Name, and what one signs in by. */
export function IdentitySection() {
  const t = useT()
  const read = useEndpoint(getProfile)
  const rename = async (name: string) => {
    await call(updateProfile, { body: { name } })
    await Promise.all([refresh(getProfile), refreshMe()])
  }
  return (
    <ProfileSection title={t('profile.identity')} lead={t('profile.identity.lead')}>
      <WhenRead read={read} lines={2}>
        {(profile) => (
          <Properties>
            <Property name={t('profile.name')}>
              <InlineField label={t('profile.name')} value={profile.name} field="name" onSave={rename} />
            </Property>
            <Property name={t('profile.email')}>
              <InlineField
                label={t('profile.email')}
                value={profile.email}
                onSave={() => Promise.resolve()}
                readOnly
                reason={t('profile.email.where')}
              />
            </Property>
            {profile.userName === null ? null : (
              <Property name={t('profile.userName')}>
                <InlineField
                  label={t('profile.userName')}
                  value={profile.userName}
                  onSave={() => Promise.resolve()}
                  readOnly
                />
              </Property>
            )}
          </Properties>
        )}
      </WhenRead>
    </ProfileSection>
  )
}
