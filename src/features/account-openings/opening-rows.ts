import type { Selectable } from 'kysely'
import { toPublicId } from '../../contract/ids.ts'
import type { Locale, Money } from '../../contract/common.ts'
import type { Ctx } from '../../server/context.ts'
import { hostOfSlug } from '../../server/hosts.ts'
import { notFound } from '../../server/refusal.ts'
import type { AccountOpening } from '../../server/schema.gen.ts'
import type { Terms } from '../subscriptions/public.ts'
import type { Opening } from './contract.ts'

/** A row of `account_opening`. */
export type OpeningRow = Selectable<AccountOpening>

/** What an opening was asked with; the price is what the form showed. Amounts in minor units as text. */
export type OpeningDetails = {
  customDomain: string | null
  contactName: string
  contactEmail: string
  notificationEmail: string
  locale: Locale
  timeZone: string
  currency: string
  /** Null on trial. */
  paid: {
    terms: Omit<Terms, 'listPrice'> & { listPrice: string }
    percent: number
    paidAccounts: number
    net: string
    total: string
  } | null
  trial: { version: number; days: number; contacts: number }
}

/** The details of a row. */
export function detailsOf(row: OpeningRow): OpeningDetails {
  return row.details as unknown as OpeningDetails
}

/** An opening of the agency, locked when it will be changed; 404 otherwise. */
export async function readOpening(ctx: Ctx, id: string, lock = false): Promise<OpeningRow> {
  const row = await ctx.db
    .selectFrom('account_opening')
    .selectAll()
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', id)
    .$if(lock, (q) => q.forUpdate())
    .executeTakeFirst()
  if (!row) throw notFound()
  return row
}

/** Sets columns of an opening and tells open pages. */
export async function setOpening(ctx: Ctx, id: string, set: Partial<OpeningRow>): Promise<void> {
  await ctx.db
    .updateTable('account_opening')
    .set(set)
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', id)
    .execute()
  ctx.publish({ agencyId: ctx.agencyId, kind: 'opening', id: toPublicId('accountOpening', id) })
}

/** Address of the account to be, with protocol. */
export function addressOfOpening(ctx: Ctx, row: OpeningRow): string {
  return `${ctx.app.config.baseUrl.protocol}//${hostOfSlug(ctx.app.config, row.slug)}`
}

/** An opening as the API answers it. */
export async function openingAnswer(ctx: Ctx, row: OpeningRow): Promise<Opening> {
  const client = await ctx.db
    .selectFrom('client')
    .select('name')
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', row.client_id)
    .executeTakeFirst()
  const { paid, trial, currency } = detailsOf(row)
  const total: Money | null = paid ? { amount: Number(paid.total), currency } : null
  return {
    id: toPublicId('accountOpening', row.id),
    state: row.state as Opening['state'],
    step: row.step as Opening['step'],
    hostedAccountId: toPublicId('hostedAccount', row.hosted_account_id),
    client: { id: toPublicId('client', row.client_id), name: client?.name ?? row.name },
    name: row.name,
    address: addressOfOpening(ctx, row),
    planCode: paid?.terms.planCode ?? 'trial',
    interval: paid?.terms.interval ?? null,
    contactLimit: paid?.terms.contactLimit ?? trial.contacts,
    total,
    purchaseId: row.purchase_id === null ? null : toPublicId('purchase', row.purchase_id),
    secretWaits: row.secret !== null,
    askedAt: row.asked_at,
    readyAt: row.ready_at,
  }
}
