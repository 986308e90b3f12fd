import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { subjectOf, type Ctx } from '../../server/context.ts'
import { notFound } from '../../server/refusal.ts'
import { runInTenant } from '../../server/run-in-tenant.ts'
import { operatorId } from '../../server/ids.ts'
import type { setAgencyState as contract } from './contract.ts'

/**
 * Disables or enables an agency. Sessions are read with their agency's state on every request, so a disabled
 * one has none from the next request on. Written in both journals: the agency must see who closed it.
 */
export async function setAgencyState(
  ctx: Ctx,
  { params, body }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  if (params.id === operatorId) throw notFound()
  const action = body.state === 'active' ? 'agency.enabled' : 'agency.disabled'
  const name = await runInTenant(
    ctx.app,
    { agencyId: params.id, requestId: ctx.requestId },
    async (inner) => {
      inner.actor = subjectOf(ctx)
      const agency = await inner.db
        .updateTable('agency')
        .set({ state: body.state })
        .where('agency_id', '=', params.id)
        .where('state', '!=', body.state)
        .returning('name')
        .executeTakeFirst()
      if (!agency) {
        const known = await inner.db
          .selectFrom('agency')
          .select('name')
          .where('agency_id', '=', params.id)
          .executeTakeFirst()
        if (!known) throw notFound()
        return null
      }
      inner.audit({ action, entity: { kind: 'agency', id: params.id, name: agency.name } })
      inner.publish({ agencyId: params.id, kind: 'session.ended' })
      return agency.name
    },
  )
  if (name !== null) ctx.audit({ action, entity: { kind: 'agency', id: params.id, name } })
  return {}
}
