import type { Rung } from '../rating/public.ts'
import type { App, Ctx } from '../../server/context.ts'
import { operatorId } from '../../server/ids.ts'
import type { CatalogueContent, PlanCode, PlanFeature } from './contract.ts'

/** A plan of one edition. Prices in minor units of `currency`, one per contact limit; null for the trial. */
export type Plan = {
  code: PlanCode
  version: number
  currency: string
  features: readonly PlanFeature[]
  limits: CatalogueContent['trial']['limits']
  contactLimits: readonly number[]
  prices: { month: readonly bigint[]; year: readonly bigint[] } | null
}

/** An edition of the plans: what it sells, the volume discount, and what a trial is. */
export type Catalogue = {
  version: number
  appliesFrom: string
  currency: string
  contactLimits: readonly number[]
  ladder: readonly Rung[]
  trial: { days: number; extensionDays: number; contacts: number; mails: number }
  /** Lite to Enterprise, then the trial. */
  plans: readonly Plan[]
}

/** A row of a published edition. */
export type EditionRow = { version: number; content: CatalogueContent; applies_from: string }

/** Published editions never change: a process may keep the ones it has read. */
const kept = new WeakMap<App, Map<number, Catalogue>>()

/** The edition in force now: the highest version that applies. */
export async function catalogueNow(ctx: Ctx): Promise<Catalogue> {
  const [row] = await ctx.tx.query<{ version: number }>(
    'plan_catalogue_now',
    `select version from plan_catalogue where agency_id = $1 and applies_from <= $2 order by version desc limit 1`,
    [operatorId, ctx.nowIso],
  )
  if (!row) throw new Error('no edition of the plans is in force')
  return catalogueAt(ctx, row.version)
}

/** A published edition, in force or not. */
export async function catalogueAt(ctx: Ctx, version: number): Promise<Catalogue> {
  const known = kept.get(ctx.app) ?? new Map<number, Catalogue>()
  kept.set(ctx.app, known)
  const hit = known.get(version)
  if (hit) return hit
  const [row] = await ctx.tx.query<EditionRow>(
    'plan_catalogue_at',
    `select version, content, applies_from from plan_catalogue where agency_id = $1 and version = $2`,
    [operatorId, version],
  )
  if (!row) throw new Error(`there is no edition ${version} of the plans`)
  const catalogue = catalogueOf(row)
  known.set(version, catalogue)
  return catalogue
}

/** A plan as it was sold: the code in that edition. */
export async function planAt(ctx: Ctx, code: PlanCode, version: number): Promise<Plan> {
  return planIn(await catalogueAt(ctx, version), code)
}

/** The plan of a code in an edition. */
export function planIn(catalogue: Catalogue, code: PlanCode): Plan {
  return catalogue.plans.find((p) => p.code === code)!
}

function catalogueOf({ version, content, applies_from }: EditionRow): Catalogue {
  const { currency, contactLimits, ladder, trial, plans } = content
  const common = { version, currency }
  return {
    ...common,
    appliesFrom: applies_from,
    contactLimits,
    ladder,
    trial: {
      days: trial.days,
      extensionDays: trial.extensionDays,
      contacts: trial.contacts,
      mails: trial.mails,
    },
    plans: [
      ...plans.map(({ code, features, limits, prices }): Plan => ({
        ...common,
        code,
        features,
        limits,
        contactLimits,
        prices: { month: prices.month.map(BigInt), year: prices.year.map(BigInt) },
      })),
      {
        ...common,
        code: 'trial',
        features: trial.features,
        limits: trial.limits,
        contactLimits: [trial.contacts],
        prices: null,
      },
    ],
  }
}
