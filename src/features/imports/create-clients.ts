import type { Ctx } from '../../server/context.ts'
import { memberOf, subjectOf } from '../../server/context.ts'
import { newId } from '../../server/ids.ts'
import type { ClientRow } from './client-imports.ts'

type Made = ClientRow['parsed'] & { id: string; billingId: string; noteId: string; status: string }

/** Fields of which any makes billing details. */
const billing = ['siren', 'siret', 'vatNumber', 'legalName', 'addressLine1', 'postalCode'] as const

/** Makes a client of each row, with its billing details and note, in a few statements; gives the ids in order. */
export async function createClients(
  ctx: Ctx,
  rows: readonly ClientRow[],
  importId: string,
): Promise<string[]> {
  if (rows.length === 0) return []
  const who = memberOf(ctx)
  const made = rows.map(({ parsed }): Made => ({
    ...parsed,
    id: newId(),
    billingId: newId(),
    noteId: newId(),
    status: parsed.active === false ? 'paused' : 'active',
  }))
  const json = JSON.stringify(made)
  // A manager's imports land in its own portfolio, so that it goes on seeing them once they are given away.
  const home = who.role === 'owner' ? null : who.memberId
  await ctx.tx.query(
    'import_create_clients',
    `insert into client (agency_id, id, name, status, home_id, website, email, phone, city, country, sector, tags, monthly_budget, client_since, last_activity_at, created_at, updated_at)
     select $1, x.id, x.name, x.status, $3, x.website, x.email, x.phone, x.city, coalesce(x.country, 'FR'), x.sector, coalesce(x.tags, '{}'), x."monthlyBudget", x."clientSince", $4, $4, $4
     from jsonb_to_recordset($2::jsonb) as x(id uuid, name text, status text, website text, email text, phone text, city text, country text, sector text, tags text[], "monthlyBudget" bigint, "clientSince" date)`,
    [ctx.agencyId, json, home, ctx.nowIso],
  )
  const billed = made.filter((m) => billing.some((field) => m[field]))
  if (billed.length > 0) await createBilling(ctx, billed)
  const noted = made.filter((m) => m.note)
  if (noted.length > 0) await createNotes(ctx, noted)
  for (const [i, client] of made.entries())
    ctx.audit({
      action: 'client.imported',
      clientId: client.id,
      entity: { kind: 'client', id: client.id, name: client.name },
      data: { import: importId, line: rows[i]!.number },
    })
  return made.map((m) => m.id)
}

async function createBilling(ctx: Ctx, made: readonly Made[]): Promise<void> {
  await ctx.tx.query(
    'import_create_billing',
    `insert into billing_profile (agency_id, id, client_id, legal_name, siren, siret, vat_number, email, address_line1, postal_code, city, country, updated_at)
     select $1, x."billingId", x.id, x."legalName", x.siren, x.siret, x."vatNumber", x.email, x."addressLine1", x."postalCode", x.city, coalesce(x.country, 'FR'), $3
     from jsonb_to_recordset($2::jsonb) as x("billingId" uuid, id uuid, "legalName" text, siren text, siret text, "vatNumber" text, email text, "addressLine1" text, "postalCode" text, city text, country text)`,
    [ctx.agencyId, JSON.stringify(made), ctx.nowIso],
  )
}

async function createNotes(ctx: Ctx, made: readonly Made[]): Promise<void> {
  await ctx.tx.query(
    'import_create_notes',
    `insert into client_note (agency_id, id, client_id, author_user_id, author_name, via_name, body, created_at, updated_at)
     select $1, x."noteId", x.id, $3, $4, $5, x.note, $6, $6
     from jsonb_to_recordset($2::jsonb) as x("noteId" uuid, id uuid, note text)`,
    [
      ctx.agencyId,
      JSON.stringify(made),
      subjectOf(ctx).userId,
      subjectOf(ctx).name,
      ctx.acting ? (ctx.actor?.name ?? null) : null,
      ctx.nowIso,
    ],
  )
}
