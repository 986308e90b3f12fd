import type { Locale } from '../../contract/common.ts'
import type { Ctx } from '../../server/context.ts'
import { newId } from '../../server/ids.ts'
import { queueMail } from '../../server/mail.ts'
import type { AssignmentPair } from './assign-clients.ts'
import { assignmentMail } from './emails.ts'

/** Names in a notice or a mail; beyond, a count says the rest. */
const namesShown = 10

type Holder = {
  id: string
  user_id: string
  email: string
  name: string
  locale: Locale | null
  names: string[]
  clients: number
}

/**
 * Tells each active holder once which clients they were given, in the product and, with `mail`, by e-mail.
 * Nobody is told about what they did themselves; invited holders learn it from their invitation.
 */
export async function announceAssignments(
  ctx: Ctx,
  added: readonly AssignmentPair[],
  { mail }: { mail: boolean },
): Promise<void> {
  if (added.length === 0) return
  const holders = await ctx.tx.query<Holder>(
    'holders_told',
    `select m.id, u.id as user_id, u.email, u.name, u.locale, count(*)::int as clients,
       (array_agg(c.name order by c.name_key))[1:$4] as names
     from unnest($2::uuid[], $3::uuid[]) as given(client_id, member_id)
     join client c on c.agency_id = $1 and c.id = given.client_id
     join member m on m.agency_id = $1 and m.id = given.member_id and m.state = 'active'
     join realm_user u on u.agency_id = $1 and u.id = m.user_id
     where u.id is distinct from $5::uuid
     group by m.id, u.id, u.email, u.name, u.locale`,
    [
      ctx.agencyId,
      added.map((p) => p.clientId),
      added.map((p) => p.memberId),
      namesShown,
      ctx.actor?.userId ?? null,
    ],
  )
  for (const h of holders) {
    await ctx.db
      .insertInto('notification')
      .values({
        agency_id: ctx.agencyId,
        id: newId(),
        user_id: h.user_id,
        kind: 'clients_assigned',
        data: JSON.stringify({ by: ctx.actor?.name ?? 'Canopée', count: h.clients, client: h.names[0] }),
        link: '/clients',
        created_at: ctx.nowIso,
      })
      .execute()
    ctx.publish({ agencyId: ctx.agencyId, userIds: [h.user_id], kind: 'notification' })
    if (mail) {
      const locale = h.locale ?? ctx.agency?.locale ?? 'fr'
      await queueMail(ctx, {
        kind: 'assignments.assigned',
        to: { email: h.email, name: h.name, userId: h.user_id },
        locale,
        body: assignmentMail(ctx, locale, {
          by: ctx.actor?.name ?? 'Canopée',
          names: h.names,
          count: h.clients,
        }),
      })
    }
  }
}
