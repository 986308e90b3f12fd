import type { Ctx } from './context.ts'
import { newId } from './ids.ts'

/** One thing done. `action` is `<subject>.<past participle>`, with a text `audit.<action>` in every language. */
export type AuditInput = {
  action: `${string}.${string}`
  clientId?: string | null
  memberId?: string | null
  entity?: { kind: string; id: string; name: string }
  /** Before and after of what changed, counts; never secrets. */
  data?: Record<string, unknown>
}

/** Seals the events of a transaction into its tenant's chain. The kernel calls it last before commit. */
export async function appendAudit(ctx: Ctx, events: readonly AuditInput[]): Promise<void> {
  if (events.length === 0) return
  const acting = ctx.acting !== null && ctx.subject?.userId !== ctx.actor?.userId
  const rows = events.map((e) => ({
    id: newId(),
    occurredAt: ctx.nowIso,
    action: e.action,
    actorUserId: ctx.actor?.userId ?? null,
    actorName: ctx.actor?.name ?? 'Canopée',
    subjectUserId: acting ? ctx.subject?.userId : null,
    subjectName: acting ? ctx.subject?.name : null,
    chain: ctx.acting?.chain ?? [],
    clientId: e.clientId ?? null,
    memberId: e.memberId ?? null,
    entityKind: e.entity?.kind ?? null,
    entityId: e.entity?.id ?? null,
    entityName: e.entity?.name ?? null,
    data: e.data ?? {},
    requestId: ctx.requestId,
  }))
  await ctx.tx.query('append_audit', 'select append_audit($1::jsonb)', [JSON.stringify(rows)])
}
