import type { Ctx } from '../../server/context.ts'
import type { SampleClient, SampleMember, World } from './world.ts'

/** An event as `append_audit` takes it. */
export type AuditRow = {
  id: string
  occurredAt: string
  action: `${string}.${string}`
  actorUserId: string
  actorName: string
  clientId?: string
  memberId?: string
  entityKind: string
  entityId: string
  entityName: string
  data?: Record<string, unknown>
}

type Happening = {
  by: SampleMember
  at: Temporal.Instant
  action: AuditRow['action']
  data?: Record<string, unknown>
}

/** Remembers what was done to a client. */
export function happenedTo(
  world: World,
  client: SampleClient,
  h: Happening & { member?: SampleMember; entity?: { kind: string; id: string } },
): void {
  world.history.push({
    ...rowOf(world, h),
    clientId: client.id,
    ...(h.member && { memberId: h.member.memberId }),
    entityKind: h.entity?.kind ?? 'client',
    entityId: h.entity?.id ?? client.id,
    entityName: client.name,
  })
}

/** Remembers what was done to a member. */
export function happenedToMember(world: World, member: SampleMember, h: Happening): void {
  world.history.push({
    ...rowOf(world, h),
    memberId: member.memberId,
    entityKind: 'member',
    entityId: member.memberId,
    entityName: member.part.name,
  })
}

function rowOf(world: World, { by, at, action, data }: Happening) {
  return {
    id: world.random.id(at),
    occurredAt: at.toString({ smallestUnit: 'millisecond' }),
    action,
    actorUserId: by.userId,
    actorName: by.part.name,
    ...(data && { data }),
  }
}

/** Seals what happened into the agency's chain, in its order: the journal opens on a year of work. */
export async function sampleHistory(ctx: Ctx, world: World): Promise<void> {
  const events = world.history.toSorted((a, b) =>
    a.occurredAt < b.occurredAt ? -1 : a.occurredAt > b.occurredAt ? 1 : 0,
  )
  await ctx.tx.query('append_audit', 'select append_audit($1::jsonb)', [JSON.stringify(events)])
}
