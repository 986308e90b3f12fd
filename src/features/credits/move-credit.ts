import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { Refusal, notFound } from '../../server/refusal.ts'
import type { Exchange } from '../../server/route.ts'
import { accountsOnPlans, type AccountOnPlan } from '../subscriptions/public.ts'
import { moveMoney, operationKeyOf } from '../wallets/public.ts'
import { creditBalance, usableBy } from './credit-balances.ts'
import { accountWallet, agencyWallet } from './credit-wallets.ts'
import type * as contract from './contract.ts'

type Input = InputOf<typeof contract.allocateCredit>
type Answer = AnswerOf<typeof contract.allocateCredit>

/**
 * Gives a hosted account credit of the agency (B67); 409 `wallet.insufficient` says what is missing, 409
 * `credit.plan_without` when its plan cannot use it: a Lite account sends no SMS (B72).
 */
export async function allocateCredit(ctx: Ctx, input: Input, { request }: Exchange): Promise<Answer> {
  const account = await accountOf(ctx, input.body.hostedAccountId)
  const { kind } = input.params
  if (!(await usableBy(ctx, kind, [account])).has(account.id))
    throw new Refusal(409, 'credit.plan_without', {
      values: { name: account.name, plan: ctx.app.texts.t(ctx.locale, `plan.${account.planCode}`), kind },
    })
  return carry(ctx, input, account, 1n, request.headers['idempotency-key'])
}

/** Takes back what a hosted account has not used; 409 `wallet.insufficient` when it has less. */
export async function reclaimCredit(ctx: Ctx, input: Input, { request }: Exchange): Promise<Answer> {
  const account = await accountOf(ctx, input.body.hostedAccountId)
  return carry(ctx, input, account, -1n, request.headers['idempotency-key'])
}

async function carry(
  ctx: Ctx,
  { params, body }: Input,
  account: AccountOnPlan,
  way: bigint,
  key: string | string[] | undefined,
): Promise<Answer> {
  const { kind } = params
  const quantity = BigInt(body.quantity) * way
  const verb = way > 0n ? 'allocated' : 'reclaimed'
  await moveMoney(ctx, {
    operationKey: operationKeyOf(ctx, `credit.${verb}`, key),
    reason: `credit.${verb}`,
    lines: [
      { wallet: agencyWallet(ctx, kind), amount: -quantity },
      { wallet: accountWallet(ctx, kind, account.id), amount: quantity },
    ],
    reference: { kind: 'hosted_account', id: account.id },
  })
  ctx.audit({
    action: way > 0n ? 'credit.allocated' : 'credit.reclaimed',
    clientId: account.clientId,
    entity: { kind: 'hosted_account', id: account.id, name: account.name },
    data: { kind, quantity: body.quantity },
  })
  return creditBalance(ctx, kind)
}

async function accountOf(ctx: Ctx, id: string): Promise<AccountOnPlan> {
  const [account] = await accountsOnPlans(ctx, { id, limit: 1 })
  if (!account) throw notFound()
  return account
}
