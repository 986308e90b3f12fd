import type { Ctx } from '../../server/context.ts'
import { agencyOf } from '../../server/context.ts'
import type { Cell } from './export-cells.ts'

/** A client with all that an export says of it. */
type Line = {
  id: string
  name: string
  status: 'active' | 'paused' | 'archived'
  website: string | null
  email: string | null
  phone: string | null
  city: string | null
  country: string
  sector: string | null
  tags: string[]
  monthly_budget: bigint | null
  client_since: string | null
  created_at: string
  last_activity_at: string
  legal_name: string | null
  siren: string | null
  siret: string | null
  vat_number: string | null
  lead: string | null
  assignees: string[] | null
  home: string | null
}

const linesSql = `
select c.id, c.name, c.status, c.website, c.email, c.phone, c.city, c.country, c.sector, c.tags, c.monthly_budget, c.client_since, c.created_at, c.last_activity_at,
  b.legal_name, b.siren, b.siret, b.vat_number, hu.name as home, people.lead, people.assignees
from unnest($2::uuid[]) with ordinality as wanted(id, place)
join client c on c.agency_id = $1 and c.id = wanted.id
left join billing_profile b on b.agency_id = $1 and b.client_id = c.id
left join member h on h.agency_id = $1 and h.id = c.home_id
left join realm_user hu on hu.agency_id = $1 and hu.id = h.user_id
left join lateral (
  select array_agg(u.name order by a.is_lead desc, u.name) as assignees, max(u.name) filter (where a.is_lead) as lead
  from assignment a join member m on m.agency_id = $1 and m.id = a.member_id join realm_user u on u.agency_id = $1 and u.id = m.user_id
  where a.agency_id = $1 and a.client_id = c.id) people on c.assignee_count > 0
order by wanted.place`

type Column = { title: string; cell(line: Line, ctx: Ctx): Cell }

const statusText = (l: Line, ctx: Ctx) => ctx.app.texts.t(ctx.locale, `client_export.status.${l.status}`)
/** The day of an instant where the agency is. */
const dayOf = (instant: string, ctx: Ctx): Cell => ({
  day: Temporal.Instant.from(instant).toZonedDateTimeISO(agencyOf(ctx).timeZone).toPlainDate().toString(),
})

// Titles are those that an import of the product's own files recognises.
const columns: Column[] = [
  { title: 'name', cell: (l) => l.name },
  { title: 'status', cell: statusText },
  { title: 'website', cell: (l) => l.website },
  { title: 'email', cell: (l) => l.email },
  { title: 'phone', cell: (l) => l.phone },
  { title: 'city', cell: (l) => l.city },
  { title: 'country', cell: (l) => l.country },
  { title: 'sector', cell: (l) => l.sector },
  { title: 'tags', cell: (l) => l.tags.join(', ') },
  { title: 'lead', cell: (l) => l.lead },
  { title: 'assignees', cell: (l) => l.assignees?.join(', ') ?? null },
  { title: 'home', cell: (l) => l.home },
  {
    title: 'budget',
    cell: (l, ctx) =>
      l.monthly_budget === null ? null : majorUnits(l.monthly_budget, agencyOf(ctx).currency),
  },
  { title: 'since', cell: (l) => (l.client_since === null ? null : { day: l.client_since }) },
  { title: 'legal_name', cell: (l) => l.legal_name },
  { title: 'siren', cell: (l) => l.siren },
  { title: 'siret', cell: (l) => l.siret },
  { title: 'vat', cell: (l) => l.vat_number },
  { title: 'created', cell: (l, ctx) => dayOf(l.created_at, ctx) },
  { title: 'activity', cell: (l, ctx) => dayOf(l.last_activity_at, ctx) },
]

function majorUnits(minor: bigint, currency: string): Cell {
  const digits =
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  return { number: Number(minor) / 10 ** digits, digits }
}

/** How many columns an export has. */
export const columnCount = columns.length

/** Titles of the columns in the language of the call. */
export function exportTitles(ctx: Ctx): Cell[] {
  return columns.map((c) =>
    ctx.app.texts.t(ctx.locale, `client_export.column.${c.title}`, { currency: agencyOf(ctx).currency }),
  )
}

/** Cells of clients already found to be in the subject's sight, in the order of the ids. */
export async function exportRows(ctx: Ctx, ids: readonly string[]): Promise<Cell[][]> {
  const lines = await ctx.tx.query<Line>('export_lines', linesSql, [ctx.agencyId, ids])
  return lines.map((line) => columns.map((c) => c.cell(line, ctx)))
}
