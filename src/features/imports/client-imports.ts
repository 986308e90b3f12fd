import { agencyOf, type Ctx } from '../../server/context.ts'
import { assignClients } from '../assignments/public.ts'
import { visibleMemberCondition } from '../sub-accounts/public.ts'
import { checkRow, type ParsedRow } from './check-row.ts'
import { createClients } from './create-clients.ts'
import { clientTitles } from './fields.ts'
import { importDoor } from './import-door.ts'
import type { Mapping, ReadyRow, RowIssue, RowOutcome } from './import-kind.ts'
import { matchClients, type Match } from './match-clients.ts'
import { updateClient } from './update-client.ts'

/** A good row of a file of clients. */
export type ClientRow = ReadyRow<ParsedRow & { name: string }>

/**
 * Imports of clients. Rows are alike by the same SIREN, or without one the same name and town, accents, case and
 * blanks aside.
 */
export const clientDoor = importDoor({
  kind: 'clients',
  works: { read: 'imports.read', check: 'imports.check', run: 'imports.run' },
  outcome: { field: 'clientId', kind: 'client' },
  titles: clientTitles,
  required: [{ field: 'name', refusal: 'imports.name_column' }],
  async check(ctx, rows, mapping) {
    const checked = rows.map((r) => ({
      number: r.number,
      ...checkRow(r.cells, mapping, agencyOf(ctx).currency),
    }))
    await remarkUnknownAssignees(ctx, checked, mapping)
    return checked
  },
  keySql: `case when parsed->>'siren' is not null then 's:' || (parsed->>'siren')
       else 'n:' || search_key(parsed->>'name') || '|' || coalesce(search_key(parsed->>'city'), '') end`,
  twice: 'imports.fault.twice',
  write: (ctx, importId, rows, updateExisting) =>
    writeClients(ctx, importId, rows as unknown as ClientRow[], updateExisting),
  finished: (ctx) => ctx.publish({ agencyId: ctx.agencyId, kind: 'clients' }),
})

async function writeClients(
  ctx: Ctx,
  importId: string,
  rows: readonly ClientRow[],
  updateExisting: boolean,
): Promise<RowOutcome[]> {
  const matches = await matchClients(
    ctx,
    importId,
    rows.map((r) => r.number),
  )
  const fresh = rows.filter((r) => !matches.has(r.number))
  const ids = await createClients(ctx, fresh, importId)
  const states: RowOutcome[] = fresh.map((r, i) => ({ number: r.number, state: 'created', id: ids[i]! }))
  for (const row of rows) {
    const match = matches.get(row.number)
    if (!match) continue
    const changed = updateExisting && (await updateClient(ctx, match, row))
    states.push({ number: row.number, state: changed ? 'updated' : 'unchanged', id: match.id })
  }
  await assign(ctx, rows, states, matches, updateExisting)
  return states
}

/** Gives the clients to the people in charge named in the file, through the door every assignment takes. */
async function assign(
  ctx: Ctx,
  rows: readonly ClientRow[],
  states: RowOutcome[],
  matches: Map<number, Match>,
  updateExisting: boolean,
): Promise<void> {
  const members = await assignableMembers(ctx, [...new Set(rows.flatMap((r) => r.parsed.assignee ?? []))])
  if (members.size === 0) return
  const byNumber = new Map(states.map((s) => [s.number, s]))
  const add = rows.flatMap((r) => {
    const memberId = r.parsed.assignee === undefined ? undefined : members.get(r.parsed.assignee)
    if (memberId === undefined || (matches.has(r.number) && !updateExisting)) return []
    return [{ clientId: byNumber.get(r.number)!.id, memberId, number: r.number }]
  })
  const { added } = await assignClients(ctx, { add, source: 'import', trusted: true, announce: false })
  const changed = new Set(added.map((p) => p.clientId))
  for (const s of states) if (s.state === 'unchanged' && changed.has(s.id)) s.state = 'updated'
}

/** A sub-account in charge that nobody is, or that the importer may not give clients to, is remarked: the client comes in unassigned. */
async function remarkUnknownAssignees(
  ctx: Ctx,
  rows: readonly { parsed: ParsedRow; issues: RowIssue[] }[],
  mapping: Mapping,
): Promise<void> {
  const asked = [...new Set(rows.flatMap((r) => r.parsed.assignee ?? []))]
  if (asked.length === 0) return
  const known = await assignableMembers(ctx, asked)
  const column = Number(Object.entries(mapping).find(([, f]) => f === 'assignee')?.[0])
  for (const r of rows)
    if (r.parsed.assignee !== undefined && !known.has(r.parsed.assignee))
      r.issues.push({
        severity: 'remark',
        column,
        field: 'assignee',
        code: 'imports.remark.assignee',
        values: { email: r.parsed.assignee },
      })
}

/** Members whom the importer may give clients to, by lower-case address. */
async function assignableMembers(ctx: Ctx, emails: readonly string[]): Promise<Map<string, string>> {
  if (emails.length === 0) return new Map()
  const rows = await ctx.db
    .selectFrom('member')
    .innerJoin('realm_user', (j) =>
      j.onRef('realm_user.agency_id', '=', 'member.agency_id').onRef('realm_user.id', '=', 'member.user_id'),
    )
    .select(['member.id', 'realm_user.email_key'])
    .where('member.agency_id', '=', ctx.agencyId)
    .where('member.state', '!=', 'disabled')
    .where('realm_user.email_key', 'in', emails)
    .where(visibleMemberCondition(ctx))
    .execute()
  return new Map(rows.map((r) => [r.email_key, r.id]))
}
