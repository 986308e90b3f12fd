import type { Ctx } from '../../server/context.ts'
import { memberOf } from '../../server/context.ts'
import { visibleClientCondition } from '../access/public.ts'

/** A client that a row speaks of, with the values an import may change. */
export type Match = {
  id: string
  name: string
  status: string
  website: string | null
  email: string | null
  phone: string | null
  city: string | null
  country: string
  sector: string | null
  tags: string[]
  monthly_budget: bigint | null
  client_since: string | null
  legal_name: string | null
  siren: string | null
  siret: string | null
  vat_number: string | null
  address_line1: string | null
  postal_code: string | null
}

type Sought = { number: number; name: string; city: string | null; siren: string | null }
type Known = Match & { name_key: string; city_key: string | null }

/**
 * The known client of each row: by SIREN when the row has one, else by name (and town, when both have one).
 * Only among the clients the importer sees: a file must not tell what is outside. Row number → client.
 * In steps by key: one statement over tables just filled is planned without statistics, badly.
 */
export async function matchClients(
  ctx: Ctx,
  importId: string,
  numbers: readonly number[],
): Promise<Map<number, Match>> {
  const sought = await ctx.tx.query<Sought>(
    'import_sought',
    `select number, search_key(parsed->>'name') as name, search_key(parsed->>'city') as city, parsed->>'siren' as siren
     from import_row where agency_id = $1 and import_id = $2 and number = any($3::int[])`,
    [ctx.agencyId, importId, numbers],
  )
  const known = await knownClients(ctx, sought)
  const bySiren = new Map(known.filter((k) => k.siren !== null).map((k) => [k.siren, k]))
  const byName = Map.groupBy(known, (k) => k.name_key)
  const matches = new Map<number, Match>()
  for (const row of sought) {
    const match =
      (row.siren === null ? undefined : bySiren.get(row.siren)) ??
      byName.get(row.name)?.find((k) => alike(row, k))
    if (match) matches.set(row.number, match)
  }
  return matches
}

/** The same name is another company when both towns, or both registration numbers, are known and differ. */
function alike(row: Sought, known: Known): boolean {
  const differ = (a: string | null, b: string | null) => a !== null && b !== null && a !== b
  return !differ(row.city, known.city_key) && !differ(row.siren, known.siren)
}

async function knownClients(ctx: Ctx, sought: readonly Sought[]): Promise<Known[]> {
  const viewer = memberOf(ctx)
  const named = await ctx.tx.query<{ id: string }>(
    'import_named',
    `select near.id from unnest($2::text[]) as sought(name_key) cross join lateral
       (select id from client where agency_id = $1 and name_key = sought.name_key offset 0) near`,
    [ctx.agencyId, [...new Set(sought.map((r) => r.name))]],
  )
  const registered = await ctx.tx.query<{ id: string }>(
    'import_registered',
    `select near.id from unnest($2::text[]) as sought(siren) cross join lateral
       (select client_id as id from billing_profile where agency_id = $1 and siren = sought.siren offset 0) near`,
    [ctx.agencyId, [...new Set(sought.flatMap((r) => r.siren ?? []))]],
  )
  const ids = [...new Set([...named, ...registered].map((r) => r.id))]
  if (ids.length === 0) return []
  return ctx.tx.query<Known>(
    `import_known_${viewer.role}`,
    `select client.id, client.name, client.status, client.website, client.email, client.phone, client.city, client.country, client.sector,
       client.tags, client.monthly_budget, client.client_since, client.name_key, search_key(client.city) as city_key,
       b.legal_name, b.siren, b.siret, b.vat_number, b.address_line1, b.postal_code
     from client left join billing_profile b on b.agency_id = client.agency_id and b.client_id = client.id
     where client.agency_id = $1 and client.id = any($3::uuid[]) and $2::uuid is not null and ${visibleClientCondition(viewer, 'client', '$1', '$2')}
     order by client.id`,
    [ctx.agencyId, viewer.memberId, ids],
  )
}
