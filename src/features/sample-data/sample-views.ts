import type { Ctx } from '../../server/context.ts'
import { toPublicId } from '../../contract/ids.ts'
import { memberOf, type World } from './world.ts'

/** Views people of the agency made of the clients list, in the words of its address. */
export async function sampleViews(ctx: Ctx, world: World): Promise<void> {
  const idOf = (key: string) => toPublicId('member', memberOf(world, key).memberId)
  const views = [
    {
      by: 'camille',
      name: 'Sans activité depuis 90 jours',
      query: { inactiveDays: '90', sort: 'lastActivityAt' },
      shared: true,
      pinned: true,
    },
    {
      by: 'camille',
      name: 'À risque',
      query: { tag: 'À risque', sort: '-monthlyBudget' },
      shared: true,
      pinned: true,
    },
    {
      by: 'camille',
      name: 'Budgets de plus de 3 000 €',
      query: { budgetMin: '300000', sort: '-monthlyBudget' },
      shared: false,
      pinned: false,
    },
    {
      by: 'karim',
      name: 'Équipe Sud-Est',
      query: { manager: idOf('karim'), sort: 'name' },
      shared: false,
      pinned: true,
    },
    {
      by: 'elise',
      name: 'Portefeuille Ouest',
      query: { home: idOf('elise'), sort: '-lastActivityAt' },
      shared: false,
      pinned: false,
    },
  ]
  const rows = views.map((v) => ({
    ...v,
    id: world.random.id(world.born),
    memberId: memberOf(world, v.by).memberId,
  }))
  await ctx.db
    .insertInto('saved_view')
    .values(
      rows.map((v) => ({
        agency_id: ctx.agencyId,
        id: v.id,
        page: 'clients',
        member_id: v.memberId,
        is_shared: v.shared,
        name: v.name,
        query: JSON.stringify(v.query),
        created_at: world.born.toString(),
      })),
    )
    .execute()
  await ctx.db
    .insertInto('saved_view_place')
    .values(
      rows.map((v, position) => ({
        agency_id: ctx.agencyId,
        view_id: v.id,
        member_id: v.memberId,
        is_pinned: v.pinned,
        position,
      })),
    )
    .execute()
}
