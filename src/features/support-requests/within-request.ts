import type { Ctx } from '../../server/context.ts'
import { subjectOf } from '../../server/context.ts'
import { notFound } from '../../server/refusal.ts'
import { runInTenant } from '../../server/run-in-tenant.ts'

/** The agency of a request, as the operator reads it. */
export type AskingAgency = { agencyId: string; name: string; slug: string }

/** Whose request it is. Past the tenants' walls, and only this: the agency's name and address. 404 when nobody's. */
export async function askingAgency(ctx: Ctx, requestId: string): Promise<AskingAgency> {
  const { rows } = await ctx.app.database.owner.query<AskingAgency>(
    `select a.agency_id as "agencyId", a.name, a.slug from support_request r join agency a on a.agency_id = r.agency_id where r.id = $1`,
    [requestId],
  )
  if (!rows[0]) throw notFound()
  return rows[0]
}

/**
 * Runs `work` inside the tenant that asked, as the operator's person: what they do there is in the agency's
 * journal under their name. Nothing of the tenant but its request is opened by this feature.
 */
export async function withinRequest<T>(
  ctx: Ctx,
  agency: AskingAgency,
  work: (inner: Ctx) => Promise<T>,
): Promise<T> {
  return runInTenant(
    ctx.app,
    { agencyId: agency.agencyId, requestId: ctx.requestId, locale: ctx.locale },
    async (inner) => {
      const who = { ...subjectOf(ctx), memberId: null, role: null }
      inner.actor = who
      inner.subject = who
      return work(inner)
    },
  )
}
