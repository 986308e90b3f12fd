import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { checkCompanyNumbers } from '../../contract/company-numbers.ts'
import { subjectOf, type Ctx } from '../../server/context.ts'
import { newId } from '../../server/ids.ts'
import { Refusal, invalid } from '../../server/refusal.ts'
import type * as contract from './contract.ts'
import { checkIban } from './iban.ts'
import { sellerOf, type MentionTexts, type SellerRow } from './seller.ts'

type Answer = AnswerOf<typeof contract.getSeller>
type Version = SellerRow & { id: string; valid_from: string; created_at: string; created_by_name: string }
type Mention = {
  id: string
  code: string
  valid_from: string
  texts: MentionTexts
  source: string
  created_at: string
  created_by_name: string
}

/** The operator's legal identity and mentions: what applies today, what is to come, what was. */
export async function getSeller(ctx: Ctx): Promise<Answer> {
  const [versions, mentions, [counted]] = await Promise.all([
    ctx.tx.query<Version>(
      'seller_versions',
      `select * from legal_seller where agency_id = $1 order by valid_from desc, created_at desc, id desc limit 100`,
      [ctx.agencyId],
    ),
    ctx.tx.query<Mention>(
      'mention_versions',
      `select * from legal_mention where agency_id = $1 order by code, valid_from desc, created_at desc, id desc limit 500`,
      [ctx.agencyId],
    ),
    ctx.tx.query<{ sandbox: boolean }>('is_sandbox', 'select sandbox from installation', []),
  ])
  const today = (zone: string) => ctx.now.toZonedDateTimeISO(zone).toPlainDate().toString()
  const current = versions.find((v) => v.valid_from <= today(v.time_zone)) ?? null
  const day = today(current?.time_zone ?? 'Europe/Paris')
  // Of a code, the first whose day has come applies; the later ones are to come, the earlier ones were.
  const applied = new Set<string>()
  return {
    current: current && versionAnswer(current),
    today: day,
    example: current?.is_example ?? false,
    sells: current !== null && (!current.is_example || counted!.sandbox),
    versions: versions.map((v) => ({
      ...versionAnswer(v),
      createdAt: v.created_at,
      createdBy: v.created_by_name,
    })),
    mentions: mentions.map((m) => {
      const state =
        m.valid_from > day
          ? ('coming' as const)
          : applied.has(m.code)
            ? ('past' as const)
            : ('current' as const)
      if (state === 'current') applied.add(m.code)
      return {
        code: m.code as Answer['mentions'][number]['code'],
        validFrom: m.valid_from,
        texts: m.texts,
        source: m.source,
        state,
        createdBy: m.created_by_name,
      }
    }),
  }
}

/**
 * A new version of the identity, from a day on that has not passed: what was issued before keeps the old one. The
 * numbers are checked by their keys; another SIREN is another legal person, with series of its own.
 */
export async function changeSeller(
  ctx: Ctx,
  { body }: InputOf<typeof contract.changeSeller>,
): Promise<Answer> {
  refusePast(ctx, body.validFrom, body.timeZone)
  const { numbers, faults } = checkCompanyNumbers({
    siren: body.siren,
    siret: body.siret ?? null,
    vatNumber: body.vatNumber ?? null,
  })
  const iban = body.iban ? checkIban(body.iban) : null
  const wrong = { ...faults, ...(body.iban && iban === null && { iban: 'field.iban' }) }
  if (Object.keys(wrong).length > 0) throw invalid(wrong)
  await ctx.db
    .insertInto('legal_seller')
    .values({
      agency_id: ctx.agencyId,
      id: newId(),
      valid_from: body.validFrom,
      name: body.name,
      legal_form: body.legalForm ?? null,
      share_capital: body.shareCapital === null ? null : BigInt(body.shareCapital.amount),
      register_city: body.registerCity ?? null,
      siren: numbers.siren!,
      siret: numbers.siret,
      vat_number: numbers.vatNumber,
      vat_scheme: body.vatScheme,
      vat_on_debits: body.vatOnDebits,
      address_line1: body.addressLine1,
      address_line2: body.addressLine2 ?? null,
      postal_code: body.postalCode,
      city: body.city,
      country: body.country,
      contact_name: body.contactName ?? null,
      phone: body.phone ?? null,
      email: body.email,
      website: body.website ?? null,
      bank_name: body.bankName ?? null,
      iban,
      bic: body.bic?.toUpperCase() ?? null,
      time_zone: body.timeZone,
      created_at: ctx.nowIso,
      created_by_name: subjectOf(ctx).name,
    })
    .execute()
  ctx.audit({
    action: 'seller.changed',
    entity: { kind: 'seller', id: ctx.agencyId, name: body.name },
    data: { validFrom: body.validFrom, siren: numbers.siren },
  })
  return getSeller(ctx)
}

/** A new version of a mention, from a day on that has not passed. */
export async function changeMention(
  ctx: Ctx,
  { params, body }: InputOf<typeof contract.changeMention>,
): Promise<Answer> {
  refusePast(ctx, body.validFrom, 'Europe/Paris')
  await ctx.db
    .insertInto('legal_mention')
    .values({
      agency_id: ctx.agencyId,
      id: newId(),
      code: params.code,
      valid_from: body.validFrom,
      texts: JSON.stringify(body.texts),
      source: body.source,
      created_at: ctx.nowIso,
      created_by_name: subjectOf(ctx).name,
    })
    .execute()
  ctx.audit({ action: 'mention.changed', data: { code: params.code, validFrom: body.validFrom } })
  return getSeller(ctx)
}

/** 409 `seller.past`: documents of passed days say what applied then. */
function refusePast(ctx: Ctx, day: string, timeZone: string): void {
  if (day < ctx.now.toZonedDateTimeISO(timeZone).toPlainDate().toString())
    throw new Refusal(409, 'seller.past')
}

function versionAnswer(v: Version) {
  const { shareCapital, ...seller } = sellerOf(v)
  return {
    ...seller,
    shareCapital: shareCapital === null ? null : { amount: Number(shareCapital), currency: 'EUR' },
    validFrom: v.valid_from,
  }
}
