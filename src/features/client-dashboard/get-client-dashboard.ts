import { sql } from 'kysely'
import type { AnswerOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import { agencyOf, type Ctx } from '../../server/context.ts'
import { entrustedClients } from '../access/public.ts'
import { payerOfOrder } from '../budgets/public.ts'
import { countRunningCampaigns } from '../campaigns/public.ts'
import { orderFiguresOf } from '../orders/public.ts'
import { countProjects } from '../projects/public.ts'
import { balancesOf } from '../wallets/public.ts'
import type { getClientDashboard as contract } from './contract.ts'

/** The clients in sight with their money and their work; made for a client's own people, who see few. */
export async function getClientDashboard(ctx: Ctx): Promise<AnswerOf<typeof contract>> {
  const clients = await entrustedClients(ctx)
    .select(['client.id', 'client.name'])
    .where('client.status', '!=', 'archived')
    .orderBy(sql`client.last_activity_at`, 'desc')
    .orderBy('client.id')
    .limit(50)
    .execute()
  const ids = clients.map((c) => c.id)
  const balances = await balancesOf(
    ctx,
    ids.map((id) => payerOfOrder(ctx, id)),
  )
  const orders = await orderFiguresOf(ctx, ids)
  const projects = await countProjects(ctx, ids)
  const campaigns = await countRunningCampaigns(ctx, ids)
  const money = (amount: bigint) => ({ amount: Number(amount), currency: agencyOf(ctx).currency })
  return {
    data: clients.map((c, i) => {
      const o = orders.get(c.id)
      return {
        client: { id: toPublicId('client', c.id), name: c.name },
        available: money(balances[i]!.available),
        held: money(balances[i]!.held),
        spentThisMonth: money(o?.month ?? 0n),
        spentThisYear: money(o?.year ?? 0n),
        projects: projects.get(c.id) ?? 0,
        runningCampaigns: campaigns.get(c.id) ?? 0,
        openOrders: o?.open ?? 0,
        toApprove: o?.toApprove ?? 0,
      }
    }),
  }
}
