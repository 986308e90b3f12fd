import type { Tx } from './db.ts'
import type { AccountDoor, AccountFacts, ActingFacts, Person, SessionFacts } from './context.ts'
import type { AccountRole, Role } from '../contract/rights.ts'
import type { Locale } from '../contract/common.ts'
import type { Realm } from './hosts.ts'
import { instantAt } from './clock.ts'
import type { Identified } from './identify.ts'
import { hashToken } from './keys.ts'
import { seenEverySeconds } from './last-seen.ts'
import { agencyFacts, type AgencyRow } from './run-in-tenant.ts'

/** A row of `hosted_account` as its own host needs it. */
type AccountRow = {
  account_id: string
  account_client_id: string
  account_name: string
  account_status: string
  account_locale: Locale
  account_time_zone: string
}

type Row = { offset: number; agency_id: string | null } & Omit<AgencyRow, 'agency_id'> & {
    [K in keyof AccountRow]: AccountRow[K] | null
  } & {
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
    account_role: AccountRole | null
    member_id: string | null
    role: Role | null
  }

type VisitRow = {
  id: string
  read_only: boolean
  expires_at: string
  chain: string[] | null
  subject_user_id: string
  subject_name: string
  subject_email: string
  subject_role: AccountRole
}

const accountColumns = `h.id as account_id, h.client_id as account_client_id, h.name as account_name,
  h.status as account_status, h.locale as account_locale, h.time_zone as account_time_zone`

// As `identifySql`, for a hosted account's host: its own users, and people of the agency who are inside it.
const identifySql = `
select (extract(epoch from i.clock_offset) * 1000)::float8 as offset, s.*, ${accountColumns},
  a.agency_id, a.kind, a.name, a.slug, a.mode, a.locale, a.time_zone, a.currency, a.brand_color, a.support_email
from installation i
left join agency a on a.agency_id = $1 and a.state = 'active'
left join hosted_account h on h.agency_id = $1 and h.id = $3
left join lateral (
  select s.id as session_id, s.user_id, s.realm_id, s.host, s.created_at, s.last_seen_at, s.expires_at, s.idle_seconds, s.method,
    u.name as user_name, u.email, u.locale as user_locale, k.role as account_role, m.id as member_id, m.role
  from session s
  join realm_user u on u.agency_id = s.agency_id and u.id = s.user_id and u.state = 'active'
  left join account_user k on k.agency_id = s.agency_id and k.user_id = s.user_id and k.hosted_account_id = $3 and k.state = 'active'
  left join member m on m.agency_id = s.agency_id and m.user_id = s.user_id and m.state = 'active'
  where s.agency_id = $1 and s.token_hash = $2 and s.realm_id = $3 and s.host = $4
    and (k.user_id is not null or m.id is not null)
) s on true`

// The visit that a session of somebody of the agency lives by: over as soon as any part of it is.
const visitSql = `
select x.id, x.read_only, x.expires_at, u.id as subject_user_id, u.name as subject_name, u.email as subject_email, k.role as subject_role,
  case when x.origin_access_id is null then array[a.name] else access_chain_names(x.agency_id, x.origin_access_id) end as chain
from account_access_session x
join account_user k on k.agency_id = x.agency_id and k.user_id = x.subject_user_id and k.state = 'active'
join realm_user u on u.agency_id = x.agency_id and u.id = x.subject_user_id and u.state = 'active'
join realm_user a on a.agency_id = x.agency_id and a.id = x.actor_user_id
join session o on o.agency_id = x.agency_id and o.id = x.origin_session_id and o.expires_at > $3
where x.agency_id = $1 and x.session_id = $2 and x.ended_at is null and x.expires_at > $3`

/** The identity behind a cookie's token on a hosted account's host; everything null when there is none alive. */
export async function identifyInAccount(
  tx: Tx,
  realm: Realm,
  token: string | undefined,
): Promise<Identified> {
  const [row] = await tx.query<Row>('identify_in_account', identifySql, [
    realm.agencyId,
    token === undefined ? Buffer.alloc(0) : hashToken(token),
    realm.realmId,
    realm.host,
  ])
  if (!row) throw new Error('the installation row is missing')
  const { agency_id, offset } = row
  const agency = agency_id === null ? null : agencyFacts({ ...row, agency_id })
  const account = row.account_id === null ? null : accountFacts(row as AccountRow)
  const none = { offset, agency, account, userLocale: null, seenDue: false }
  if (row.session_id === null || agency === null || account === null) return none
  const now = instantAt(offset)
  const seen = now.since(Temporal.Instant.from(row.last_seen_at)).total('second')
  if (Temporal.Instant.compare(now, Temporal.Instant.from(row.expires_at)) >= 0 || seen >= row.idle_seconds)
    return none
  const visit =
    row.account_role === null ? await visitOf(tx, realm.agencyId, row.session_id, now, account) : undefined
  if (row.account_role === null && !visit) return none
  const actor: Person = {
    userId: row.user_id,
    name: row.user_name,
    email: row.email,
    memberId: row.account_role === null ? row.member_id : null,
    role: row.account_role === null ? row.role : null,
    accountRole: row.account_role,
  }
  const session: SessionFacts = {
    id: row.session_id,
    userId: row.user_id,
    realmId: row.realm_id,
    host: row.host,
    createdAt: row.created_at,
    method: row.method,
    actingEnded: false,
  }
  return { ...none, userLocale: row.user_locale, seenDue: seen >= seenEverySeconds, actor, session, ...visit }
}

async function visitOf(
  tx: Tx,
  agencyId: string,
  sessionId: string,
  now: Temporal.Instant,
  account: AccountFacts,
): Promise<{ subject: Person; acting: ActingFacts } | undefined> {
  const [row] = await tx.query<VisitRow>('identify_visit', visitSql, [agencyId, sessionId, now.toString()])
  if (!row || row.chain === null) return undefined
  return {
    subject: {
      userId: row.subject_user_id,
      name: row.subject_name,
      email: row.subject_email,
      memberId: null,
      role: null,
      accountRole: row.subject_role,
    },
    acting: {
      id: row.id,
      mode: 'acting',
      readOnly: row.read_only || account.door === 'readOnly',
      endsAt: row.expires_at,
      chain: [...row.chain, account.name],
    },
  }
}

/** Reads a hosted account as its own host knows it: for what runs outside a request; null when there is none. */
export async function readAccount(tx: Tx, agencyId: string, id: string): Promise<AccountFacts | null> {
  const [row] = await tx.query<AccountRow>(
    'account_facts',
    `select ${accountColumns} from hosted_account h where h.agency_id = $1 and h.id = $2`,
    [agencyId, id],
  )
  return row ? accountFacts(row) : null
}

const doors: Record<string, AccountDoor> = {
  trial: 'open',
  active: 'open',
  // Paid to the end of its period.
  cancelled: 'open',
  expired: 'readOnly',
}

function accountFacts(row: AccountRow): AccountFacts {
  return {
    id: row.account_id,
    clientId: row.account_client_id,
    name: row.account_name,
    door: doors[row.account_status] ?? 'closed',
    locale: row.account_locale,
    timeZone: row.account_time_zone,
  }
}
