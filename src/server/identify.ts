import type { Tx } from './db.ts'
import type { ActingFacts, AgencyFacts, Person, SessionFacts } from './context.ts'
import type { Role } from '../contract/rights.ts'
import type { Locale } from '../contract/common.ts'
import type { Realm } from './hosts.ts'
import { hashToken } from './keys.ts'
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
  access_id: string | null
  mode: 'acting' | 'viewing'
  read_only: boolean
  access_ends: string
  chain: string[] | null
  subject_user_id: string
  subject_name: string
  subject_email: string
  subject_member_id: string
  subject_role: Role
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

// One statement: the clock, the agency, the session with its user and member, and the acting session it is
// in, each only while it is alive. Read on every request, so that ending any of them ends them at once.
// An acting session lives only while its subject is still below its actor.
const identifySql = `
select (extract(epoch from i.clock_offset) * 1000)::float8 as offset,
  s.*, a.agency_id, a.kind, a.name, a.slug, a.mode as agency_mode, a.locale, a.time_zone, a.currency, a.brand_color, a.support_email
from installation i
left join agency a on a.agency_id = $1 and a.state = 'active'
left join lateral (
  select s.id as session_id, s.user_id, s.realm_id, s.host, s.created_at, s.last_seen_at, s.expires_at, s.idle_seconds, s.method,
    u.name as user_name, u.email, u.locale as user_locale, m.id as member_id, m.role,
    s.access_session_id as access_pointer, x.id as access_id, x.mode, x.read_only, x.expires_at as access_ends,
    sm.id as subject_member_id, sm.role as subject_role, su.id as subject_user_id, su.name as subject_name, su.email as subject_email,
    case when x.id is null then null else access_chain_names(x.agency_id, x.id) end as chain
  from session s
  join realm_user u on u.agency_id = s.agency_id and u.id = s.user_id and u.state = 'active'
  left join member m on m.agency_id = s.agency_id and m.user_id = s.user_id
  left join access_session x on x.agency_id = s.agency_id and x.id = s.access_session_id and x.session_id = s.id and x.ended_at is null
  left join member sm on sm.agency_id = x.agency_id and sm.id = x.subject_member_id
  left join realm_user su on su.agency_id = sm.agency_id and su.id = sm.user_id
  where s.agency_id = $1 and s.token_hash = $2 and s.realm_id = $3 and s.host = $4
    and (m.id is null or m.state = 'active')
) s on true`

/** Seconds between two writes of "last seen". */
const seenEverySeconds = 60

/** The identity behind a cookie's token on a realm's host; everything null when there is none alive. */
export async function identify(tx: Tx, realm: Realm, token: string | undefined): Promise<Partial<Identity> & { offset: number; userLocale: Locale | null }> {
  const [row] = await tx.query<Row>('identify', identifySql, [
    realm.agencyId,
    token === undefined ? Buffer.alloc(0) : hashToken(token),
    realm.realmId,
    realm.host,
  ])
  if (!row) throw new Error('the installation row is missing')
  const agency = row.agency_id === null ? null : agencyFacts({ ...row, agency_id: row.agency_id, mode: row.agency_mode })
  const none = { offset: row.offset, agency, userLocale: null }
  if (row.session_id === null || (agency === null && realm.kind !== 'operator')) return none
  const now = instantAt(row.offset)
  const seen = now.since(Temporal.Instant.from(row.last_seen_at)).total('second')
  if (Temporal.Instant.compare(now, Temporal.Instant.from(row.expires_at)) >= 0 || seen >= row.idle_seconds) return none
  if (seen >= seenEverySeconds) {
    await tx.query('seen_session', `update session set last_seen_at = $3 where agency_id = $1 and id = $2`, [realm.agencyId, row.session_id, now.toString()])
    await tx.query('seen_user', `update realm_user set last_seen_at = $3 where agency_id = $1 and id = $2`, [realm.agencyId, row.user_id, now.toString()])
  }
  const actor: Person = { userId: row.user_id, name: row.user_name, email: row.email, memberId: row.member_id, role: row.role }
  const acting = actingOf(row, now)
  const session: SessionFacts = { id: row.session_id, userId: row.user_id, realmId: row.realm_id, host: row.host, createdAt: row.created_at, method: row.method, actingEnded: row.access_pointer !== null && acting.acting === undefined }
  return { ...none, userLocale: row.user_locale, actor, session, ...acting }
}

function actingOf(row: Row, now: Temporal.Instant): { subject?: Person; acting?: ActingFacts } {
  if (row.access_id === null || row.chain === null || Temporal.Instant.compare(now, Temporal.Instant.from(row.access_ends)) >= 0) return {}
  return {
    subject: { userId: row.subject_user_id, name: row.subject_name, email: row.subject_email, memberId: row.subject_member_id, role: row.subject_role },
    acting: { id: row.access_id, mode: row.mode, readOnly: row.read_only, endsAt: row.access_ends, chain: row.chain },
  }
}

