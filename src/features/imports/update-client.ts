import type { Ctx } from '../../server/context.ts'
import { newId } from '../../server/ids.ts'
import type { Match } from './match-clients.ts'
import type { ClientRow } from './client-imports.ts'

/**
 * Brings a known client to what the row says; cells that were empty change nothing, labels are added, an
 * archived client stays archived. Gives whether anything changed: the same file again changes nothing.
 */
export async function updateClient(ctx: Ctx, match: Match, { parsed }: ClientRow): Promise<boolean> {
  const profile = differing(match, {
    name: parsed.name,
    website: parsed.website,
    email: parsed.email,
    phone: parsed.phone,
    city: parsed.city,
    country: parsed.country,
    sector: parsed.sector,
    client_since: parsed.clientSince,
    monthly_budget: parsed.monthlyBudget === undefined ? undefined : BigInt(parsed.monthlyBudget),
    status:
      parsed.active === undefined || match.status === 'archived'
        ? undefined
        : parsed.active
          ? 'active'
          : 'paused',
    tags: parsed.tags?.some((t) => !match.tags.includes(t))
      ? [...new Set([...match.tags, ...parsed.tags])]
      : undefined,
  })
  const billing = differing(match, {
    legal_name: parsed.legalName,
    siren: parsed.siren,
    siret: parsed.siret,
    vat_number: parsed.vatNumber,
    address_line1: parsed.addressLine1,
    postal_code: parsed.postalCode,
  })
  if (profile.length === 0 && billing.length === 0) return false
  const set = Object.fromEntries(profile)
  await ctx.db
    .updateTable('client')
    .set((eb) => ({
      ...set,
      updated_at: ctx.nowIso,
      last_activity_at: ctx.nowIso,
      version: eb('version', '+', 1),
    }))
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', match.id)
    .execute()
  if (billing.length > 0) {
    const values = Object.fromEntries(billing)
    await ctx.db
      .insertInto('billing_profile')
      .values({
        agency_id: ctx.agencyId,
        id: newId(),
        client_id: match.id,
        ...values,
        updated_at: ctx.nowIso,
      })
      .onConflict((c) =>
        c.columns(['agency_id', 'client_id']).doUpdateSet((eb) => ({
          ...values,
          updated_at: ctx.nowIso,
          version: eb('billing_profile.version', '+', 1),
        })),
      )
      .execute()
  }
  const changes = [...profile, ...billing].map(([field, value]) => [
    field,
    [plain(match[field as keyof Match]), plain(value)],
  ])
  ctx.audit({
    action: 'client.updated',
    clientId: match.id,
    entity: { kind: 'client', id: match.id, name: match.name },
    data: { source: 'import', changes: Object.fromEntries(changes) },
  })
  return true
}

/** The fields whose given value is there and another. */
function differing(match: Match, given: Partial<Record<keyof Match, unknown>>): [string, unknown][] {
  return Object.entries(given).filter(
    ([field, value]) => value !== undefined && value !== match[field as keyof Match],
  )
}

function plain(value: unknown): unknown {
  return typeof value === 'bigint' ? Number(value) : (value ?? null)
}
