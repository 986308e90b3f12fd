import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useT } from '../../../web/i18n/use-t.ts'
import { Avatar } from '../../../web/kit/avatar.tsx'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { SectionHead } from '../../../web/kit/record-layout.tsx'
import { Skeletons } from '../../../web/kit/skeletons.tsx'
import { paths } from '../../../web/paths.ts'
import { useEndpoint } from '../../../web/queries.ts'
import { getMemberOptions, listMembers } from '../contract.ts'
import { MemberStateBadge } from './member-words.tsx'
import type { Member } from './use-member.ts'

const shown = 30

/** Everybody below a member, and the way to invite one more there. */
export function MemberTeam({ member }: { member: Member }) {
  const t = useT()
  const { data, error, refetch } = useEndpoint(listMembers, {
    query: { under: member.id, limit: shown, total: 'true' },
  })
  const { data: options } = useEndpoint(getMemberOptions)
  const mayHaveTeam =
    options?.canInvite &&
    options.roles.some((o) => o.parentRoles.includes(member.role)) &&
    member.state !== 'disabled'
  const rest = (data?.total ?? 0) - (data?.data.length ?? 0)
  return (
    <>
      <SectionHead
        title={t('sub_accounts.team')}
        count={data?.total}
        action={
          mayHaveTeam ? (
            <Button
              size="sm"
              variant="subtle"
              leftSection={<IconPlus size={14} />}
              renderRoot={(root) => (
                <Link to={paths.subAccounts} search={{ nouveau: '1', sous: member.id } as never} {...root} />
              )}
            >
              {t('sub_accounts.team.invite')}
            </Button>
          ) : null
        }
      />
      {error ? (
        <ErrorState error={error} what={t('sub_accounts.unreadable')} retry={() => void refetch()} />
      ) : null}
      {!data && !error ? <Skeletons lines={3} height={36} /> : null}
      {data?.data.length === 0 ? <p className="meta">{t('sub_accounts.team.none')}</p> : null}
      <ul className="member-list">
        {data?.data.map((m) => (
          <li key={m.id}>
            <Avatar person={m} size={30} />
            <span className="member-line">
              <Link to={paths.subAccount(m.id)}>{m.name}</Link>
              <small>
                {[
                  t(`role.${m.role}`),
                  m.parent && m.parent.id !== member.id
                    ? t('sub_accounts.under', { name: m.parent.name })
                    : null,
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </small>
            </span>
            {m.state === 'active' ? null : <MemberStateBadge state={m.state} />}
          </li>
        ))}
      </ul>
      {rest > 0 ? (
        <Link className="text-link" to={paths.subAccounts} search={{ equipe: member.id } as never}>
          {t('sub_accounts.team.all', { count: data?.total ?? 0 })}
        </Link>
      ) : null}
    </>
  )
}
