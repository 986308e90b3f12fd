import type { z } from 'zod'
import { toPublicId } from '../../contract/ids.ts'
import type { Ctx } from '../../server/context.ts'
import { notFound } from '../../server/refusal.ts'
import type { explainAccess } from './contract.ts'
import { namedAnswer, type Named } from './sight-paths.ts'
import { visibleClients } from './visible-clients.ts'

/** What explain says of a client, bare ids. */
export type ClientFacts = {
  id: string
  name: string
  status: 'active' | 'paused' | 'archived'
  assigned: boolean
  orphan: boolean
  home: Named | null
}

/** Facts of the clients asked for that the asker sees, by name; the others are left out. */
export async function readClientFacts(ctx: Ctx, ids: readonly string[]): Promise<ClientFacts[]> {
  if (ids.length === 0) return []
  const rows = await visibleClients(ctx)
    .leftJoin('member as home', (j) =>
      j.onRef('home.agency_id', '=', 'client.agency_id').onRef('home.id', '=', 'client.home_id'),
    )
    .leftJoin('realm_user as home_user', (j) =>
      j.onRef('home_user.agency_id', '=', 'home.agency_id').onRef('home_user.id', '=', 'home.user_id'),
    )
    .select((e) => [
      'client.id',
      'client.name',
      'client.status',
      'client.assignee_count',
      'home.id as home_id',
      'home.role as home_role',
      'home.state as home_state',
      'home_user.name as home_name',
      e
        .exists(
          e
            .selectFrom('assignment')
            .innerJoin('member as at_work', (j) =>
              j
                .onRef('at_work.agency_id', '=', 'assignment.agency_id')
                .onRef('at_work.id', '=', 'assignment.member_id'),
            )
            .whereRef('assignment.agency_id', '=', 'client.agency_id')
            .whereRef('assignment.client_id', '=', 'client.id')
            .where('at_work.state', '<>', 'disabled')
            .select('assignment.client_id'),
        )
        .as('someone_works'),
    ])
    .where('client.id', 'in', ids)
    .orderBy('client.name_key')
    .orderBy('client.id')
    .execute()
  return rows.map((r) => ({
    id: r.id,
    name: r.name,
    status: r.status as ClientFacts['status'],
    assigned: r.assignee_count > 0,
    orphan: r.assignee_count > 0 && !r.someone_works,
    home:
      r.home_id === null || r.home_name === null
        ? null
        : {
            id: r.home_id,
            name: r.home_name,
            role: r.home_role as Named['role'],
            state: r.home_state as Named['state'],
          },
  }))
}

/** The same of one client; 404 outside the asker's sight. */
export async function readOneClient(ctx: Ctx, id: string): Promise<ClientFacts> {
  const [client] = await readClientFacts(ctx, [id])
  if (!client) throw notFound()
  return client
}

/** A client as explain answers it. */
export function clientAnswer(c: ClientFacts): z.output<typeof explainAccess.answer>['client'] {
  return {
    id: toPublicId('client', c.id),
    name: c.name,
    status: c.status,
    unassigned: !c.assigned,
    orphan: c.orphan,
    home: c.home && namedAnswer(c.home),
  }
}
