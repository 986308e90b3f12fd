import type { Ctx } from '../../server/context.ts'
import { linkTo } from '../../server/hosts.ts'

/** Passkeys are bound to one host: its name (rpID) and its exact origin, from the canonical address only. */
export function relyingParty(ctx: Ctx): { id: string; origin: string; name: string } {
  const url = new URL(linkTo(ctx.app.config, ctx.realm, '/'))
  return { id: url.hostname, origin: url.origin, name: ctx.agency?.name ?? 'Canopée' }
}
