import type { Locale } from '../../contract/common.ts'
import type { Ctx } from '../../server/context.ts'
import type { BudgetNode } from './budget-node.ts'

/** Somebody to tell: may sign in. */
export type Told = { userId: string; name: string; email: string; locale: Locale | null }

/** Who answers for a level: the member itself, or the agency's owners. */
export async function responsibleFor(ctx: Ctx, node: BudgetNode): Promise<Told[]> {
  if (node.kind === 'client') return []
  return ctx.tx.query<Told>(
    'budget_responsible',
    `select u.id as "userId", u.name, u.email, u.locale from member m
     join realm_user u on u.agency_id = m.agency_id and u.id = m.user_id
     where m.agency_id = $1 and m.state = 'active' and u.state = 'active'
       and case when $2::uuid is null then m.role = 'owner' else m.id = $2 end`,
    [ctx.agencyId, node.kind === 'member' ? node.id : null],
  )
}
