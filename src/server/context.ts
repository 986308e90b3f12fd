import type { Kysely } from 'kysely'
import type { DB } from './schema.gen.ts'
import type { Config } from './config.ts'
import type { Database, Tx } from './db.ts'
import type { Events, AppEvent } from './events.ts'
import type { Logger } from './log.ts'
import type { Job, EnqueueOptions } from './jobs.ts'
import type { Recurring } from './timetable.ts'
import type { Realm } from './hosts.ts'
import type { Locale } from '../contract/common.ts'
import type { AccountRole, Role, Right } from '../contract/rights.ts'
import type { AuditInput } from './audit.ts'
import type { MailInput } from './mail.ts'
import type { Texts } from './texts.ts'

/** What lives as long as the process. */
export type App = {
  config: Config
  database: Database
  log: Logger
  events: Events
  texts: Texts
  jobs: readonly Job[]
  timetable: readonly Recurring[]
  /** Whether a notice may go to an address: asked for every one (B20, B47). */
  mayBeTold: (ctx: Ctx, mail: MailInput) => Promise<boolean>
  /** What paying does, by kind of purchase (features/payments). */
  fulfilments: readonly { kind: string }[]
  /** What granting does, by kind of request (features/support-requests). */
  supportGrants: readonly SupportGrant[]
}

/**
 * What granting a request of a kind does, in the tenant that asked and in the transaction of the decision.
 * `about` is what the request was opened with.
 */
export type SupportGrant = {
  kind: string
  run(ctx: Ctx, request: { id: string; about: Record<string, unknown> }): Promise<void>
}

/** Somebody known: a user of the realm and, in an agency, its member. */
export type Person = {
  userId: string
  name: string
  email: string
  memberId: string | null
  role: Role | null
  /** Role in a hosted account, on its host only. */
  accountRole?: AccountRole | null
}

/**
 * How far a hosted account is open to its users: `readOnly` once expired, `closed` while disabled, suspended,
 * archived or gone. Why is the agency's business and is never told on the account's host (B47).
 */
export type AccountDoor = 'open' | 'readOnly' | 'closed'

/** What a request on a hosted account's host needs to know of it. */
export type AccountFacts = {
  id: string
  clientId: string
  name: string
  door: AccountDoor
  locale: Locale
  timeZone: string
}

/** What the request needs to know of its agency. */
export type AgencyFacts = {
  id: string
  kind: 'agency' | 'advertiser' | 'operator'
  name: string
  slug: string
  mode: 'simple' | 'intermediate' | 'full'
  locale: Locale
  timeZone: string
  currency: string
  brandColor: string
  /** Where people write for help, and where answers to mails go; null when none is set. */
  supportEmail: string | null
}

/** The browser session a request came with. */
export type SessionFacts = {
  id: string
  userId: string
  realmId: string
  host: string
  createdAt: string
  method: string
  /** It was acting for somebody, which ended by itself (time, disabled, moved) and the page has not been told. */
  actingEnded: boolean
}

/** Acting as, or looking as, somebody below (domain.md, "Acting as"). */
export type ActingFacts = {
  id: string
  mode: 'acting' | 'viewing'
  readOnly: boolean
  endsAt: string
  /** Names from the person at the keyboard down to the subject. */
  chain: string[]
}

/**
 * All a use case may know and do. One per transaction: everything it reads and writes is of one tenant,
 * and is committed or rolled back together with its audit, mails and jobs.
 */
export type Ctx = {
  app: App
  tx: Tx
  db: Kysely<DB>
  now: Temporal.Instant
  /** `now` as the database takes it. */
  nowIso: string
  requestId: string
  realm: Realm
  agencyId: string
  agency: AgencyFacts | null
  /** The hosted account whose host this is; null elsewhere. */
  account: AccountFacts | null
  locale: Locale
  ip: string | null
  userAgent: string | null
  /** At the keyboard; null on public endpoints and in jobs of the system. */
  actor: Person | null
  /** In whose name and sight: the actor, unless acting. */
  subject: Person | null
  acting: ActingFacts | null
  session: SessionFacts | null
  /** Whether the subject's role holds the right (and the request may use it). */
  may(right: Right): boolean
  /** Records what was done; sealed into the chain just before commit. */
  audit(event: AuditInput): void
  /** Adds a job in this transaction: it runs only if this commits. */
  enqueue<P>(job: Job<P>, payload: P, options?: EnqueueOptions): Promise<void>
  /** Tells open pages, once this commits. */
  publish(event: AppEvent): void
  /** Runs after the commit, outside the transaction; for the reply (cookies), never for writes. */
  afterCommit(work: () => void): void
  /** Runs `work` in a transaction of its own, committed even when this one rolls back (attempt counters). */
  apart<T>(work: (ctx: Ctx) => Promise<T>): Promise<T>
}

/** The person in whose name the call runs; endpoints that need one are never reached without. */
export function subjectOf(ctx: Ctx): Person {
  if (!ctx.subject) throw new Error('this use case needs a signed-in user')
  return ctx.subject
}

/** The member in whose name the call runs, with its role. */
export function memberOf(ctx: Ctx): Person & { memberId: string; role: Role } {
  const person = subjectOf(ctx)
  if (person.memberId === null || person.role === null)
    throw new Error('this use case needs a member of an agency')
  return { ...person, memberId: person.memberId, role: person.role }
}

/** The hosted account whose host the call came to. */
export function accountOf(ctx: Ctx): AccountFacts {
  if (!ctx.account) throw new Error('this use case needs a hosted account')
  return ctx.account
}

/** The agency the call runs in. */
export function agencyOf(ctx: Ctx): AgencyFacts {
  if (!ctx.agency) throw new Error('this use case needs an agency')
  return ctx.agency
}
