import type { SupportGrant } from '../../server/context.ts'

/** What granting an activation does (C4): the hierarchical modes may be chosen from now on. Nothing else changes. */
export const grantHierarchy: SupportGrant = {
  kind: 'hierarchy',
  async run(ctx) {
    const agency = await ctx.db
      .updateTable('agency')
      .set((eb) => ({ hierarchy_enabled: true, version: eb('version', '+', 1) }))
      .where('agency_id', '=', ctx.agencyId)
      .returning('name')
      .executeTakeFirstOrThrow()
    ctx.audit({
      action: 'agency.hierarchy_enabled',
      entity: { kind: 'agency', id: ctx.agencyId, name: agency.name },
    })
    ctx.publish({ agencyId: ctx.agencyId, kind: 'agency' })
  },
}
