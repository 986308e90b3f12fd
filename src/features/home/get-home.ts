import type { AnswerOf } from '../../contract/endpoint.ts'
import { opens } from '../../contract/rights.ts'
import { memberOf, type Ctx } from '../../server/context.ts'
import { whoSeesUnassigned } from '../access/public.ts'
import { countClients } from './client-figures.ts'
import { recentActivity } from './recent-activity.ts'
import { startListOf } from './start-list.ts'
import { countMembers } from './member-figures.ts'
import { latestOwnClients } from './own-clients.ts'
import type { getHome as contract } from './contract.ts'

/** The first page from the viewer's own sight: nothing here that its lists would not show too. */
export async function getHome(ctx: Ctx): Promise<AnswerOf<typeof contract>> {
  const { role } = memberOf(ctx)
  const hasClients = opens(ctx.agency?.kind, 'clients.read')
  const clients = hasClients ? await countClients(ctx) : null
  return {
    clients,
    unassignedSeenBy:
      clients && clients.unassigned > 0 && ctx.may('clients.assign') ? await seersOf(ctx) : null,
    members: ctx.may('members.invite') ? await countMembers(ctx) : null,
    mine: hasClients ? await latestOwnClients(ctx) : [],
    activity: role === 'client' ? [] : await recentActivity(ctx),
    startList: ctx.may('agency.edit') ? await startListOf(ctx) : null,
  }
}

async function seersOf(ctx: Ctx): Promise<{ members: number; clientMembers: number }> {
  const { members, clientMembers } = await whoSeesUnassigned(ctx)
  return { members, clientMembers }
}
