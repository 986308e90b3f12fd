import type { Ctx } from '../../server/context.ts'
import type { Fulfilment } from '../payments/public.ts'
import { setPeriodInvoice } from '../subscriptions/public.ts'
import { openingPurchase } from './open-hosted-account.ts'
import { readOpening, setOpening } from './opening-rows.ts'
import { makeSpace, provisionAccount } from './provision-account.ts'

/**
 * A paid opening: account and subscription come to be in the transaction that records the payment, the rest is
 * prepared after it. Given up, the address is free again.
 */
export const payOpening: Fulfilment = {
  kind: openingPurchase,
  async run(ctx, purchase) {
    const row = await readOpening(ctx, openingOf(purchase), true)
    if (row.state !== 'paying') return
    await makeSpace(ctx, row, purchase.id)
    await setOpening(ctx, row.id, { state: 'preparing', step: 'address' })
    await ctx.enqueue(provisionAccount, { id: row.id })
  },
  invoiced: (ctx, purchase, { invoiceId }) => setPeriodInvoice(ctx, purchase.id, invoiceId),
  async cancelled(ctx, purchase) {
    const row = await readOpening(ctx, openingOf(purchase), true)
    if (row.state !== 'paying') return
    await setOpening(ctx, row.id, { state: 'abandoned' })
    await freeAddress(ctx, row.hosted_account_id)
    ctx.audit({
      action: 'hosted_account.given_up',
      clientId: row.client_id,
      entity: { kind: 'hosted_account', id: row.hosted_account_id, name: row.name },
    })
  },
}

function openingOf(purchase: { subject: unknown }): string {
  return (purchase.subject as { openingId: string }).openingId
}

async function freeAddress(ctx: Ctx, realmId: string): Promise<void> {
  await ctx.db
    .deleteFrom('host_name')
    .where('agency_id', '=', ctx.agencyId)
    .where('realm_id', '=', realmId)
    .where('verified_at', 'is', null)
    .execute()
}
