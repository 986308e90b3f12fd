import { sql } from 'kysely'
import { toPublicId } from '../../contract/ids.ts'
import type { ClientStatus } from '../../contract/client-fields.ts'
import type { Ctx } from '../../server/context.ts'
import { visibleClients } from '../access/public.ts'

/** A client that resembles another, and by what. */
export type LookAlike = {
  id: string
  name: string
  city: string | null
  status: ClientStatus
  by: 'name' | 'siren'
}

/** More clients with these words than this: only the very same name is looked for. */
const most = 500

/**
 * Clients in the caller's sight with the same name, whatever its case, accents, punctuation and order of
 * words, or the same SIREN; at most 5. Clients out of sight are never told, not even that they exist.
 */
export async function findLookAlikes(
  ctx: Ctx,
  given: { name?: string; siren?: string | null; except?: string },
): Promise<LookAlike[]> {
  const sameSiren = given.siren
    ? sql<boolean>`client.id in (select client_id from billing_profile where agency_id = ${ctx.agencyId} and siren = ${given.siren})`
    : sql<boolean>`false`
  const rows = await visibleClients(ctx)
    .select(['client.id', 'client.name', 'client.city', 'client.status', sameSiren.as('same_siren')])
    .where(sql<boolean>`(${given.name === undefined ? sql`false` : sameName(given.name)} or ${sameSiren})`)
    .$if(given.except !== undefined, (q) => q.where('client.id', '<>', given.except!))
    .orderBy('same_siren', 'desc')
    .orderBy('client.name_key')
    .limit(5)
    .execute()
  return rows.map((r) => ({
    id: toPublicId('client', r.id),
    name: r.name,
    city: r.city,
    status: r.status as ClientStatus,
    by: r.same_siren ? ('siren' as const) : ('name' as const),
  }))
}

/** The search finds who has the words; equal sets of trigrams are the same words. */
function sameName(name: string) {
  const key = sql`search_key(${name}::text)`
  const words = name.replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim()
  return sql<boolean>`(client.name_key = ${key} or (client.id = any(array(select unnest(ids) from search_clients(${words}, ${most}))) and similarity(client.name_key, ${key}) = 1))`
}
