import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { subjectOf, type Ctx } from '../../server/context.ts'
import { operatorId } from '../../server/ids.ts'
import { Refusal } from '../../server/refusal.ts'
import { queryWithin } from '../../server/within.ts'
import type * as contract from './contract.ts'

/** A pack of typed credit; price without VAT in minor units. */
export type Pack = { kind: 'sms' | 'preview'; quantity: number; price: number }
/** What credit costs. */
export type CreditEdition = {
  version: number
  currency: string
  packs: Pack[]
  prepaidAmounts: number[]
  createdAt: string
  createdBy: string
}

const columns = `version, currency, packs, prepaid_amounts as "prepaidAmounts", created_at as "createdAt", created_by_name as "createdBy"`

/** The edition that sells now, read from the operator's tenant. */
export async function editionNow(ctx: Ctx): Promise<CreditEdition> {
  const [row] = await queryWithin<CreditEdition>(
    ctx,
    operatorId,
    'credit_edition_now',
    `select ${columns} from credit_edition where agency_id = $1 order by version desc limit 1`,
    [operatorId],
  )
  return row!
}

/** Every edition, newest first. */
export async function listCreditEditions(ctx: Ctx): Promise<AnswerOf<typeof contract.listCreditEditions>> {
  const data = await ctx.tx.query<CreditEdition>(
    'credit_editions',
    `select ${columns} from credit_edition where agency_id = $1 order by version desc limit 200`,
    [ctx.agencyId],
  )
  return { data }
}

/** A new edition, sold from now on; 409 `version.stale` with the present one when somebody was faster. */
export async function publishCredits(
  ctx: Ctx,
  { body }: InputOf<typeof contract.publishCredits>,
): Promise<AnswerOf<typeof contract.publishCredits>> {
  await ctx.tx.query(
    'credit_edition_lock',
    `select pg_advisory_xact_lock(hashtextextended('credit-edition', 0))`,
    [],
  )
  const current = await editionNow(ctx)
  if (current.version !== body.version) throw new Refusal(409, 'version.stale', { data: { current } })
  const [row] = await ctx.tx.query<CreditEdition>(
    'publish_credits',
    `insert into credit_edition (agency_id, version, currency, packs, prepaid_amounts, created_at, created_by_name)
     values ($1, $2, $3, $4, $5, $6, $7) returning ${columns}`,
    [
      ctx.agencyId,
      current.version + 1,
      current.currency,
      JSON.stringify(body.packs.toSorted((a, b) => a.kind.localeCompare(b.kind) || a.quantity - b.quantity)),
      JSON.stringify(body.prepaidAmounts.toSorted((a, b) => a - b)),
      ctx.nowIso,
      subjectOf(ctx).name,
    ],
  )
  ctx.audit({ action: 'credits.published', data: { version: current.version + 1 } })
  return row!
}
