import { Button, Switch } from '@mantine/core'
import { call } from '../../../web/call.ts'
import { T } from '../../../web/i18n/rich-text.tsx'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { Notice } from '../../../web/kit/notice.tsx'
import { notify, notifyError, undoable } from '../../../web/kit/notices.tsx'
import { SectionHead } from '../../../web/kit/record-layout.tsx'
import { DateText, RelativeDate } from '../../../web/kit/texts.tsx'
import { useMe } from '../../../web/me.ts'
import { useEndpoint } from '../../../web/queries.ts'
import { sendAgain } from '../../invitations/web/send-again.ts'
import { enableSubAccount, getMemberOptions } from '../contract.ts'
import { MemberStateBadge } from './member-words.tsx'
import { changeMember, showMember, type Member } from './use-member.ts'

/** Whether the holder can sign in, since when, and whether the unassigned clients are seen too. */
export function MemberAccess({ member }: { member: Member }) {
  const t = useT()
  const hasClients = useMe()?.agency?.kind === 'agency'
  return (
    <div className="member-access">
      <div className="card member-card">
        <SectionHead title={t('sub_accounts.access')} action={<MemberStateBadge state={member.state} />} />
        <AccessWords member={member} />
      </div>
      {hasClients && member.role !== 'owner' ? <SeesUnassigned member={member} /> : null}
      {hasClients && member.role === 'owner' ? (
        <div className="card member-card">
          <p>{t('sub_accounts.ownerSeesAll', { name: member.name })}</p>
        </div>
      ) : null}
    </div>
  )
}

function AccessWords({ member }: { member: Member }) {
  const t = useT()
  const { state, invitation, can } = member
  if (state === 'disabled')
    return (
      <>
        <p>
          {t('sub_accounts.access.disabled')}{' '}
          {member.disabledAt ? <DateText value={member.disabledAt} /> : null}
        </p>
        <p className="meta">{t('sub_accounts.access.dormant', { count: member.clientCount })}</p>
        {can.enable ? (
          <Button variant="default" onClick={() => void enable(member)}>
            {t('sub_accounts.act.enable')}
          </Button>
        ) : null}
      </>
    )
  if (invitation)
    return (
      <>
        <p>
          {invitation.invitedBy
            ? t('invitations.sentBy', { by: invitation.invitedBy })
            : t('invitations.sent')}{' '}
          <RelativeDate value={invitation.sentAt} />
        </p>
        {state === 'expired' || !invitation.expiresAt ? (
          <Notice inline>{t('invitations.expired')}</Notice>
        ) : (
          <p className="meta">
            {t('invitations.expires')} <DateText value={invitation.expiresAt} />
          </p>
        )}
        {can.resendInvitation ? (
          <Button variant="default" onClick={() => void sendAgain(member)}>
            {t('invitations.resend')}
          </Button>
        ) : null}
      </>
    )
  return <p>{t('sub_accounts.access.active', { name: member.name })}</p>
}

async function enable(member: Member): Promise<void> {
  try {
    showMember(await call(enableSubAccount, { params: { id: member.id } }))
    notify(<T id="sub_accounts.done.enabled" values={{ name: member.name }} />)
  } catch (error) {
    notifyError(error)
  }
}

/** The switch of A21 and A22, with the names it opens. */
function SeesUnassigned({ member }: { member: Member }) {
  const t = useT()
  const format = useFormat()
  const { data: options } = useEndpoint(getMemberOptions)
  const { count, names } = member.unassigned
  const more = count - names.length
  const change = async (seesUnassigned: boolean) => {
    try {
      await changeMember(member.id, { seesUnassigned })
      undoable(
        <T
          id={seesUnassigned ? 'sub_accounts.done.unassignedOn' : 'sub_accounts.done.unassignedOff'}
          values={{ name: member.name }}
        />,
        () => changeMember(member.id, { seesUnassigned: !seesUnassigned }),
      )
    } catch (error) {
      notifyError(error)
    }
  }
  const barred = options?.canGrantUnassigned === false && !member.seesUnassigned
  return (
    <div className="card member-card">
      <SectionHead title={t('sub_accounts.unassigned')} />
      <Switch
        checked={member.seesUnassigned}
        disabled={!member.can.edit || barred}
        onChange={(event) => void change(event.currentTarget.checked)}
        label={t('invitations.unassigned')}
        description={barred ? t('member.unassigned_not_yours') : t('sub_accounts.unassigned.help')}
      />
      {count === 0 ? (
        <p className="meta">{t('sub_accounts.unassigned.none')}</p>
      ) : (
        <>
          <p className={member.seesUnassigned ? undefined : 'ink-3'}>
            {t(member.seesUnassigned ? 'sub_accounts.unassigned.now' : 'sub_accounts.unassigned.would', {
              count,
            })}{' '}
            {format.list([...names, ...(more > 0 ? [t('invitations.unassigned.more', { more })] : [])])}
          </p>
          {member.role === 'client' && member.seesUnassigned ? (
            <Notice inline>
              <T id="invitations.unassigned.warning" values={{ count }} />
            </Notice>
          ) : null}
        </>
      )}
    </div>
  )
}
