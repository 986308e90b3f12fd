import type { AnswerOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import { memberOf, type Ctx } from '../../server/context.ts'
import { visibleClientCondition } from '../access/public.ts'
import type { getHome } from './contract.ts'

type Activity = AnswerOf<typeof getHome>['activity'][number]

type Row = {
  id: string
  occurred_at: string
  action: string
  actor_name: string
  actor_member_id: string | null
  subject_name: string | null
  client_id: string | null
  client_name: string | null
  member_id: string | null
  member_name: string | null
  entity_name: string | null
  data: Record<string, unknown>
}

/**
 * The last events about clients the viewer sees; all events for an owner. Looks no further back than the
 * agency's last 2,000: somebody to whose clients nothing happened for that long is told so, at no cost.
 */
export async function recentActivity(ctx: Ctx, most = 10): Promise<Activity[]> {
  const { role, memberId } = memberOf(ctx)
  const rows = await ctx.tx.query<Row>(
    `home_activity_${role}`,
    role === 'owner' ? ownerSql : memberSql(role),
    [ctx.agencyId, memberId, most],
  )
  return rows.map((r) => ({
    id: toPublicId('auditEvent', r.id),
    occurredAt: r.occurred_at,
    action: r.action,
    actor: { memberId: r.actor_member_id && toPublicId('member', r.actor_member_id), name: r.actor_name },
    subject: r.subject_name,
    client:
      r.client_id && r.client_name !== null
        ? { id: toPublicId('client', r.client_id), name: r.client_name }
        : null,
    member:
      r.member_id && r.member_name !== null
        ? { id: toPublicId('member', r.member_id), name: r.member_name }
        : null,
    entityName: r.entity_name,
    data: r.data,
  }))
}

const columns = `e.id, e.occurred_at, e.action, e.actor_name, am.id as actor_member_id, e.subject_name, e.client_id, c.name as client_name,
  e.member_id, u.name as member_name, e.entity_name, e.data`
const people = `left join member am on am.agency_id = $1 and am.user_id = e.actor_user_id
  left join member m on m.agency_id = $1 and m.id = e.member_id
  left join realm_user u on u.agency_id = $1 and u.id = m.user_id`

// The owner's own id is named only so that every role's statement takes the same values.
const ownerSql = `select ${columns} from audit_event e
  left join client c on c.agency_id = $1 and c.id = e.client_id ${people}
  where e.agency_id = $1 and $2::uuid is not null order by e.seq desc limit $3`

function memberSql(role: string): string {
  return `select ${columns} from (select * from audit_event where agency_id = $1 and client_id is not null order by seq desc limit 2000) e
    join client c on c.agency_id = $1 and c.id = e.client_id ${people}
    where ${visibleClientCondition({ role }, 'c', '$1', '$2')} order by e.seq desc limit $3`
}
