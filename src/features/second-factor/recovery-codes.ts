import { randomInt } from 'node:crypto'
import type { Ctx } from '../../server/context.ts'
import { keyedHash } from '../../server/keys.ts'

/** How many recovery codes a user gets. */
export const recoveryCodeCount = 10
// Without look-alikes (0 O 1 I L): people copy these by hand. Ten of 31 signs are 49 bits.
const signs = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'

/** Replaces a user's recovery codes; gives the new ones in clear, for this once: only keyed hashes are kept. */
export async function replaceRecoveryCodes(ctx: Ctx, userId: string): Promise<string[]> {
  await removeRecoveryCodes(ctx, userId)
  const codes = Array.from({ length: recoveryCodeCount }, newCode)
  await ctx.db
    .insertInto('recovery_code')
    .values(
      codes.map((code) => ({
        agency_id: ctx.agencyId,
        user_id: userId,
        code_hash: hashOf(ctx, userId, code),
      })),
    )
    .execute()
  return codes
}

/** Makes a user's recovery codes void. */
export async function removeRecoveryCodes(ctx: Ctx, userId: string): Promise<void> {
  await ctx.db
    .deleteFrom('recovery_code')
    .where('agency_id', '=', ctx.agencyId)
    .where('user_id', '=', userId)
    .execute()
}

/** Spends a recovery code: whether it was one that had not served yet. Case, spaces and hyphens don't matter. */
export async function spendRecoveryCode(ctx: Ctx, userId: string, code: string): Promise<boolean> {
  const spent = await ctx.db
    .updateTable('recovery_code')
    .set({ used_at: ctx.nowIso })
    .where('agency_id', '=', ctx.agencyId)
    .where('user_id', '=', userId)
    .where('code_hash', '=', hashOf(ctx, userId, code))
    .where('used_at', 'is', null)
    .returning('user_id')
    .execute()
  return spent.length === 1
}

function newCode(): string {
  const ten = Array.from({ length: 10 }, () => signs[randomInt(signs.length)]!).join('')
  return `${ten.slice(0, 5)}-${ten.slice(5)}`
}

function hashOf(ctx: Ctx, userId: string, code: string): Buffer {
  return keyedHash(
    ctx.app.config.secret,
    'recovery-code',
    `${userId}:${code.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')}`,
  )
}
