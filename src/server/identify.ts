import type { Tx } from './db.ts'
import type { ActingFacts, AgencyFacts, Person, SessionFacts } from './context.ts'
import type { Role } from '../contract/rights.ts'
import type { Locale } from '../contract/common.ts'
import type { Realm } from './hosts.ts'
import { hashToken } from './keys.ts'
import { identifyInAccount } from './identify-in-account.ts'
import { seenEverySeconds } from './last-seen.ts'
import { agencyFacts, type Identity } from './run-in-tenant.ts'
import { instantAt } from './clock.ts'

type Row = {
  offset: number
  session_id: string | null
  user_id: string
  realm_id: string
  host: string
  created_at: string
  last_seen_at: string
  expires_at: string
  idle_seconds: number
  method: string
  user_name: string
  email: string
  user_locale: Locale | null
  member_id: string | null
  role: Role | null
  access_pointer: string | null
  agency_id: string | null
  kind: AgencyFacts['kind']
  name: string
  slug: string
  agency_mode: AgencyFacts['mode']
  locale: Locale
  time_zone: string
  currency: string
  brand_color: string
  support_email: string | null
}

type ActingRow = {
  id: string
  mode: 'acting' | 'viewing'
  read_only: boolean
  expires_at: string
  chain: string[] | null
  subject_user_id: string
  subject_name: string
  subject_email: string
  subject_member_id: string
  subject_role: Role
}

// One statement: the clock, the agency, and the session with its user and member, each only while it is alive.
// Read on every request, so that ending any of them ends them at once.
const identifySql = `
select (extract(epoch from i.clock_offset) * 1000)::float8 as offset,
  s.*, a.agency_id, a.kind, a.name, a.slug, a.mode as agency_mode, a.locale, a.time_zone, a.currency, a.brand_color, a.support_email
from installation i
left join agency a on a.agency_id = $1 and a.state = 'active'
left join lateral (
  select s.id as session_id, s.user_id, s.realm_id, s.host, s.created_at, s.last_seen_at, s.expires_at, s.idle_seconds, s.method,
    u.name as user_name, u.email, u.locale as user_locale, m.id as member_id, m.role, s.access_session_id as access_pointer
  from session s
  join realm_user u on u.agency_id = s.agency_id and u.id = s.user_id and u.state = 'active'
  left join member m on m.agency_id = s.agency_id and m.user_id = s.user_id
  where s.agency_id = $1 and s.token_hash = $2 and s.realm_id = $3 and s.host = $4
    and (m.id is null or m.state = 'active')
) s on true`

// The acting session that a session is in: asked only of the few that point at one.
const actingSql = `
select x.id, x.mode, x.read_only, x.expires_at, access_chain_names(x.agency_id, x.id) as chain,
  m.id as subject_member_id, m.role as subject_role, u.id as subject_user_id, u.name as subject_name, u.email as subject_email
from access_session x
join member m on m.agency_id = x.agency_id and m.id = x.subject_member_id
join realm_user u on u.agency_id = m.agency_id and u.id = m.user_id
where x.agency_id = $1 and x.id = $2 and x.session_id = $3 and x.ended_at is null`

/** Who calls, in which language they want to be spoken to, and whether "last seen" is due to be written. */
export type Identified = Partial<Identity> & { offset: number; userLocale: Locale | null; seenDue: boolean }

/** The identity behind a cookie's token on a realm's host; everything null when there is none alive. */
export async function identify(tx: Tx, realm: Realm, token: string | undefined): Promise<Identified> {
  if (realm.kind === 'hosted_account') return identifyInAccount(tx, realm, token)
  const [row] = await tx.query<Row>('identify', identifySql, [
    realm.agencyId,
    token === undefined ? Buffer.alloc(0) : hashToken(token),
    realm.realmId,
    realm.host,
  ])
  if (!row) throw new Error('the installation row is missing')
  const agency =
    row.agency_id === null ? null : agencyFacts({ ...row, agency_id: row.agency_id, mode: row.agency_mode })
  const none = { offset: row.offset, agency, userLocale: null, seenDue: false }
  if (row.session_id === null || (agency === null && realm.kind !== 'operator')) return none
  const now = instantAt(row.offset)
  const seen = now.since(Temporal.Instant.from(row.last_seen_at)).total('second')
  if (Temporal.Instant.compare(now, Temporal.Instant.from(row.expires_at)) >= 0 || seen >= row.idle_seconds)
    return none
  const actor: Person = {
    userId: row.user_id,
    name: row.user_name,
    email: row.email,
    memberId: row.member_id,
    role: row.role,
  }
  const acting =
    row.access_pointer === null
      ? {}
      : await actingOf(tx, realm.agencyId, row.access_pointer, row.session_id, now)
  const session: SessionFacts = {
    id: row.session_id,
    userId: row.user_id,
    realmId: row.realm_id,
    host: row.host,
    createdAt: row.created_at,
    method: row.method,
    actingEnded: row.access_pointer !== null && !('acting' in acting),
  }
  return {
    ...none,
    userLocale: row.user_locale,
    seenDue: seen >= seenEverySeconds,
    actor,
    session,
    ...acting,
  }
}

type Acting = { subject: Person; acting: ActingFacts }

async function actingOf(
  tx: Tx,
  agencyId: string,
  id: string,
  sessionId: string,
  now: Temporal.Instant,
): Promise<Acting | Record<never, never>> {
  const [row] = await tx.query<ActingRow>('identify_acting', actingSql, [agencyId, id, sessionId])
  if (!row || row.chain === null || Temporal.Instant.compare(now, Temporal.Instant.from(row.expires_at)) >= 0)
    return {}
  return {
    subject: {
      userId: row.subject_user_id,
      name: row.subject_name,
      email: row.subject_email,
      memberId: row.subject_member_id,
      role: row.subject_role,
    },
    acting: { id: row.id, mode: row.mode, readOnly: row.read_only, endsAt: row.expires_at, chain: row.chain },
  }
}
