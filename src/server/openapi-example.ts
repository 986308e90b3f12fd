/** The parts of a JSON Schema that an example is made from. */
export type ExampleSchema = {
  type?: string | string[]
  const?: unknown
  enum?: unknown[]
  default?: unknown
  examples?: unknown[]
  anyOf?: ExampleSchema[]
  oneOf?: ExampleSchema[]
  allOf?: ExampleSchema[]
  properties?: Record<string, ExampleSchema>
  required?: string[]
  items?: ExampleSchema
  minItems?: number
  minLength?: number
  maxLength?: number
  minimum?: number
  exclusiveMinimum?: number
  format?: string
  pattern?: string
  description?: string
}

const byFormat: Record<string, string> = {
  email: 'lea.bernard@exemple.fr',
  date: '2026-11-22',
  'date-time': '2026-11-22T09:10:32.123Z',
  uri: 'https://exemple.fr',
  uuid: '0199a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b',
  base64: 'RXhlbXBsZQ==',
}

/** Fields whose rules a schema cannot say, by name. */
const byName: Record<string, string> = {
  email: 'lea.bernard@exemple.fr',
  supportEmail: 'bonjour@exemple.fr',
  contactEmail: 'anne@exemple.fr',
  notificationEmail: 'facturation@exemple.fr',
  customDomain: 'crm.exemple.fr',
  timeZone: 'Europe/Paris',
  currency: 'EUR',
  country: 'FR',
  website: 'exemple.fr',
  siteUrl: 'exemple.fr',
  targetUrl: 'https://exemple.fr/page',
  proofUrl: 'https://journal.exemple.fr/article',
  phone: '+33 4 72 11 08 30',
  siren: '732829320',
  siret: '73282932000074',
  vatNumber: 'FR44732829320',
  code: '123456',
  slug: 'studio-lumiere',
  clientSince: '2024-03-01',
  sort: 'name',
  currentPassword: 'le cheval mange des agrafes bleues',
  password: 'le cheval mange des agrafes bleues',
  backTo: '/revente',
  returnPath: '/facturation',
}

/**
 * An example of a schema, always the same: what the reference shows where an endpoint has no written one, and
 * what the sweeps send. `id` gives the public id of a prefix (`cli`); optional fields are left out on demand.
 */
export function exampleOf(
  schema: ExampleSchema,
  options: { id?: (prefix: string) => string; requiredOnly?: boolean } = {},
  name = '',
): unknown {
  if (schema.const !== undefined) return schema.const
  if (schema.examples?.[0] !== undefined) return schema.examples[0]
  if (schema.enum) return schema.enum[0]
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return exampleOf(choices.find((c) => c.type !== 'null') ?? choices[0] ?? {}, options, name)
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map((s) => exampleOf(s, options)))
  const type = Array.isArray(schema.type) ? schema.type.find((t) => t !== 'null') : schema.type
  switch (type) {
    case 'object': {
      const fields = Object.entries(schema.properties ?? {}).filter(
        ([name]) => !options.requiredOnly || schema.required?.includes(name),
      )
      return Object.fromEntries(fields.map(([field, s]) => [field, exampleOf(s, options, field)]))
    }
    case 'array':
      return Array.from({ length: Math.max(1, schema.minItems ?? 0) }, () =>
        exampleOf(schema.items ?? {}, options, name),
      )
    case 'string':
      return textOf(schema, name, options.id ?? ((prefix) => `${prefix}_0199a1b2c3d47e5f8a9b0c1d2e3f4a5b`))
    case 'integer':
    case 'number':
      // Whole numbers without a lower bound are given JavaScript's own.
      return Math.max(1, schema.minimum ?? 1, (schema.exclusiveMinimum ?? 0) + 1)
    case 'boolean':
      return true
    case 'null':
      return null
    default:
      return {}
  }
}

function textOf(schema: ExampleSchema, name: string, id: (prefix: string) => string): string {
  const prefix = /`([a-z]{3})_…`/.exec(schema.description ?? '')?.[1]
  if (prefix !== undefined) return id(prefix)
  if (schema.description?.startsWith('RFC 3339')) return '2026-11-22T09:10:32.123Z'
  if (byName[name] !== undefined) return byName[name] ?? ''
  if (schema.format !== undefined && byFormat[schema.format] !== undefined)
    return byFormat[schema.format] ?? ''
  if (schema.pattern?.includes('#')) return '#12694f'
  const text = 'Exemple'.padEnd(schema.minLength ?? 0, ' exemple')
  return schema.maxLength !== undefined && schema.maxLength < text.length
    ? 'FR'.slice(0, schema.maxLength)
    : text
}
