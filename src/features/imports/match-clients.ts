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

/**
 * The known client of each row: by SIREN when the row has one, else by name (and town, when both have one).
 * Only among the clients the importer sees: a file must not tell what is outside. Row number → client.
 */
export async function matchClients(ctx: Ctx, importId: string, numbers: readonly number[]): Promise<Map<number, Match>> {
  const viewer = memberOf(ctx)
  const rows = await ctx.tx.query<Match & { number: number }>(
    `import_match_${viewer.role}`,
    `select distinct on (r.number) r.number, client.id, client.name, client.status, client.website, client.email, client.phone, client.city,
       client.country, client.sector, client.tags, client.monthly_budget, client.client_since,
       b.legal_name, b.siren, b.siret, b.vat_number, b.address_line1, b.postal_code
     from import_row r
     cross join lateral (
       select b.client_id as id, 0 as rank from billing_profile b
         where b.agency_id = r.agency_id and b.siren = r.parsed->>'siren'
       union all
       select c.id, 1 from client c where c.agency_id = r.agency_id and c.name_key = search_key(r.parsed->>'name')
         and (c.city is null or r.parsed->>'city' is null or search_key(c.city) = search_key(r.parsed->>'city'))
         and not exists (select from billing_profile o where o.agency_id = c.agency_id and o.client_id = c.id
           and o.siren <> r.parsed->>'siren')
     ) k
     join client on client.agency_id = r.agency_id and client.id = k.id
     left join billing_profile b on b.agency_id = client.agency_id and b.client_id = client.id
     where r.agency_id = $1 and r.import_id = $3 and r.number = any($4::int[])
       and $2::uuid is not null and ${visibleClientCondition(viewer, 'client', '$1', '$2')}
     order by r.number, k.rank, client.id`,
    [ctx.agencyId, viewer.memberId, importId, numbers],
  )
  return new Map(rows.map((r) => [r.number, r]))
}
