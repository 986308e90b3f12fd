import type { Ctx } from '../../server/context.ts'
import { linkTo } from '../../server/hosts.ts'
import { issueToken } from '../../server/one-time-token.ts'

/** Seconds a code lives: the time of one redirect. */
export const crossingSeconds = 60

/** How the session that a crossing opens began. */
export type CrossingMethod = 'sign_up' | 'crossing'

/**
 * Makes the address at which a user enters a realm signed in, whose code works once within 60 seconds
 * (domain.md, "Acting as"). `ctx` must be in that realm. The code travels in the fragment, which browsers
 * send to no server and write in no log.
 */
export async function makeCrossing(
  ctx: Ctx,
  userId: string,
  method: CrossingMethod,
): Promise<{ address: string; url: string }> {
  const code = await issueToken(ctx, {
    purpose: 'host_crossing',
    userId,
    payload: { method },
    lifetime: { seconds: crossingSeconds },
  })
  return { address: addressOf(ctx), url: linkTo(ctx.app.config, ctx.realm, `/entrer#${code}`) }
}

/** Canonical address of the realm in hand, without a trailing slash. */
export function addressOf(ctx: Ctx): string {
  return new URL(linkTo(ctx.app.config, ctx.realm, '/')).origin
}
