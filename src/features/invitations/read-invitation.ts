import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import type { Role } from '../../contract/rights.ts'
import { agencyOf, type Ctx } from '../../server/context.ts'
import { readToken } from '../../server/one-time-token.ts'
import { Refusal } from '../../server/refusal.ts'
import type { readInvitation as contract } from './contract.ts'

type Row = {
  id: string
  user_id: string
  name: string
  email: string
  role: Role
  invited_by: string | null
  client_count: number
}

/** Who invites whom. The link is not spent by looking at it; 410 `link.spent` when it is no longer good. */
export async function readInvitation(
  ctx: Ctx,
  { body }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  const link = await readToken(ctx, 'invitation', body.token)
  const invited = await invitedMember(ctx, link.userId)
  return {
    agency: agencyOf(ctx).name,
    invitedBy: invited.invited_by,
    name: invited.name,
    email: invited.email,
    role: invited.role,
    clientCount: invited.client_count,
    expiresAt: link.expiresAt,
  }
}

/** The member behind an invitation; 410 when it is no longer waiting for one. */
export async function invitedMember(ctx: Ctx, userId: string | null): Promise<Row> {
  const [row] = await ctx.tx.query<Row>(
    'invited_member',
    `select m.id, u.id as user_id, u.name, u.email, m.role, iu.name as invited_by,
       (select count(*)::int from assignment a join client c on c.agency_id = a.agency_id and c.id = a.client_id
        where a.agency_id = $1 and a.member_id = m.id and c.status <> 'archived') as client_count
     from realm_user u
     join member m on m.agency_id = $1 and m.user_id = u.id and m.state = 'invited'
     left join member i on i.agency_id = $1 and i.id = m.invited_by
     left join realm_user iu on iu.agency_id = $1 and iu.id = i.user_id
     where u.agency_id = $1 and u.id = $2 and u.state = 'active'`,
    [ctx.agencyId, userId],
  )
  if (!row) throw new Refusal(410, 'link.spent')
  return row
}
