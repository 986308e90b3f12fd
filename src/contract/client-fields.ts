import { z } from 'zod'
import { calendarDate, email, line, money, optionalLine, paragraphs } from './common.ts'
import { country } from './countries.ts'

/** Where a client stands in its life. */
export const clientStatuses = ['active', 'paused', 'archived'] as const
export type ClientStatus = (typeof clientStatuses)[number]

/** A text field that may be empty: null, or an empty text in a form. */
function orNone<T extends z.ZodType<string, string>>(field: T) {
  return z
    .string()
    .transform((v) => (v.trim() === '' ? null : v))
    .pipe(field.nullable())
    .nullable()
}

/** A site or domain: a host name with a dot, perhaps with a path; stored without `https://` and the last slash. */
export const website = z
  .string()
  .trim()
  .max(200, 'field.too_long')
  .transform((v) => v.replace(/^https:\/\//i, '').replace(/\/+$/, ''))
  .refine(isWebsite, 'field.website')

function isWebsite(text: string): boolean {
  const address = /^http:\/\//i.test(text) ? text : `https://${text}`
  if (
    /\s/.test(text) ||
    /^[a-z][a-z\d+-]*:(?!\d)/i.test(text.replace(/^http:\/\//i, '')) ||
    !URL.canParse(address)
  )
    return false
  const { hostname, username } = new URL(address)
  return username === '' && /^[^.]+(\.[^.]+)+$/.test(hostname)
}

/** A telephone number as people write it: 6 to 15 digits with spaces, dots, brackets and a leading plus. */
export const phone = z
  .string()
  .trim()
  .max(40, 'field.too_long')
  .refine(
    (v) => /^\+?[\d\s\u00a0\u202f.()/-]+$/.test(v) && between(v.replaceAll(/\D/g, '').length, 6, 15),
    'field.phone',
  )

function between(n: number, least: number, most: number): boolean {
  return n >= least && n <= most
}

/** Labels: at most 20, each once whatever its case, 40 characters at most. */
export const tags = z
  .array(line(40))
  .max(20, 'client.too_many_tags')
  .transform((list) =>
    list.filter((tag, i) => list.findIndex((t) => t.toLowerCase() === tag.toLowerCase()) === i),
  )

/** Planned spend a month; not negative, in the agency's currency. */
export const monthlyBudget = money.refine((m) => between(m.amount, 0, 100_000_000_000), 'client.budget_range')

/** What a client's profile holds besides its name; every one may be empty (A2). */
export const clientProfile = {
  website: orNone(website),
  email: orNone(email),
  phone: orNone(phone),
  city: optionalLine(80),
  sector: optionalLine(80),
  tags,
  monthlyBudget: monthlyBudget.nullable(),
  clientSince: orNone(calendarDate),
  description: orNone(paragraphs(2000)),
  country,
}

/** Name of a client: one line. */
export const clientName = line(120)

/** Billing details of a client (A5); the numbers are checked by the use case, which knows them together. */
export const billingDetails = {
  legalName: optionalLine(160),
  siren: optionalLine(30),
  siret: optionalLine(40),
  vatNumber: optionalLine(40),
  email: orNone(email),
  addressLine1: optionalLine(160),
  addressLine2: optionalLine(160),
  postalCode: optionalLine(12),
  city: optionalLine(80),
  country,
  purchaseReference: optionalLine(80),
  /** Days to pay; null: what the agency agreed with everybody. */
  paymentTermsDays: z.int().min(0).max(120).nullable(),
}

/** The same as answered, but for the terms: each absent value is null. */
export const billingDetailsAnswer = {
  legalName: z.string().nullable(),
  siren: z.string().nullable(),
  siret: z.string().nullable(),
  vatNumber: z.string().nullable(),
  email: z.string().nullable(),
  addressLine1: z.string().nullable(),
  addressLine2: z.string().nullable(),
  postalCode: z.string().nullable(),
  city: z.string().nullable(),
  country: z.string(),
  purchaseReference: z.string().nullable(),
}
