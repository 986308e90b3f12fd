import { z } from 'zod'

/** The languages the product offers; French is the reference. */
export const locales = ['fr', 'en', 'es', 'zh'] as const
export type Locale = (typeof locales)[number]
export const locale = z.enum(locales)

/** Money: integer minor units and ISO 4217 currency. */
export const money = z.strictObject({ amount: z.int(), currency: z.string().length(3) })
export type Money = z.output<typeof money>

/** Instant, RFC 3339 UTC. */
export const instant = z.string().describe('RFC 3339 instant, UTC')
/** Calendar date, `YYYY-MM-DD`; not of the first millennium, whose days some zones begin before year 1. */
export const calendarDate = z.iso.date().refine((day) => day >= '1000', 'field.invalid')

/** A trimmed, non-empty line of text of at most `max` characters; control characters are refused. */
export function line(max: number) {
  return (
    z
      .string()
      .trim()
      .min(1, 'field.required')
      .max(max, 'field.too_long')
      // oxlint-disable-next-line no-control-regex -- the point is to refuse them
      .refine((v) => !/[\u0000-\u001f\u007f]/.test(v), 'field.control_characters')
  )
}

/** An optional line: the empty string means "none" and parses to null. */
export function optionalLine(max: number) {
  return (
    z
      .string()
      .trim()
      .max(max, 'field.too_long')
      // oxlint-disable-next-line no-control-regex -- the point is to refuse them
      .refine((v) => !/[\u0000-\u001f\u007f]/.test(v), 'field.control_characters')
      .transform((v) => (v === '' ? null : v))
      .nullable()
      .optional()
  )
}

/** An e-mail address, trimmed, case kept; compare with `emailKey`. */
export const email = z
  .string()
  .trim()
  .min(1, 'field.required')
  .max(254, 'field.too_long')
  .pipe(z.email('field.email'))

/** The form under which an address is unique in its realm. */
export function emailKey(address: string): string {
  return address.normalize('NFKC').toLowerCase()
}

/** Query of every list: keyset pages of 1 to 200 (api.md, "Lists"). */
export const listQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(2000).optional(),
  sort: z.string().max(200).optional(),
  q: z.string().max(200).optional(),
  total: z.stringbool().optional(),
})

/** Answer of every list. `total` on request, exact up to 10,000 and then 10,001. */
export function page<T extends z.ZodType>(row: T) {
  return z.strictObject({
    data: z.array(row),
    nextCursor: z.string().nullable(),
    total: z.int().optional(),
  })
}

/** Body of every refusal: application/problem+json (RFC 9457). */
export const problem = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string(),
  /** Field path → text key and its sentence in the caller's language. */
  fields: z.record(z.string(), z.strictObject({ code: z.string(), message: z.string() })).optional(),
  /** Facts a page may need to offer a way on (never secrets). */
  data: z.record(z.string(), z.unknown()).optional(),
  requestId: z.string(),
})
export type Problem = z.output<typeof problem>

/** Answer of calls that have nothing to say. */
export const nothing = z.strictObject({})

/** A text of several lines of at most `max` characters, trimmed; control characters but line breaks and tabs are refused. */
export function paragraphs(max: number) {
  return z
    .string()
    .transform((v) => v.replaceAll('\r\n', '\n').trim())
    .pipe(
      z
        .string()
        .min(1, 'field.required')
        .max(max, 'field.too_long')
        // oxlint-disable-next-line no-control-regex -- the point is to refuse them
        .refine((v) => !/[\u0000-\u0008\u000b-\u001f\u007f]/.test(v), 'field.control_characters'),
    )
}
