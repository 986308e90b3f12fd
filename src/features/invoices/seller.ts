import { Refusal } from '../../server/refusal.ts'
import type { Ctx } from '../../server/context.ts'
import { operatorId } from '../../server/ids.ts'
import { queryWithin } from '../../server/within.ts'
import type { Locale } from '../../contract/common.ts'

/** Legal identity documents are issued under, as printed on them and kept with them. */
export type Seller = {
  name: string
  legalForm: string | null
  /** Minor units of EUR. */
  shareCapital: number | null
  registerCity: string | null
  siren: string
  siret: string | null
  vatNumber: string | null
  vatScheme: 'normal' | 'franchise'
  vatOnDebits: boolean
  addressLine1: string
  addressLine2: string | null
  postalCode: string
  city: string
  country: string
  contactName: string | null
  phone: string | null
  email: string
  website: string | null
  bankName: string | null
  iban: string | null
  bic: string | null
  timeZone: string
}
/** A sentence the law wants printed, by language; French binds. */
export type MentionTexts = Partial<Record<Locale, string>> & { fr: string }
/** Who sells today and what must be printed today, by mention code. */
export type Selling = { seller: Seller; mentions: Record<string, MentionTexts>; today: Temporal.PlainDate }

type Row = { seller: SellerRow; mentions: Record<string, MentionTexts>; sandbox: boolean }

/** A row of `legal_seller` as JSON. */
export type SellerRow = {
  name: string
  legal_form: string | null
  share_capital: number | null
  register_city: string | null
  siren: string
  siret: string | null
  vat_number: string | null
  vat_scheme: 'normal' | 'franchise'
  vat_on_debits: boolean
  address_line1: string
  address_line2: string | null
  postal_code: string
  city: string
  country: string
  contact_name: string | null
  phone: string | null
  email: string
  website: string | null
  bank_name: string | null
  iban: string | null
  bic: string | null
  time_zone: string
  is_example: boolean
}

const sellingSql = `
  select to_jsonb(s) as seller, (select sandbox from installation) as sandbox,
    (select coalesce(jsonb_object_agg(m.code, m.texts), '{}') from (
      select distinct on (code) code, texts from legal_mention
      where agency_id = $1 and valid_from <= ($2::timestamptz at time zone s.time_zone)::date
      order by code, valid_from desc, created_at desc, id desc) m) as mentions
  from legal_seller s
  where s.agency_id = $1 and s.valid_from <= ($2::timestamptz at time zone s.time_zone)::date
  order by s.valid_from desc, s.created_at desc, s.id desc limit 1`

/**
 * The operator as it sells at this instant. 409 `invoice.no_seller` on a live installation that still has the
 * made-up identity it shipped with: nothing may be sold there before the operator gives its own.
 */
export async function sellingNow(ctx: Ctx): Promise<Selling> {
  const [row] = await queryWithin<Row>(ctx, operatorId, 'selling_now', sellingSql, [operatorId, ctx.nowIso])
  if (!row || (row.seller.is_example && !row.sandbox)) throw new Refusal(409, 'invoice.no_seller')
  const seller = sellerOf(row.seller)
  return { seller, mentions: row.mentions, today: ctx.now.toZonedDateTimeISO(seller.timeZone).toPlainDate() }
}

/** The identity in a row. */
export function sellerOf(r: SellerRow): Seller {
  return {
    name: r.name,
    legalForm: r.legal_form,
    shareCapital: r.share_capital,
    registerCity: r.register_city,
    siren: r.siren,
    siret: r.siret,
    vatNumber: r.vat_number,
    vatScheme: r.vat_scheme,
    vatOnDebits: r.vat_on_debits,
    addressLine1: r.address_line1,
    addressLine2: r.address_line2,
    postalCode: r.postal_code,
    city: r.city,
    country: r.country,
    contactName: r.contact_name,
    phone: r.phone,
    email: r.email,
    website: r.website,
    bankName: r.bank_name,
    iban: r.iban,
    bic: r.bic,
    timeZone: r.time_zone,
  }
}
