import { randomUUID } from 'node:crypto'
import type { AccountFacts, ActingFacts, AgencyFacts, App, Ctx, Person, SessionFacts } from './context.ts'
import type { Realm } from './hosts.ts'
import { hostOfSlug, baseRealm } from './hosts.ts'
import type { Locale } from '../contract/common.ts'
import { accountHolds, holds, opens, type Right } from '../contract/rights.ts'
import { appendAudit, type AuditInput } from './audit.ts'
import { clockOffsetSql, instantAt, iso } from './clock.ts'
import { boundTo, setTenant, type Tx } from './db.ts'
import { endSoon, inOnePacket } from './packets.ts'
import { Events, type AppEvent } from './events.ts'
import { enqueueJob } from './enqueue-job.ts'
import { operatorId } from './ids.ts'

/** What is already known when a context is made; the rest is read or left empty. */
export type Known = {
  agencyId: string
  requestId?: string
  realm?: Realm
  locale?: Locale
  ip?: string | null
  userAgent?: string | null
  /** Only reads: PostgreSQL refuses any write in it, and nobody waits for its end. */
  readOnly?: boolean
}

/** Who the call is by and for, filled in once the transaction is open. */
export type Identity = {
  actor: Person | null
  subject: Person | null
  acting: ActingFacts | null
  session: SessionFacts | null
  agency: AgencyFacts | null
  account: AccountFacts | null
}

/** A row of `agencyColumns`. */
export type AgencyRow = {
  agency_id: string
  kind: AgencyFacts['kind']
  name: string
  slug: string
  mode: AgencyFacts['mode']
  locale: Locale
  time_zone: string
  currency: string
  brand_color: string
  support_email: string | null
}

/** Columns of `agency` that AgencyFacts is made of. */
export const agencyColumns =
  'agency_id, kind, name, slug, mode, locale, time_zone, currency, brand_color, support_email'

/** The facts in a row of `agencyColumns`. */
export function agencyFacts(r: AgencyRow): AgencyFacts {
  return {
    id: r.agency_id,
    kind: r.kind,
    name: r.name,
    slug: r.slug,
    mode: r.mode,
    locale: r.locale,
    timeZone: r.time_zone,
    currency: r.currency,
    brandColor: r.brand_color,
    supportEmail: r.support_email,
  }
}

/** Reads who is calling; the default is the system itself, in the agency's own realm. */
type Identify = (tx: Tx) => Promise<Partial<Identity> & { offset: number }>

const asTheSystem =
  (agencyId: string): Identify =>
  async (tx) => {
    const [clock, agencies] = await Promise.all([
      tx.query<{ offset: number }>('clock_offset', clockOffsetSql, []),
      tx.query<AgencyRow>('agency_facts', `select ${agencyColumns} from agency where agency_id = $1`, [
        agencyId,
      ]),
    ])
    return { offset: clock[0]!.offset, agency: agencies[0] ? agencyFacts(agencies[0]) : null }
  }

/**
 * Opens a transaction of one tenant, makes its context, runs `work`, seals the audit and commits; rolls
 * everything back when `work` throws. The only way that code outside a request reaches a tenant's rows.
 */
export async function runInTenant<T>(
  app: App,
  known: Known,
  work: (ctx: Ctx) => Promise<T>,
  identify: Identify = asTheSystem(known.agencyId),
): Promise<T> {
  const client = await app.database.app.connect()
  let broken: Error | undefined
  const audits: AuditInput[] = []
  const events: AppEvent[] = []
  const after: (() => void)[] = []
  try {
    const tx = boundTo(client)
    const begin = known.readOnly ? 'begin read only' : 'begin'
    const [, , identity] = await inOnePacket(client, () =>
      Promise.all([client.query(begin), setTenant(client, known.agencyId), identify(tx)]),
    )
    const now = instantAt(identity.offset)
    const subject = identity.subject ?? identity.actor ?? null
    const ctx: Ctx = {
      app,
      tx,
      get db() {
        return tx.db
      },
      now,
      nowIso: iso(now),
      requestId: known.requestId ?? randomUUID(),
      realm: known.realm ?? realmOf(app, known.agencyId, identity.agency ?? null),
      agencyId: known.agencyId,
      agency: identity.agency ?? null,
      account: identity.account ?? null,
      locale: known.locale ?? identity.agency?.locale ?? 'fr',
      ip: known.ip ?? null,
      userAgent: known.userAgent ?? null,
      actor: identity.actor ?? null,
      subject,
      acting: identity.acting ?? null,
      session: identity.session ?? null,
      may: (right: Right) =>
        right === 'operator'
          ? known.agencyId === operatorId && ctx.subject !== null
          : ctx.subject?.accountRole != null
            ? accountHolds(ctx.subject.accountRole, right)
            : ctx.subject?.role != null && holds(ctx.subject.role, right) && opens(ctx.agency?.kind, right),
      audit: (event) => void audits.push(event),
      enqueue: (j, payload, options) => enqueueJob(ctx, j, payload, options),
      publish: (event) => void events.push(event),
      afterCommit: (fn) => void after.push(fn),
      apart: (inner) =>
        runInTenant(
          app,
          { ...known, readOnly: false, realm: ctx.realm, locale: ctx.locale, requestId: ctx.requestId },
          inner,
          async (t) => {
            const clock = await t.query<{ offset: number }>('clock_offset', clockOffsetSql, [])
            return {
              actor: ctx.actor,
              subject: ctx.subject,
              acting: ctx.acting,
              session: ctx.session,
              agency: ctx.agency,
              account: ctx.account,
              offset: clock[0]!.offset,
            }
          },
        ),
    }
    const result = await work(ctx)
    if (known.readOnly && audits.length === 0 && events.length === 0) endSoon(client)
    else await commit(ctx, audits, events)
    for (const fn of after) fn()
    return result
  } catch (error) {
    await client.query('rollback').catch((e: Error) => (broken = e))
    throw error
  } finally {
    client.release(broken)
  }
}

/** Seals the audit, sends the events and commits, in one round trip: a failure of any rolls all back. */
async function commit(ctx: Ctx, audits: readonly AuditInput[], events: readonly AppEvent[]): Promise<void> {
  const { client } = ctx.tx
  const [, , end] = await inOnePacket(client, () =>
    Promise.all([
      appendAudit(ctx, audits),
      Promise.all(events.map((event) => Events.send(client, event))),
      client.query('commit'),
    ]),
  )
  // A statement failed and somebody went on regardless: nothing of this was kept, so nothing may be acknowledged.
  if (end.command !== 'COMMIT') throw new Error('the transaction was rolled back')
}

/** The realm of an agency's own host; the base host's when there is none. */
export function realmOf(app: App, agencyId: string, agency: AgencyFacts | null): Realm {
  if (agencyId === operatorId || !agency) return baseRealm(app.config)
  return { kind: 'agency', agencyId, realmId: agencyId, host: hostOfSlug(app.config, agency.slug) }
}
