import { useState } from 'react'
import { Button } from '@mantine/core'
import { useT } from '../../../web/i18n/use-t.ts'
import { InlineField } from '../../../web/kit/inline-field.tsx'
import { Properties, Property, RecordLayout, SectionHead } from '../../../web/kit/record-layout.tsx'
import { DateText, RelativeDate } from '../../../web/kit/texts.tsx'
import { useMe } from '../../../web/me.ts'
import { MemberAccess } from './member-access.tsx'
import { MemberTeam } from './member-team.tsx'
import { RoleDialog } from './role-dialog.tsx'
import { changeMember, type Member } from './use-member.ts'

/** Tab "Profil": who it is, in place; its role and place; its access and what it sees besides its clients. */
export function MemberProfile({ member }: { member: Member }) {
  const t = useT()
  const agency = useMe()?.agency
  return (
    <RecordLayout
      start={{ label: t('sub_accounts.details'), content: <Details member={member} /> }}
      main={{ label: t('sub_accounts.access'), content: <MemberAccess member={member} /> }}
      {...(agency?.mode !== 'simple' && {
        end: { label: t('sub_accounts.team'), content: <MemberTeam member={member} /> },
      })}
    />
  )
}

function Details({ member }: { member: Member }) {
  const t = useT()
  const agency = useMe()?.agency
  const [changing, setChanging] = useState(false)
  const { can } = member
  const save = (field: 'name' | 'jobTitle' | 'phone') => (value: string) =>
    changeMember(member.id, { [field]: value })
  const readOnly = { readOnly: !can.edit, ...(member.isYou && { reason: t('sub_accounts.yourProfile') }) }
  return (
    <>
      <SectionHead title={t('sub_accounts.details')} />
      <Properties>
        <Property name={t('invitations.name')}>
          <InlineField
            label={t('invitations.name')}
            value={member.name}
            field="name"
            onSave={save('name')}
            {...readOnly}
          />
        </Property>
        <Property name={t('sub_accounts.jobTitle')}>
          <InlineField
            label={t('sub_accounts.jobTitle')}
            value={member.jobTitle ?? ''}
            field="jobTitle"
            onSave={save('jobTitle')}
            {...readOnly}
          />
        </Property>
        <Property name={t('sub_accounts.phone')}>
          <InlineField
            label={t('sub_accounts.phone')}
            type="tel"
            value={member.phone ?? ''}
            field="phone"
            onSave={save('phone')}
            {...readOnly}
          />
        </Property>
        <Property name={t('invitations.email')}>
          <span className="inline-field" data-read-only title={t('sub_accounts.emailReason')}>
            {member.email}
          </span>
        </Property>
      </Properties>
      <SectionHead
        title={t('sub_accounts.place')}
        action={
          can.changeRole ? (
            <Button size="sm" variant="subtle" onClick={() => setChanging(true)}>
              {t('sub_accounts.act.changeRole')}
            </Button>
          ) : null
        }
      />
      <Properties>
        <Property name={t('sub_accounts.role')}>
          <span className="inline-field" data-read-only>
            {t(`role.${member.role}`)}
          </span>
        </Property>
        {agency?.mode === 'simple' ? null : (
          <Property name={t('sub_accounts.parent')}>
            <span className="inline-field" data-read-only>
              {member.ancestors.length > 0
                ? member.ancestors.map((a) => a.name).join(' › ')
                : t('sub_accounts.root', { agency: agency?.name ?? '' })}
            </span>
          </Property>
        )}
      </Properties>
      <p className="meta role-words">{t(`sub_accounts.role.${member.role}`)}</p>
      <SectionHead title={t('sub_accounts.dates')} />
      <Properties>
        <Property name={t('sub_accounts.createdAt')}>
          <span className="inline-field" data-read-only>
            <DateText value={member.createdAt} />
          </span>
        </Property>
        <Property name={t('sub_accounts.lastSeen')}>
          <span className="inline-field" data-read-only>
            {member.lastSeenAt ? <RelativeDate value={member.lastSeenAt} /> : t('sub_accounts.never')}
          </span>
        </Property>
      </Properties>
      {changing ? <RoleDialog member={member} onClose={() => setChanging(false)} /> : null}
    </>
  )
}
