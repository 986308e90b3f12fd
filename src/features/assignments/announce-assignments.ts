import type { Locale } from '../../contract/common.ts'
import type { Ctx } from '../../server/context.ts'
import { queueMail } from '../../server/mail.ts'
import { notifyUsers } from '../notifications/public.ts'
import type { AssignmentPair } from './assign-clients.ts'
import { assignmentMail } from './emails.ts'

/** Names in a notice or a mail; beyond, a count says the rest. */
export const namesShown = 10

/** Whom to tell, and of which clients: at most ten names, by name, and how many in all. */
type Told = { memberId: string; names: string[]; count: number }

/**
 * Tells each active holder once which clients they were given, in the product and, with `mail`, by e-mail.
 * Nobody is told about what they did themselves; invited holders learn it from their invitation.
 */
export async function announceAssignments(
  ctx: Ctx,
  added: readonly AssignmentPair[],
  options: { mail: boolean },
): Promise<void> {
  if (added.length === 0) return
  const told = await ctx.tx.query<Told>(
    'clients_told',
    `select given.member_id as "memberId", count(*)::int as count, (array_agg(c.name order by c.name_key))[1:$4] as names
     from unnest($2::uuid[], $3::uuid[]) as given(client_id, member_id)
     join client c on c.agency_id = $1 and c.id = given.client_id
     group by given.member_id`,
    [ctx.agencyId, added.map((p) => p.clientId), added.map((p) => p.memberId), namesShown],
  )
  await announceClients(ctx, told, options)
}

/** The same when the clients were counted on the way (long work): one notice, whatever the number of batches. */
export async function announceClients(
  ctx: Ctx,
  told: readonly Told[],
  { mail }: { mail: boolean },
): Promise<void> {
  const holders = await ctx.tx.query<Holder>(
    'holders_told',
    `select m.id, u.id as user_id, u.email, u.name, u.locale from member m
     join realm_user u on u.agency_id = m.agency_id and u.id = m.user_id
     where m.agency_id = $1 and m.id = any($2::uuid[]) and m.state = 'active' and u.id is distinct from $3::uuid`,
    [ctx.agencyId, told.map((x) => x.memberId), ctx.actor?.userId ?? null],
  )
  const by = ctx.actor?.name ?? 'Canopée'
  for (const holder of holders) {
    const { names, count } = told.find((x) => x.memberId === holder.id)!
    await notifyUsers(ctx, [holder.user_id], {
      kind: 'clients_assigned',
      values: { by, count, client: names[0] ?? '' },
      link: '/clients',
    })
    if (!mail) continue
    const locale = holder.locale ?? ctx.agency?.locale ?? 'fr'
    await queueMail(ctx, {
      kind: 'assignments.assigned',
      to: { email: holder.email, name: holder.name, userId: holder.user_id },
      locale,
      body: assignmentMail(ctx, locale, { by, names, count }),
    })
  }
}

type Holder = { id: string; user_id: string; email: string; name: string; locale: Locale | null }
