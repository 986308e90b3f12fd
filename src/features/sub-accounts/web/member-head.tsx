import { ActionIcon, Button, Menu } from '@mantine/core'
import { IconDots, IconLink, IconMail, IconPhone, IconUserPlus } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useT } from '../../../web/i18n/use-t.ts'
import { Avatar } from '../../../web/kit/avatar.tsx'
import { Tag } from '../../../web/kit/badges.tsx'
import { notify } from '../../../web/kit/notices.tsx'
import { Breadcrumb } from '../../../web/kit/page-head.tsx'
import { RecordHead } from '../../../web/kit/record-layout.tsx'
import { paths } from '../../../web/paths.ts'
import { useActAsMenu } from '../../access/web/act-as.tsx'
import { AccessMenu } from './access-menu.tsx'
import type { Member } from './use-member.ts'

/** Who it is, whether the access is open, and what can be done. */
export function MemberHead({ member }: { member: Member }) {
  const t = useT()
  return (
    <>
      <Breadcrumb
        crumbs={[{ label: t('sub_accounts.title'), to: paths.subAccounts }, { label: member.name }]}
      />
      <RecordHead
        icon={<Avatar person={member} size={44} />}
        title={member.name}
        meta={
          <>
            <span>{[t(`role.${member.role}`), member.jobTitle].filter(Boolean).join(' · ')}</span>
            <span>
              <IconMail size={14} aria-hidden="true" />
              <a href={`mailto:${member.email}`}>{member.email}</a>
            </span>
            {member.phone ? (
              <span>
                <IconPhone size={14} aria-hidden="true" />
                <a href={`tel:${member.phone.replaceAll(/[^+\d]/g, '')}`}>{member.phone}</a>
              </span>
            ) : null}
            {member.isYou ? <Tag small>{t('sub_accounts.you')}</Tag> : null}
          </>
        }
        actions={
          <>
            <AccessMenu member={member} />
            <MoreMenu member={member} />
          </>
        }
      />
    </>
  )
}

function MoreMenu({ member }: { member: Member }) {
  const t = useT()
  const navigate = useNavigate()
  const acting = useActAsMenu(member)
  const copy = async () => {
    await navigator.clipboard.writeText(new URL(paths.subAccount(member.id), window.location.href).href)
    notify(t('sub_accounts.linkCopied'))
  }
  return (
    <>
      {member.can.assign ? (
        <Button
          className="phone-hidden"
          leftSection={<IconUserPlus size={15} />}
          onClick={() =>
            void navigate({ to: paths.subAccount(member.id, 'clients'), search: { assigner: '1' } as never })
          }
        >
          {t('assignments.assign')}
        </Button>
      ) : null}
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={32} aria-label={t('sub_accounts.more')}>
            <IconDots size={17} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {member.can.actAs ? acting.items : null}
          <Menu.Item leftSection={<IconLink size={15} />} onClick={() => void copy()}>
            {t('sub_accounts.act.copyLink')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {acting.dialog}
    </>
  )
}
