import type { Role } from '../../contract/rights.ts'
import type { Ctx } from '../../server/context.ts'

/** Somebody above a client, as an order keeps them: names stay what they were. */
export type PersonAbove = { id: string; role: Role; name: string }

/** Who stands above a client now, from the top down, the one in charge last. */
export type ClientPath = {
  responsibleId: string | null
  people: PersonAbove[]
  manager: PersonAbove | null
  consultant: PersonAbove | null
}

// In charge: the lead, else who has the client in their portfolio, else the colleague assigned first.
const pathSql = `
select m.id, m.role, u.name, m.id = r.id as responsible from (
  select coalesce(
    (select a.member_id from assignment a join member x on x.agency_id = a.agency_id and x.id = a.member_id
      where a.agency_id = $1 and a.client_id = $2 and a.is_lead and x.role <> 'client'),
    (select c.home_id from client c where c.agency_id = $1 and c.id = $2),
    (select a.member_id from assignment a join member x on x.agency_id = a.agency_id and x.id = a.member_id
      where a.agency_id = $1 and a.client_id = $2 and x.role <> 'client'
      order by x.state = 'disabled', a.assigned_at, a.member_id limit 1)) as id) r
join member_closure k on k.agency_id = $1 and k.descendant_id = r.id
join member m on m.agency_id = $1 and m.id = k.ancestor_id
join realm_user u on u.agency_id = m.agency_id and u.id = m.user_id
order by k.depth desc`

/** Reads it for an order about to be placed; empty when nobody is in charge. */
export async function pathAbove(ctx: Ctx, clientId: string): Promise<ClientPath> {
  const rows = await ctx.tx.query<PersonAbove & { responsible: boolean }>('order_path', pathSql, [
    ctx.agencyId,
    clientId,
  ])
  const people = rows.map(({ id, role, name }) => ({ id, role, name }))
  return {
    responsibleId: rows.find((r) => r.responsible)?.id ?? null,
    people,
    manager: people.findLast((p) => p.role === 'manager') ?? null,
    consultant: people.findLast((p) => p.role === 'consultant') ?? null,
  }
}
