import { useMemo } from 'react'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { Avatar } from '../../../web/kit/avatar.tsx'
import type { GridColumn } from '../../../web/kit/data-grid-type.ts'
import { IdentityCell } from '../../../web/kit/row-card.tsx'
import { RelativeDate } from '../../../web/kit/texts.tsx'
import { useMe } from '../../../web/me.ts'
import { MemberStateBadge } from './member-words.tsx'
import type { MemberRow } from './use-member.ts'

/** Columns of the list. Who stands under whom has no meaning in simple mode, clients none for an advertiser. */
export function useMemberColumns(): GridColumn<MemberRow>[] {
  const t = useT()
  const format = useFormat()
  const agency = useMe()?.agency
  const flat = agency?.mode === 'simple'
  const advertiser = agency?.kind === 'advertiser'
  return useMemo(() => {
    const place: GridColumn<MemberRow> = {
      id: 'parent',
      header: t('sub_accounts.parent'),
      cell: (m) => (
        <span className="ink-2">
          {m.parent?.name ?? (m.role === 'owner' ? '—' : t('sub_accounts.root.short'))}
        </span>
      ),
      width: 170,
    }
    const clients: GridColumn<MemberRow> = {
      id: 'clients',
      header: t('sub_accounts.clients'),
      cell: (m) => (
        <span className="figures">
          {m.role === 'owner' && m.clientCount === 0
            ? t('sub_accounts.clients.all')
            : format.number(m.clientCount)}
        </span>
      ),
      width: 90,
      align: 'end',
    }
    return [
      {
        id: 'name',
        header: t('sub_accounts.person'),
        sort: 'name',
        cell: (m) => <IdentityCell icon={<Avatar person={m} size={28} />} name={m.name} detail={m.email} />,
      },
      { id: 'role', header: t('sub_accounts.role'), cell: (m) => t(`role.${m.role}`), width: 130 },
      ...(flat ? [] : [place]),
      {
        id: 'state',
        header: t('sub_accounts.state'),
        cell: (m) => <MemberStateBadge state={m.state} />,
        width: 184,
      },
      ...(advertiser ? [] : [clients]),
      {
        id: 'seen',
        header: t('sub_accounts.lastSeen'),
        sort: 'lastSeenAt',
        cell: (m) =>
          m.lastSeenAt ? (
            <RelativeDate value={m.lastSeenAt} />
          ) : (
            <span className="ink-3">{t('sub_accounts.never')}</span>
          ),
        width: 150,
      },
    ]
  }, [t, format, flat, advertiser])
}
