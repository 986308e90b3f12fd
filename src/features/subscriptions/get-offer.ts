import type { AnswerOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { catalogueNow, paidPlanCodes, planIn } from '../plans/public.ts'
import type * as contract from './contract.ts'
import { money } from './prices.ts'
import { paidAccounts } from './subscription-of.ts'

/** The plans in force, as an agency reads them. */
export async function getOffer(ctx: Ctx): Promise<AnswerOf<typeof contract.getOffer>> {
  const catalogue = await catalogueNow(ctx)
  const { currency, trial, ladder, contactLimits } = catalogue
  return {
    currency,
    contactLimits: [...contactLimits],
    plans: paidPlanCodes.map((code) => {
      const plan = planIn(catalogue, code)
      const prices = (list: readonly bigint[] = []) => list.map((p) => money(p, currency))
      return {
        code,
        features: [...plan.features],
        limits: plan.limits,
        prices: { month: prices(plan.prices?.month), year: prices(plan.prices?.year) },
      }
    }),
    trial: {
      days: trial.days,
      extensionDays: trial.extensionDays,
      contacts: trial.contacts,
      mails: trial.mails,
    },
    ladder: ladder.map((r) => ({ ...r })),
    paidAccounts: await paidAccounts(ctx),
  }
}
