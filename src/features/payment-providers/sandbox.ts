import { newId } from '../../server/ids.ts'
import { runInTenant } from '../../server/run-in-tenant.ts'
import type { Ctx } from '../../server/context.ts'
import type {
  CardToken,
  FailureCode,
  PaymentProvider,
  PaymentState,
  Refused,
  SetupState,
} from './provider.ts'
import { behaviourOf, type TestCard } from '../../contract/test-cards.ts'

type Book = {
  id: string
  kind: string
  card: string
  amount: bigint
  state: 'requires_action' | 'paid' | 'failed' | 'voided' | 'done'
  failure_code: string | null
  card_details: unknown
}

const refusals: Partial<Record<TestCard['does'], Refused>> = {
  declined: { code: 'declined', hard: false },
  fails_later: { code: 'declined', hard: false },
  insufficient_funds: { code: 'insufficient_funds', hard: false },
  stolen: { code: 'stolen', hard: true },
}

/**
 * The make-believe provider of a sandbox: it keeps books of its own in our database, in transactions of its own, so
 * that whatever can go wrong between us and a real provider can go wrong here too. It keeps no card number.
 */
export const sandboxProvider: PaymentProvider = {
  name: 'sandbox',

  async createCustomer(_, { key }) {
    return `sandbox_customer_${key}`
  },

  // The card is typed on our own page: nothing is kept before.
  async startSetup(_, { key, returnUrl }) {
    return { ref: key, state: 'open', actionUrl: returnUrl }
  },

  readSetup: (c, ref) =>
    runInTenant(c.app, c, async (ctx) => {
      const found = await readBook(ctx, 'idempotency_key', ref)
      return found ? setupState(ref, found) : { ref, state: 'open', actionUrl: '' }
    }),

  charge: (c, charge) =>
    runInTenant(c.app, c, async (ctx) => {
      const does = behaviourOf(charge.token)
      const refused = refusals[does]
      const asks = does === 'asks' && !charge.offSession
      return paymentState(
        await enterBook(ctx, {
          key: charge.key,
          kind: 'charge',
          card: charge.token,
          amount: charge.amount,
          currency: charge.currency,
          description: charge.description,
          state: refused ? 'failed' : asks ? 'requires_action' : 'paid',
          failure: refused?.code ?? null,
        }),
      )
    }),

  readPayment: (c, ref) => runInTenant(c.app, c, async (ctx) => paymentState(await bookOf(ctx, ref))),

  cancelPayment: (c, ref) =>
    runInTenant(c.app, c, async (ctx) => {
      const [row] = await ctx.tx.query<Book>(
        'sandbox_cancel',
        `update sandbox_payment set state = 'failed', failure_code = 'authentication_expired', changed_at = $3
         where agency_id = $1 and id = $2 and state = 'requires_action' returning *`,
        [ctx.agencyId, ref, ctx.nowIso],
      )
      return paymentState(row ?? (await bookOf(ctx, ref)))
    }),

  authoriseAndVoid: (c, a) =>
    runInTenant(c.app, c, async (ctx) => {
      const refused = refusals[behaviourOf(a.token)]
      const row = await enterBook(ctx, {
        key: a.key,
        kind: 'authorisation',
        card: a.token,
        amount: a.amount,
        currency: a.currency,
        description: null,
        state: refused ? 'failed' : 'voided',
        failure: refused?.code ?? null,
      })
      return { ref: row.id, state: row.state === 'voided' ? 'voided' : 'declined' }
    }),

  refund: (c, r) =>
    runInTenant(c.app, c, async (ctx) => {
      const charge = await bookOf(ctx, r.ref)
      // As any provider: what was not taken, or is given back already, is not given back.
      const [given] = await ctx.tx.query<{ amount: bigint }>(
        'sandbox_given_back',
        `select coalesce(sum(amount), 0)::bigint as amount from sandbox_payment
         where agency_id = $1 and of_id = $2 and kind = 'refund' and state = 'done' and idempotency_key <> $3`,
        [ctx.agencyId, charge.id, r.key],
      )
      const refused = charge.state !== 'paid' || given!.amount + r.amount > charge.amount
      const row = await enterBook(ctx, {
        key: r.key,
        kind: 'refund',
        card: charge.card,
        amount: r.amount,
        currency: r.currency,
        description: null,
        state: refused ? 'failed' : 'done',
        failure: refused ? 'provider' : null,
        of: charge.id,
      })
      return row.state === 'failed'
        ? { ref: row.id, state: 'failed', ...failureOf(row) }
        : { ref: row.id, state: 'done' }
    }),

  async forgetCard() {},
}

/** A test card typed on our own page: added at once, refused, or waiting for its 3-D Secure page. */
export async function enterSandboxCard(
  ctx: Ctx,
  given: { setupId: string; token: string; card: CardToken },
): Promise<SetupState> {
  const does = behaviourOf(given.token)
  const row = await enterBook(ctx, {
    // A card refused is typed again: each try is a setup of its own.
    key: given.setupId,
    kind: 'setup',
    card: given.token,
    amount: 0n,
    currency: 'EUR',
    description: null,
    state: does === 'declined' ? 'failed' : does === 'asks' ? 'requires_action' : 'done',
    failure: does === 'declined' ? 'declined' : null,
    details: given.card,
  })
  return setupState(given.setupId, row)
}

/** What the holder answers on the 3-D Secure page; once. Gives what it was about, or undefined when nothing waits. */
export async function answerSandboxBank(ctx: Ctx, id: string, approved: boolean): Promise<Book | undefined> {
  const [row] = await ctx.tx.query<Book>(
    'sandbox_answer',
    `update sandbox_payment set state = case when not $3 then 'failed' when kind = 'setup' then 'done' else 'paid' end,
       failure_code = case when $3 then null else 'authentication_failed' end, changed_at = $4
     where agency_id = $1 and id = $2 and state = 'requires_action' returning *`,
    [ctx.agencyId, id, approved, ctx.nowIso],
  )
  return row
}

/** What the 3-D Secure page shows. */
export async function readSandboxPayment(ctx: Ctx, id: string) {
  return ctx.db
    .selectFrom('sandbox_payment')
    .selectAll()
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', id)
    .executeTakeFirst()
}

async function enterBook(
  ctx: Ctx,
  b: {
    key: string
    kind: string
    card: string
    amount: bigint
    currency: string
    description: string | null
    state: string
    failure: string | null
    of?: string
    details?: CardToken
  },
): Promise<Book> {
  const [row] = await ctx.tx.query<Book>(
    'sandbox_enter',
    `insert into sandbox_payment (agency_id, id, idempotency_key, kind, card, amount, currency, state, failure_code, of_id, description, card_details, created_at, changed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13)
     on conflict (agency_id, idempotency_key) do update set idempotency_key = excluded.idempotency_key
     returning id, kind, card, amount, state, failure_code, card_details`,
    [
      ctx.agencyId,
      newId(),
      b.key,
      b.kind,
      b.card,
      b.amount,
      b.currency,
      b.state,
      b.failure,
      b.of ?? null,
      b.description,
      b.details ? JSON.stringify(b.details) : null,
      ctx.nowIso,
    ],
  )
  return row!
}

async function readBook(ctx: Ctx, by: 'id' | 'idempotency_key', value: string): Promise<Book | undefined> {
  const [row] = await ctx.tx.query<Book>(
    `sandbox_read_${by}`,
    `select id, kind, card, amount, state, failure_code, card_details from sandbox_payment where agency_id = $1 and ${by} = $2`,
    [ctx.agencyId, value],
  )
  return row
}

async function bookOf(ctx: Ctx, id: string): Promise<Book> {
  const row = await readBook(ctx, 'id', id)
  if (!row) throw new Error(`the sandbox knows no payment ${id}`)
  return row
}

/** Page of ours that plays the bank. */
function bankPage(id: string): string {
  return `/banque/${id.replaceAll('-', '')}`
}

function paymentState(row: Book): PaymentState {
  if (row.state === 'requires_action')
    return { ref: row.id, state: 'requires_action', actionUrl: bankPage(row.id) }
  if (row.state === 'failed') return { ref: row.id, state: 'failed', ...failureOf(row) }
  return { ref: row.id, state: 'paid' }
}

function setupState(ref: string, row: Book): SetupState {
  if (row.state === 'requires_action') return { ref, state: 'requires_action', actionUrl: bankPage(row.id) }
  if (row.state === 'failed') return { ref, state: 'failed', ...failureOf(row) }
  return { ref, state: 'done', card: row.card_details as CardToken }
}

function failureOf(row: Book): Refused {
  return { code: (row.failure_code ?? 'declined') as FailureCode, hard: row.failure_code === 'stolen' }
}
