import { z } from 'zod'

/** Prefix of each kind of id at the API edge; inside, ids are bare UUIDv7. */
export const idPrefixes = {
  agency: 'agy',
  user: 'usr',
  member: 'mem',
  client: 'cli',
  note: 'not',
  session: 'ses',
  accessSession: 'acs',
  passkey: 'psk',
  view: 'viw',
  bulkChange: 'blk',
  import: 'imp',
  job: 'job',
  auditEvent: 'aud',
  notification: 'ntf',
  mail: 'mai',
  billingProfile: 'bil',
  wallet: 'wal',
  budgetRequest: 'brq',
  invoice: 'inv',
  purchase: 'pur',
  cardSetup: 'cst',
  supportRequest: 'sup',
  supportMessage: 'smg',
  handOver: 'hov',
  project: 'prj',
  campaign: 'cpg',
  cartLine: 'crt',
  order: 'ord',
  orderLine: 'oln',
  orderDelivery: 'odl',
  orderMessage: 'oms',
  orderFile: 'ofl',
  hostedAccount: 'hac',
  accountAccess: 'acv',
  accountOpening: 'opn',
  catalogueItem: 'itm',
  catalogueRule: 'rul',
} as const
export type IdKind = keyof typeof idPrefixes

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** `cli_0199…` (32 hex digits) from a bare UUID. */
export function toPublicId(kind: IdKind, id: string): string {
  return `${idPrefixes[kind]}_${id.replaceAll('-', '')}`
}

/** The bare UUID behind a public id, or undefined when it is not one of that kind. */
export function fromPublicId(kind: IdKind, value: string): string | undefined {
  const prefix = `${idPrefixes[kind]}_`
  if (!value.startsWith(prefix)) return undefined
  const hex = value.slice(prefix.length)
  const id = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
  return uuid.test(id) ? id : undefined
}

/** Input field: a public id, parsed to the bare UUID the database holds. Refuses other kinds. */
export function idInput(kind: IdKind): z.ZodType<string, string> {
  return idAnswer(kind).transform((value, ctx) => {
    const id = fromPublicId(kind, value)
    if (id === undefined) {
      ctx.addIssue({ code: 'custom', message: 'id.invalid' })
      return z.NEVER
    }
    return id
  })
}

/** Answer field: documents a public id; use cases answer with `toPublicId`. */
export function idAnswer(kind: IdKind): z.ZodString {
  return z.string().describe(`Id of kind ${kind}, \`${idPrefixes[kind]}_…\``)
}
