import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { toPublicId, type IdKind } from '../../contract/ids.ts'
import type { Ctx } from '../../server/context.ts'
import type { getWallet as contract } from './contract.ts'
import { visibleWallet } from './visible-wallet.ts'

/** Id kind of each kind of owner. */
const idKinds: Record<string, IdKind> = {
  agency: 'agency',
  member: 'member',
  client: 'client',
  hosted_account: 'hostedAccount',
}

/** How far back the reasons to filter by are looked for. */
const recentEntries = 2_000

/** A wallet in sight, with what it holds; 404 otherwise. */
export async function getWallet(
  ctx: Ctx,
  { params }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  const w = await visibleWallet(ctx, params.id)
  const reasons = await ctx.tx.query<{ reason: string }>(
    'wallet_reasons',
    `select distinct m.reason from (select money_transfer_id from entry where agency_id = $1 and wallet_id = $2
       order by occurred_at desc, number desc limit ${recentEntries}) e
     join money_transfer m on m.agency_id = $1 and m.id = e.money_transfer_id order by 1`,
    [ctx.agencyId, w.id],
  )
  const amount = (value: bigint) => ({ amount: Number(value), currency: w.unit })
  return {
    id: toPublicId('wallet', w.id),
    owner: {
      kind: w.owner_kind as 'agency',
      id: toPublicId(idKinds[w.owner_kind]!, w.owner_id),
      name: w.name,
    },
    purpose: w.purpose as 'budget',
    unit: w.unit,
    balance: amount(w.balance),
    held: amount(w.held),
    available: amount(w.balance - w.held),
    reasons: reasons.map(({ reason }) => ({ reason, label: reasonText(ctx, reason, w.owner_kind) })),
  }
}

/** A reason in the caller's language. What an order's delivery brings the agency is its margin. */
export function reasonText(ctx: Ctx, reason: string, ownerKind: string): string {
  const key = `wallet.reason.${ownerKind === 'agency' && reason === 'order.delivered' ? 'order.margin' : reason}`
  return ctx.app.texts.has(key) ? ctx.app.texts.t(ctx.locale, key) : reason
}
