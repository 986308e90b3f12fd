import { randomInt } from 'node:crypto'
import type { Ctx } from '../../server/context.ts'
import { slug as slugSchema } from '../../contract/slug.ts'

/**
 * Labels nobody may take: what the installation itself may need one day, and what could pass for its staff.
 */
const reserved = new Set(
  `www web api app apps admin administrateur administration root mail smtp imap pop mx ns ns1 ns2 dns ftp cdn assets static
   media files status statut health metrics docs doc aide help support assistance contact blog news auth login connexion
   inscription signup sso oauth account accounts compte comptes billing facturation paiement payment operator exploitant
   console canopee agence agences agency client clients dev test staging demo sandbox localhost local internal webmail
   postmaster hostmaster webmaster abuse security securite noreply autoconfig autodiscover wpad`.split(/\s+/),
)

/** Why an address cannot be used: a text key, or undefined when it is free. */
export type SlugProblem = 'agencies.slug_taken' | 'agencies.slug_reserved' | string

/** Whether an address can be used now. Only taking it (sign-up) is certain: two people may ask at once. */
export async function slugProblem(ctx: Ctx, slug: string): Promise<SlugProblem | undefined> {
  const parsed = slugSchema.safeParse(slug)
  if (!parsed.success) return parsed.error.issues[0]?.message ?? 'field.invalid'
  if (reserved.has(parsed.data)) return 'agencies.slug_reserved'
  return (await taken(ctx, [parsed.data])).size > 0 ? 'agencies.slug_taken' : undefined
}

/** A free address close to one that is not; null when nothing acceptable resembles it. */
export async function freeSlug(
  ctx: Ctx,
  slug: string,
  ends: readonly string[] = ['agence', 'studio', '2', '3', '4'],
): Promise<string | null> {
  const stem = slug.slice(0, 33).replace(/-+$/, '')
  const figures = [String(randomInt(10, 100)), String(randomInt(1000, 10_000))]
  const candidates = [...ends, ...figures]
    .map((end) => `${stem}-${end}`)
    .filter((c) => slugSchema.safeParse(c).success)
  const used = await taken(ctx, candidates)
  return candidates.find((c) => !used.has(c)) ?? null
}

async function taken(ctx: Ctx, slugs: string[]): Promise<Set<string>> {
  const rows = await ctx.tx.query<{ name: string }>(
    'slugs_taken',
    `select name from host_name where kind = 'slug' and name = any($1)`,
    [slugs],
  )
  return new Set(rows.map((r) => r.name))
}
