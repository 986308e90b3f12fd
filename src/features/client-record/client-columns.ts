import type { Selectable, Updateable } from 'kysely'
import type { z } from 'zod'
import type { Money } from '../../contract/common.ts'
import { agencyOf, type Ctx } from '../../server/context.ts'
import { invalid, type FieldRefusal } from '../../server/refusal.ts'
import type { Client } from '../../server/schema.gen.ts'
import type { clientChange } from './contract.ts'

/** What a caller may set on a client, by the API's names. */
export type ClientValues = Partial<Omit<z.output<typeof clientChange>, 'version'>>
type Field = keyof ClientValues

/** The column behind each field of the API. */
const columns = {
  name: 'name',
  status: 'status',
  website: 'website',
  email: 'email',
  phone: 'phone',
  city: 'city',
  country: 'country',
  sector: 'sector',
  tags: 'tags',
  monthlyBudget: 'monthly_budget',
  clientSince: 'client_since',
  description: 'description',
} as const satisfies Record<Field, keyof Client>

const fields = Object.keys(columns) as Field[]

/** 422 for what only the tenant and the day can tell: another currency, a relation that begins tomorrow. */
export function checkClientValues(ctx: Ctx, values: ClientValues): void {
  const agency = agencyOf(ctx)
  const faults: Record<string, FieldRefusal> = {}
  if (values.monthlyBudget && values.monthlyBudget.currency !== agency.currency)
    faults.monthlyBudget = { code: 'client.budget_currency', values: { currency: agency.currency } }
  const today = ctx.now.toZonedDateTimeISO(agency.timeZone).toPlainDate().toString()
  if (values.clientSince && values.clientSince > today) faults.clientSince = 'client.since_future'
  if (Object.keys(faults).length > 0) throw invalid(faults)
}

/** The given values as columns. */
export function columnsOf(values: ClientValues): Updateable<Client> {
  const set: Record<string, unknown> = {}
  for (const field of fields) {
    const value = values[field]
    if (value === undefined) continue
    set[columns[field]] = field === 'monthlyBudget' ? ((value as Money | null)?.amount ?? null) : value
  }
  return set as Updateable<Client>
}

/** Fields whose value differs from the row's, as the audit keeps them: name → before, after. */
export function differences(
  ctx: Ctx,
  row: Selectable<Client>,
  values: ClientValues,
): Record<string, [unknown, unknown]> {
  const changes: Record<string, [unknown, unknown]> = {}
  for (const field of fields) {
    if (values[field] === undefined) continue
    const old = valueOf(ctx, row, field)
    if (JSON.stringify(old) === JSON.stringify(values[field])) continue
    changes[field] = [old, values[field]]
  }
  return changes
}

function valueOf(ctx: Ctx, row: Selectable<Client>, field: Field): unknown {
  if (field !== 'monthlyBudget') return row[columns[field]]
  return row.monthly_budget === null
    ? null
    : { amount: Number(row.monthly_budget), currency: agencyOf(ctx).currency }
}
