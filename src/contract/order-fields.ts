import { z } from 'zod'

/** States of an order, as the API names them; the machine is in order-states.ts. */
export const orderStateNames = [
  'placed',
  'accepted',
  'in_progress',
  'delivered',
  'approved',
  'refused',
  'refunded',
] as const

/** What a visit to a proof found; `none` for a file, `refused` for an address that is not of the public internet. */
export const deliveryCheckStates = [
  'none',
  'pending',
  'found',
  'link_missing',
  'not_found',
  'unreachable',
  'refused',
] as const

/** A whole address, with or without https://; the empty text means none. Stored with its scheme. */
export const targetUrl = z
  .string()
  .trim()
  .max(2000, 'field.too_long')
  .transform((v) => (v === '' || /^[a-z][a-z\d+.-]*:\/\//i.test(v) ? v : `https://${v}`))
  .refine((v) => v === '' || isWebAddress(v), 'field.website')
  .transform((v) => (v === '' ? null : new URL(v).href))
  .nullable()

function isWebAddress(text: string): boolean {
  if (/\s/.test(text) || !URL.canParse(text)) return false
  const { protocol, hostname, username } = new URL(text)
  return /^https?:$/.test(protocol) && username === '' && /^[^.]+(\.[^.]+)+$/.test(hostname)
}
