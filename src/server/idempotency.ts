import type { FastifyRequest } from 'fastify'
import type { Ctx } from './context.ts'
import { decrypt, encrypt, keyedHash } from './keys.ts'
import { Refusal } from './refusal.ts'

/**
 * Runs a write once per (user, Idempotency-Key): the same input again gets the first answer, another input
 * 422, and a second call while the first still runs 409 (api.md, "Writes").
 * Inputs may hold passwords and answers one-time links: the first is kept as a keyed hash, the second sealed.
 */
export async function once(
  ctx: Ctx,
  key: string,
  operation: string,
  input: unknown,
  run: () => Promise<unknown>,
): Promise<unknown> {
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) throw new Refusal(422, 'idempotency.malformed')
  const userId = ctx.actor?.userId ?? ctx.realm.realmId
  const { secret } = ctx.app.config
  const inputHash = keyedHash(secret, 'idempotency', JSON.stringify([operation, ctx.subject?.userId, input]))
  const [locked] = await ctx.tx.query<{ got: boolean }>(
    'idempotency_lock',
    `select pg_try_advisory_xact_lock(hashtextextended($1, 7)) as got`,
    [`${ctx.agencyId}:${userId}:${key}`],
  )
  if (!locked?.got) throw new Refusal(409, 'idempotency.in_progress', { retryAfter: 1 })
  const [known] = await ctx.tx.query<{ input_hash: Buffer; answer: { sealed: string } }>(
    'idempotency_known',
    `select input_hash, answer from idempotency_key where agency_id = $1 and user_id = $2 and key = $3`,
    [ctx.agencyId, userId, key],
  )
  if (known) {
    if (!known.input_hash.equals(inputHash)) throw new Refusal(422, 'idempotency.reused')
    return JSON.parse(decrypt(secret, known.answer.sealed)) as unknown
  }
  const answer = await run()
  await ctx.tx.query(
    'idempotency_keep',
    `insert into idempotency_key (agency_id, user_id, key, operation, input_hash, status, answer, created_at) values ($1, $2, $3, $4, $5, 200, $6, $7)`,
    [
      ctx.agencyId,
      userId,
      key,
      operation,
      inputHash,
      JSON.stringify({ sealed: encrypt(secret, JSON.stringify(answer ?? null)) }),
      ctx.nowIso,
    ],
  )
  return answer
}

/** The same for a detached use case, inside the transaction it opened: once if the caller sent a key. */
export function onceIfAsked<T>(
  ctx: Ctx,
  request: FastifyRequest,
  operation: string,
  input: unknown,
  run: () => Promise<T>,
): Promise<T> {
  const key = request.headers['idempotency-key']
  return typeof key === 'string' ? (once(ctx, key, operation, input, run) as Promise<T>) : run()
}
