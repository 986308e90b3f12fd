import { toPublicId } from '../../contract/ids.ts'
import type { Ctx } from '../../server/context.ts'
import { memberOf, membersWhere, type SampleMember, type World } from './world.ts'

/** What waits under the bell: the last person to have joined, for who invited them; the last client, for its team. */
export async function sampleNotifications(ctx: Ctx, world: World): Promise<void> {
  const told = (to: SampleMember, at: Temporal.Instant, kind: string, data: object, link: string) => ({
    agency_id: ctx.agencyId,
    id: world.random.id(at),
    user_id: to.userId,
    kind,
    data: JSON.stringify(data),
    link,
    created_at: at.toString(),
  })
  const joined = ['sofia', 'paul'].map((key) => {
    const person = memberOf(world, key)
    return told(
      memberOf(world, 'camille'),
      person.joinedAt,
      'invitation_accepted',
      { name: person.part.name },
      `/sous-comptes/${toPublicId('member', person.memberId)}`,
    )
  })
  const assigned = membersWhere(world, (p) => p.role === 'consultant' && p.state === undefined).flatMap(
    (person) => {
      const [last] = world.clients
        .flatMap((client) =>
          client.assignments.filter((a) => a.member === person).map((a) => ({ client, at: a.at })),
        )
        .toSorted((a, b) => Temporal.Instant.compare(b.at, a.at))
      if (!last) return []
      const by = (last.client.home ?? memberOf(world, 'camille')).part.name
      return [
        told(
          person,
          last.at,
          'clients_assigned',
          { by, count: 1, client: last.client.name },
          `/clients/${toPublicId('client', last.client.id)}`,
        ),
      ]
    },
  )
  await ctx.db
    .insertInto('notification')
    .values([...joined, ...assigned])
    .execute()
}
