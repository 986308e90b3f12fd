import type { AnswerOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import { accountHolds, accountRights, holds, opens, rights, type Right } from '../../contract/rights.ts'
import { subjectOf, type Ctx } from '../../server/context.ts'
import { forgetEndedAccess } from '../access/public.ts'
import type { getMe as contract } from './contract.ts'

type Row = {
  locale: AnswerOf<typeof contract>['user']['locale']
  time_zone: string | null
  theme: 'auto' | 'light' | 'dark'
  shortcuts: boolean
  email_confirmed_at: string | null
  unread: number
}

/**
 * Who is signed in and what they may do. `user` is the person at the keyboard, whose preferences count;
 * `member` and `rights` are those of the subject in whose name they act.
 */
export async function getMe(ctx: Ctx): Promise<AnswerOf<typeof contract>> {
  const subject = subjectOf(ctx)
  const actor = ctx.actor ?? subject
  // The page is told with this answer that it acts for nobody any more.
  if (ctx.session?.actingEnded) await forgetEndedAccess(ctx)
  const [row] = await ctx.tx.query<Row>(
    'get_me',
    `select u.locale, u.time_zone, u.theme, u.shortcuts, u.email_confirmed_at,
       (select count(*)::int from (select from notification n where n.agency_id = u.agency_id and n.user_id = $3 and n.read_at is null limit 100) n) as unread
     from realm_user u where u.agency_id = $1 and u.id = $2`,
    [ctx.agencyId, actor.userId, ctx.account ? subject.userId : actor.userId],
  )
  const { agency, account } = ctx
  return {
    user: {
      id: toPublicId('user', actor.userId),
      email: actor.email,
      name: actor.name,
      locale: row!.locale,
      timeZone: row!.time_zone ?? account?.timeZone ?? agency?.timeZone ?? 'Europe/Paris',
      theme: row!.theme,
      shortcuts: row!.shortcuts,
      emailConfirmed: row!.email_confirmed_at !== null,
    },
    member:
      subject.memberId !== null && subject.role !== null
        ? { id: toPublicId('member', subject.memberId), role: subject.role }
        : null,
    agency:
      agency && agency.kind !== 'operator'
        ? {
            id: toPublicId('agency', agency.id),
            name: agency.name,
            mode: agency.mode,
            kind: agency.kind,
            currency: agency.currency,
          }
        : null,
    account:
      account && subject.accountRole
        ? { id: toPublicId('hostedAccount', account.id), name: account.name, role: subject.accountRole }
        : null,
    acting: ctx.acting && {
      mode: ctx.acting.mode,
      subject: account
        ? { id: toPublicId('hostedAccount', account.id), name: account.name }
        : { id: toPublicId('member', subject.memberId ?? subject.userId), name: subject.name },
      actor: { name: actor.name },
      chain: ctx.acting.chain,
      readOnly: ctx.acting.readOnly,
      endsAt: ctx.acting.endsAt,
    },
    rights: rightsOf(ctx),
    unreadNotifications: row!.unread,
  }
}

function rightsOf(ctx: Ctx): string[] {
  const { role, accountRole } = subjectOf(ctx)
  if (accountRole)
    return (Object.keys(accountRights) as Right[]).filter((right) => accountHolds(accountRole, right))
  const held = (Object.keys(rights) as Right[]).filter(
    (right) => role !== null && holds(role, right) && opens(ctx.agency?.kind, right),
  )
  return ctx.may('operator') ? [...held, 'operator'] : held
}
