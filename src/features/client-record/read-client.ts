import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import type { Role } from '../../contract/rights.ts'
import type { ClientStatus } from '../../contract/client-fields.ts'
import { agencyOf, memberOf, type Ctx } from '../../server/context.ts'
import { notFound } from '../../server/refusal.ts'
import { visibleClientCondition } from '../access/public.ts'
import type * as contract from './contract.ts'

/** A client as its page shows it. */
export type ClientRecord = AnswerOf<typeof contract.getClient>

type Row = {
  id: string
  name: string
  status: ClientStatus
  website: string | null
  email: string | null
  phone: string | null
  city: string | null
  country: string
  sector: string | null
  tags: string[]
  monthly_budget: bigint | null
  client_since: string | null
  description: string | null
  last_activity_at: string
  archived_at: string | null
  created_at: string
  updated_at: string
  version: number
  home_id: string | null
  home_name: string | null
  note_count: number
  assignees: {
    id: string
    name: string
    role: Role
    state: 'invited' | 'active' | 'disabled'
    isLead: boolean
    assignedAt: string
    assignedBy: string
  }[]
}

// One round trip: profile, assignments and counts. $1 tenant, $2 client, $3 viewer (absent for an owner).
const recordSql = (viewer: { role: Role }) => `
select c.id, c.name, c.status, c.website, c.email, c.phone, c.city, c.country, c.sector, c.tags, c.monthly_budget,
  c.client_since, c.description, c.last_activity_at, c.archived_at, c.created_at, c.updated_at, c.version, c.home_id,
  (select u.name from member h join realm_user u on u.agency_id = h.agency_id and u.id = h.user_id
    where h.agency_id = $1 and h.id = c.home_id) as home_name,
  (select count(*)::int from client_note n where n.agency_id = $1 and n.client_id = c.id and n.deleted_at is null) as note_count,
  (select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'name', u.name, 'role', m.role, 'state', m.state,
      'isLead', a.is_lead, 'assignedAt', to_char(a.assigned_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24":"MI":"SS.MS"Z"'),
      'assignedBy', a.assigned_by_name) order by a.is_lead desc, m.state = 'disabled', u.name, m.id), '[]')
    from assignment a
    join member m on m.agency_id = a.agency_id and m.id = a.member_id
    join realm_user u on u.agency_id = m.agency_id and u.id = m.user_id
    where a.agency_id = $1 and a.client_id = c.id) as assignees
from client c
where c.agency_id = $1 and c.id = $2 and ${visibleClientCondition(viewer, 'c', '$1', '$3')}`

// The planner needs no measure of reach for one client: two texts serve everybody.
const statements = {
  owner: recordSql({ role: 'owner' }),
  member: recordSql({ role: 'consultant' }),
}

/** The client if the subject of the call sees it. */
export async function readClient(ctx: Ctx, id: string): Promise<ClientRecord | undefined> {
  const viewer = memberOf(ctx)
  const shape = viewer.role === 'owner' ? 'owner' : 'member'
  const values = shape === 'owner' ? [ctx.agencyId, id] : [ctx.agencyId, id, viewer.memberId]
  const [row] = await ctx.tx.query<Row>(`client_record_${shape}`, statements[shape], values)
  return row && recordOf(ctx, row)
}

/** One client: 404 outside the caller's sight (C2, A21). */
export async function getClient(
  ctx: Ctx,
  { params }: InputOf<typeof contract.getClient>,
): Promise<ClientRecord> {
  return readClientOr404(ctx, params.id)
}

/** The client as it is now, for the answer of a write. */
export async function readClientOr404(ctx: Ctx, id: string): Promise<ClientRecord> {
  const record = await readClient(ctx, id)
  if (!record) throw notFound()
  return record
}

function recordOf(ctx: Ctx, row: Row): ClientRecord {
  // What the team writes for itself is not for the agency's clients (domain.md, "Rights beside sight").
  const internal = ctx.may('clients.internals')
  const open = row.status !== 'archived'
  return {
    id: toPublicId('client', row.id),
    name: row.name,
    status: row.status,
    website: row.website,
    email: row.email,
    phone: row.phone,
    city: row.city,
    country: row.country,
    sector: row.sector,
    tags: internal ? row.tags : [],
    monthlyBudget:
      row.monthly_budget === null
        ? null
        : { amount: Number(row.monthly_budget), currency: agencyOf(ctx).currency },
    clientSince: row.client_since,
    description: internal ? row.description : null,
    home:
      internal && row.home_id !== null
        ? { id: toPublicId('member', row.home_id), name: row.home_name ?? '' }
        : null,
    assignees: row.assignees.map((a) => ({ ...a, id: toPublicId('member', a.id) })),
    orphan: row.assignees.length > 0 && row.assignees.every((a) => a.state === 'disabled'),
    noteCount: internal ? row.note_count : 0,
    lastActivityAt: row.last_activity_at,
    archivedAt: row.archived_at,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    version: row.version,
    can: {
      edit: open && ctx.may('clients.edit'),
      archive: ctx.may('clients.archive'),
      assign: ctx.may('clients.assign'),
      billing: open && ctx.may('clients.billing'),
      writeNotes: ctx.may('notes.write'),
      seeInternals: internal,
      explain: ctx.may('access.explain'),
    },
  }
}
