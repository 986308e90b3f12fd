import { appendAudit, type AuditInput } from './audit.ts'
import type { AgencyFacts, Ctx } from './context.ts'
import { setTenant } from './db.ts'
import { enqueueJob } from './enqueue-job.ts'
import { inOnePacket } from './packets.ts'
import { agencyColumns, agencyFacts, realmOf, runInTenant, type AgencyRow } from './run-in-tenant.ts'

/**
 * Runs `work` in the caller's own transaction on the rows of another tenant, with its own audit: how the base
 * host makes an agency in one commit. The inner context is the system's: no actor, no session, no right; give
 * it an actor (`actAs`) once there is one. The caller's tenant is back when this ends, whatever happened.
 */
export async function within<T>(ctx: Ctx, agencyId: string, work: (inner: Ctx) => Promise<T>): Promise<T> {
  const { client } = ctx.tx
  await setTenant(client, agencyId)
  try {
    const inner = await innerContext(ctx, agencyId)
    const audits: AuditInput[] = []
    inner.audit = (event) => void audits.push(event)
    const result = await work(inner)
    await appendAudit(inner, audits)
    return result
  } finally {
    // In a failed transaction nothing runs any more, and nothing needs to: it will be rolled back.
    await setTenant(client, ctx.agencyId).catch(() => undefined)
  }
}

/**
 * One named statement on the rows of another tenant, in the caller's transaction and in one round trip: how an
 * agency's call reads what the operator publishes (seller, prices) or takes a number from its sequences. The
 * statement must name that tenant itself, as every statement does.
 */
export async function queryWithin<Row>(
  ctx: Ctx,
  agencyId: string,
  name: string,
  text: string,
  values: readonly unknown[],
): Promise<Row[]> {
  const { client } = ctx.tx
  const [, rows] = await inOnePacket(client, () =>
    Promise.all([
      setTenant(client, agencyId),
      ctx.tx.query<Row>(name, text, values),
      setTenant(client, ctx.agencyId),
    ]),
  )
  return rows
}

/** Reads the agency of a context again: right after it was made, or changed, in this very transaction. */
export async function readAgencyAgain(ctx: Ctx): Promise<AgencyFacts | null> {
  const [row] = await ctx.tx.query<AgencyRow>(
    'agency_facts',
    `select ${agencyColumns} from agency where agency_id = $1`,
    [ctx.agencyId],
  )
  ctx.agency = row ? agencyFacts(row) : null
  ctx.realm = realmOf(ctx.app, ctx.agencyId, ctx.agency)
  return ctx.agency
}

/** Names the person who does what follows: the owner whom sign-up has just made. */
export function actAs(ctx: Ctx, person: NonNullable<Ctx['actor']>): void {
  ctx.actor = person
  ctx.subject = person
}

async function innerContext(ctx: Ctx, agencyId: string): Promise<Ctx> {
  const inner: Ctx = {
    ...ctx,
    agencyId,
    actor: null,
    subject: null,
    acting: null,
    session: null,
    account: null,
    may: () => false,
    enqueue: (job, payload, options) => enqueueJob(inner, job, payload, options),
    apart: (work) => runInTenant(ctx.app, { agencyId, requestId: ctx.requestId }, work),
  }
  await readAgencyAgain(inner)
  return inner
}
