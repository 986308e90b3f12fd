import type { Ctx } from '../../server/context.ts'
import { invalid } from '../../server/refusal.ts'
import { visibleProjects } from '../projects/public.ts'

/** Makes the projects of a campaign exactly these, all of its own client; 422 at `projectIds` otherwise. */
export async function setCampaignProjects(
  ctx: Ctx,
  campaign: { id: string; clientId: string },
  projectIds: readonly string[],
): Promise<void> {
  const wanted = [...new Set(projectIds)]
  const known =
    wanted.length === 0
      ? []
      : await visibleProjects(ctx)
          .select('project.id')
          .where('project.client_id', '=', campaign.clientId)
          .where('project.id', 'in', wanted)
          .execute()
  if (known.length !== wanted.length) throw invalid({ projectIds: 'campaign.project_elsewhere' })
  await ctx.db
    .deleteFrom('campaign_project')
    .where('agency_id', '=', ctx.agencyId)
    .where('campaign_id', '=', campaign.id)
    .$if(wanted.length > 0, (q) => q.where('project_id', 'not in', wanted))
    .execute()
  if (wanted.length === 0) return
  await ctx.db
    .insertInto('campaign_project')
    .values(
      wanted.map((projectId) => ({
        agency_id: ctx.agencyId,
        client_id: campaign.clientId,
        campaign_id: campaign.id,
        project_id: projectId,
      })),
    )
    .onConflict((c) => c.doNothing())
    .execute()
}
