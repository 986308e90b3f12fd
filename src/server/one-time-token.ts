import type { Ctx } from './context.ts'
import { newId } from './ids.ts'
import { hashToken, newToken } from './keys.ts'
import { Refusal } from './refusal.ts'

/** What a token is good for, and for nothing else. */
export type TokenPurpose =
  | 'invitation'
  | 'password_reset'
  | 'email_confirmation'
  | 'email_change'
  | 'host_crossing'
  | 'webauthn'
  | 'second_factor'
  | 'account_access'

/** A token that is still good. */
export type LiveToken = {
  id: string
  userId: string | null
  payload: Record<string, unknown>
  createdAt: string
  expiresAt: string
}

/** Makes a token of 256 bits that works once in the context's realm, and gives it: only its hash is stored. */
export async function issueToken(
  ctx: Ctx,
  given: {
    purpose: TokenPurpose
    userId?: string | null
    realmId?: string
    payload?: Record<string, unknown>
    lifetime: Temporal.DurationLike
  },
): Promise<string> {
  const token = newToken()
  await ctx.db
    .insertInto('one_time_token')
    .values({
      agency_id: ctx.agencyId,
      id: newId(),
      purpose: given.purpose,
      user_id: given.userId ?? null,
      realm_id: given.realmId ?? ctx.realm.realmId,
      token_hash: hashToken(token),
      payload: JSON.stringify(given.payload ?? {}),
      created_at: ctx.nowIso,
      // An instant knows no days: they are 24 h here.
      expires_at: ctx.now.toZonedDateTimeISO('UTC').add(given.lifetime).toInstant().toString(),
    })
    .execute()
  return token
}

type Row = {
  id: string
  user_id: string | null
  payload: Record<string, unknown>
  created_at: string
  expires_at: string
}

const alive = `agency_id = $1 and token_hash = $2 and purpose = any($3) and realm_id = $4
  and used_at is null and revoked_at is null and expires_at > $5`

/** Reads a token without spending it. 410 when it is expired, spent, withdrawn, of another realm or no token. */
export async function readToken(ctx: Ctx, purpose: TokenPurpose, token: string): Promise<LiveToken> {
  const rows = await ctx.tx.query<Row>(
    'read_token',
    `select id, user_id, payload, created_at, expires_at from one_time_token where ${alive}`,
    valuesOf(ctx, [purpose], token),
  )
  return liveToken(rows[0])
}

/** Spends a token: of any number of callers at once, one gets it and the others 410. */
export async function spendToken(
  ctx: Ctx,
  purpose: TokenPurpose | TokenPurpose[],
  token: string,
): Promise<LiveToken & { purpose: TokenPurpose }> {
  const rows = await ctx.tx.query<Row & { purpose: TokenPurpose }>(
    'spend_token',
    `update one_time_token set used_at = $5 where ${alive} returning id, user_id, payload, created_at, expires_at, purpose`,
    valuesOf(ctx, [purpose].flat(), token),
  )
  return { ...liveToken(rows[0]), purpose: rows[0]!.purpose }
}

/** Withdraws what a user still holds for a purpose: a new link makes the older ones void. */
export async function revokeTokens(ctx: Ctx, userId: string, ...purposes: TokenPurpose[]): Promise<void> {
  await ctx.db
    .updateTable('one_time_token')
    .set({ revoked_at: ctx.nowIso })
    .where('agency_id', '=', ctx.agencyId)
    .where('user_id', '=', userId)
    .where('purpose', 'in', purposes)
    .where('used_at', 'is', null)
    .where('revoked_at', 'is', null)
    .execute()
}

function valuesOf(ctx: Ctx, purposes: TokenPurpose[], token: string): unknown[] {
  return [ctx.agencyId, hashToken(token), purposes, ctx.realm.realmId, ctx.nowIso]
}

function liveToken(row: Row | undefined): LiveToken {
  if (!row) throw new Refusal(410, 'link.spent')
  return {
    id: row.id,
    userId: row.user_id,
    payload: row.payload,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  }
}
