import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { slugOf } from '../../contract/slug.ts'
import type { Ctx } from '../../server/context.ts'
import { hostOfSlug } from '../../server/hosts.ts'
import { freeSlug, slugProblem } from '../agencies/public.ts'
import type { checkAccountAddress as contract } from './contract.ts'

/** What a name's address may end with when the name itself is taken. */
const ends = ['crm', 'contacts', '2', '3', '4']

/** Says live whether an address is free; for a name, proposes one that is. One namespace with the agencies'. */
export async function checkAccountAddress(
  ctx: Ctx,
  { query }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  const typed = query.slug?.trim().toLowerCase()
  const slug = typed ?? slugOf(query.name ?? '')
  const code = await slugProblem(ctx, slug)
  const isTaken = code === 'agencies.slug_taken' || code === 'agencies.slug_reserved'
  const suggestion = isTaken ? await freeSlug(ctx, slug, ends) : null
  const proposed = typed === undefined && suggestion !== null ? suggestion : slug
  const free = code === undefined || proposed !== slug
  return {
    slug: proposed,
    free,
    problem: free || !code ? null : { code, message: ctx.app.texts.t(ctx.locale, code) },
    suggestion: free ? null : suggestion,
    address: `${ctx.app.config.baseUrl.protocol}//${hostOfSlug(ctx.app.config, proposed)}`,
  }
}
