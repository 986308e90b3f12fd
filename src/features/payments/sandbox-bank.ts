import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import type { Ctx } from '../../server/context.ts'
import { Refusal, notFound } from '../../server/refusal.ts'
import { entrustedClients } from '../access/public.ts'
import { answerSandboxBank, readSandboxPayment } from '../payment-providers/public.ts'
import type * as contract from './contract.ts'
import { watchPayment } from './jobs.ts'
import { purchaseInSight } from './purchase-answer.ts'

type Question = AnswerOf<typeof contract.getBankQuestion>

/** What the make-believe bank asks about a payment or a card in sight of the caller. */
export async function getBankQuestion(
  ctx: Ctx,
  { params }: InputOf<typeof contract.getBankQuestion>,
): Promise<Question> {
  return (await asked(ctx, params.id)).question
}

/** The holder's answer; the payment goes on at once. 409 `bank.answered` the second time. */
export async function answerBankQuestion(
  ctx: Ctx,
  { params, body }: InputOf<typeof contract.answerBankQuestion>,
): Promise<Question> {
  const { id, attemptId } = await asked(ctx, params.id)
  if (!(await answerSandboxBank(ctx, id, body.approved))) throw new Refusal(409, 'bank.answered')
  // As a real provider would tell us.
  if (attemptId !== null)
    await ctx.enqueue(watchPayment, { attemptId, giveUp: false }, { key: `watch:${attemptId}` })
  return (await asked(ctx, params.id)).question
}

async function asked(
  ctx: Ctx,
  hex: string,
): Promise<{ id: string; attemptId: string | null; question: Question }> {
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  const payment = await readSandboxPayment(ctx, id)
  if (!payment) throw notFound()
  const question = {
    state: payment.state,
    amount: { amount: Number(payment.amount), currency: payment.currency },
    description: payment.description,
    last4: payment.card.slice(-4),
  }
  if (payment.kind === 'setup') {
    const setup = await ctx.db
      .selectFrom('card_setup')
      .select(['id', 'client_id', 'return_path'])
      .where('agency_id', '=', ctx.agencyId)
      .where('provider_ref', '=', payment.idempotency_key)
      .executeTakeFirst()
    if (!setup || !(await seesCardsOf(ctx, setup.client_id))) throw notFound()
    return { id, attemptId: null, question: { ...question, returnTo: setup.return_path } }
  }
  const attempt = await ctx.db
    .selectFrom('payment_attempt')
    .select(['id', 'purchase_id'])
    .where('agency_id', '=', ctx.agencyId)
    .where('provider_ref', '=', id)
    .executeTakeFirst()
  if (!attempt) throw notFound()
  const { id: purchaseId } = await purchaseInSight(ctx, attempt.purchase_id)
  return {
    id,
    attemptId: attempt.id,
    question: { ...question, returnTo: `/paiements/${toPublicId('purchase', purchaseId)}` },
  }
}

/** The agency's card is its owners', a client's its own people's. */
async function seesCardsOf(ctx: Ctx, clientId: string | null): Promise<boolean> {
  if (ctx.may('billing.manage')) return true
  if (clientId === null) return false
  const found = await entrustedClients(ctx)
    .select('client.id')
    .where('client.id', '=', clientId)
    .executeTakeFirst()
  return found !== undefined
}
