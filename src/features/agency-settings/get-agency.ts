import type { z } from 'zod'
import type { Locale } from '../../contract/common.ts'
import { toPublicId } from '../../contract/ids.ts'
import type { Ctx } from '../../server/context.ts'
import { notFound } from '../../server/refusal.ts'
import { addressOf } from '../agencies/public.ts'
import type { agencySettings } from './contract.ts'

/** The settings as the API answers them. */
export type AgencySettings = z.output<typeof agencySettings>

type Row = {
  kind: 'agency' | 'advertiser'
  name: string
  support_email: string | null
  locale: Locale
  time_zone: string
  country: string
  currency: string
  brand_color: string
  acting_reason_required: boolean
  mode: AgencySettings['mode']
  hierarchy_enabled: boolean
  created_at: string
  version: number
  counts: Record<string, number> | null
}

/** The agency's own settings (owners). */
export async function getAgency(ctx: Ctx): Promise<AgencySettings> {
  const [row] = await ctx.tx.query<Row>(
    'get_agency',
    `select a.kind, a.name, a.support_email, a.locale, a.time_zone, a.country, a.currency, a.brand_color,
       a.acting_reason_required, a.mode, a.hierarchy_enabled, a.created_at, a.version,
       (select jsonb_object_agg(role, n) from
         (select role, count(*)::int as n from member where agency_id = $1 and state <> 'disabled' group by role) r) as counts
     from agency a where a.agency_id = $1`,
    [ctx.agencyId],
  )
  if (!row) throw notFound()
  return {
    id: toPublicId('agency', ctx.agencyId),
    kind: row.kind,
    name: row.name,
    address: addressOf(ctx),
    supportEmail: row.support_email,
    locale: row.locale,
    timeZone: row.time_zone,
    country: row.country,
    currency: row.currency,
    brandColor: row.brand_color,
    actingReasonRequired: row.acting_reason_required,
    mode: row.mode,
    hierarchyEnabled: row.hierarchy_enabled,
    memberCounts: { owner: 0, manager: 0, consultant: 0, client: 0, ...row.counts },
    createdAt: row.created_at,
    version: row.version,
  }
}
