import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { slugOf } from '../../contract/slug.ts'
import type { Ctx } from '../../server/context.ts'
import { hostOfSlug } from '../../server/hosts.ts'
import { freeSlug, slugProblem } from './slugs.ts'
import type { checkSlug as contract } from './contract.ts'

/** Says live whether an address is free. For a name, proposes one that is: the first free of its family. */
export async function checkSlug(
  ctx: Ctx,
  { query }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  const typed = query.slug?.trim().toLowerCase()
  const slug = typed ?? slugOf(query.name ?? '')
  const code = await slugProblem(ctx, slug)
  const suggestion =
    code === 'agencies.slug_taken' || code === 'agencies.slug_reserved' ? await freeSlug(ctx, slug) : null
  const proposed = typed === undefined && suggestion !== null ? suggestion : slug
  const free = code === undefined || proposed !== slug
  const { baseUrl } = ctx.app.config
  return {
    slug: proposed,
    free,
    problem: free || !code ? null : { code, message: ctx.app.texts.t(ctx.locale, code) },
    suggestion: free ? null : suggestion,
    address: `${baseUrl.protocol}//${hostOfSlug(ctx.app.config, proposed)}`,
  }
}
