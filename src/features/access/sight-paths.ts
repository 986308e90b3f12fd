import type { z } from 'zod'
import { toPublicId } from '../../contract/ids.ts'
import type { Role } from '../../contract/rights.ts'
import type { Ctx } from '../../server/context.ts'
import type { explainAccess, SightRule } from './contract.ts'

/** A member's path to a client, bare ids. */
export type SightPath = {
  member_id: string
  client_id: string
  rule: SightRule
  via_id: string | null
  is_lead: boolean | null
  source: 'manual' | 'import' | 'template' | 'mode_switch' | 'hand_over' | 'sample' | null
  assigned_by_name: string | null
  assigned_at: string | null
}

/**
 * Every path of the rules of sight, rule by rule, as rows: $1 agency, $2 clients, $3 members (null: all).
 * Written apart from `visibleClientCondition` on purpose: each is the other's check (quality.md, check 2).
 */
export const sightPathsSql = `
  select m.id as member_id, c.id as client_id, 'owner' as rule, null::uuid as via_id,
    null::boolean as is_lead, null::text as source, null::text as assigned_by_name, null::timestamptz as assigned_at
  from member m join client c on c.agency_id = m.agency_id
  where m.agency_id = $1 and c.id = any($2::uuid[]) and ($3::uuid[] is null or m.id = any($3)) and m.role = 'owner'
  union all
  select k.ancestor_id, a.client_id, case when k.depth = 0 then 'direct' else 'hierarchy' end,
    case when k.depth > 0 then a.member_id end, a.is_lead, a.source, a.assigned_by_name, a.assigned_at
  from assignment a join member_closure k on k.agency_id = a.agency_id and k.descendant_id = a.member_id
  where a.agency_id = $1 and a.client_id = any($2) and ($3::uuid[] is null or k.ancestor_id = any($3))
  union all
  select k.ancestor_id, c.id, 'home', case when k.depth > 0 then c.home_id end, null, null, null, null
  from client c join member_closure k on k.agency_id = c.agency_id and k.descendant_id = c.home_id
  where c.agency_id = $1 and c.id = any($2) and ($3::uuid[] is null or k.ancestor_id = any($3))
  union all
  select m.id, c.id, 'pool', null, null, null, null, null
  from client c join member m on m.agency_id = c.agency_id
  where c.agency_id = $1 and c.id = any($2) and ($3::uuid[] is null or m.id = any($3))
    and c.assignee_count = 0 and m.sees_unassigned
    and (c.home_id is null or exists (select from member_closure k
      where k.agency_id = c.agency_id and k.ancestor_id = c.home_id and k.descendant_id = m.id))`

const ruleOrder: Record<SightRule, number> = { owner: 0, direct: 1, hierarchy: 2, home: 3, pool: 4 }

/** The paths between these members (null: all) and these clients, in the order of the rules, oldest grant first. */
export async function readSightPaths(
  ctx: Ctx,
  clientIds: readonly string[],
  memberIds: readonly string[] | null,
): Promise<SightPath[]> {
  const rows = await ctx.tx.query<SightPath>('sight_paths', sightPathsSql, [
    ctx.agencyId,
    clientIds,
    memberIds,
  ])
  return rows.toSorted(
    (a, b) =>
      ruleOrder[a.rule] - ruleOrder[b.rule] ||
      (a.assigned_at ?? '').localeCompare(b.assigned_at ?? '') ||
      (a.via_id ?? '').localeCompare(b.via_id ?? ''),
  )
}

/** A member as explain names it. */
export type Named = { id: string; name: string; role: Role; state: 'invited' | 'active' | 'disabled' }

/** A member, its id as the API writes it. */
export function namedAnswer(m: Named): z.output<typeof explainAccess.answer>['member'] {
  return { id: toPublicId('member', m.id), name: m.name, role: m.role, state: m.state }
}

/** A path as the API answers it; `names` holds who the asker may be told of. */
export function pathAnswer(
  p: SightPath,
  names: ReadonlyMap<string, Named>,
): z.output<typeof explainAccess.answer>['paths'][number] {
  const via = p.via_id === null ? undefined : names.get(p.via_id)
  return {
    rule: p.rule,
    via: via ? namedAnswer(via) : null,
    assignment:
      p.assigned_at === null
        ? null
        : {
            isLead: p.is_lead ?? false,
            source: p.source ?? 'manual',
            grantedBy: p.assigned_by_name ?? '',
            grantedAt: p.assigned_at,
          },
  }
}
