import { holds, opens } from '../../contract/rights.ts'
import { iso } from '../../server/clock.ts'
import type { Ctx, Person } from '../../server/context.ts'
import { operatorId } from '../../server/ids.ts'
import type { SampleMember, World } from './world.ts'

/** The operator's staff of the sample: on nobody's list, as it is for an agency. */
const staff: Person = {
  userId: operatorId,
  name: 'Service éditorial',
  email: 'editorial@canopee.example',
  memberId: null,
  role: null,
}

/**
 * The context in which somebody of the cast, or the operator's staff, did something then: use cases called with
 * it write what they always write, at that instant; what they told the journal goes to the world's history.
 */
export function asPerson(ctx: Ctx, world: World, who: SampleMember | 'operator', at: Temporal.Instant): Ctx {
  const person: Person =
    who === 'operator'
      ? staff
      : {
          userId: who.userId,
          name: who.part.name,
          email: who.email,
          memberId: who.memberId,
          role: who.part.role,
        }
  const { role } = person
  return {
    ...ctx,
    now: at,
    nowIso: iso(at),
    actor: person,
    subject: who === 'operator' ? null : person,
    acting: null,
    may: (right) =>
      role !== null && right !== 'operator' && holds(role, right) && opens(ctx.agency?.kind, right),
    audit: (event) =>
      void world.history.push({
        id: world.random.id(at),
        occurredAt: at.toString({ smallestUnit: 'millisecond' }),
        action: event.action,
        actorUserId: person.userId,
        actorName: person.name,
        ...(event.clientId && { clientId: event.clientId }),
        ...(event.memberId && { memberId: event.memberId }),
        entityKind: event.entity?.kind ?? 'agency',
        entityId: event.entity?.id ?? ctx.agencyId,
        entityName: event.entity?.name ?? '',
        ...(event.data && { data: event.data }),
      }),
    // What was due in the past happened, or is told by the sample itself.
    enqueue: async (job, payload, options) => {
      if (options?.runAt && Temporal.Instant.compare(options.runAt, world.now) > 0)
        await ctx.enqueue(job, payload, options)
    },
    publish: () => {},
  }
}
