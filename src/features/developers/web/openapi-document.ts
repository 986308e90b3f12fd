/** What the reference reads of a JSON Schema. */
export type Schema = {
  type?: string | string[]
  format?: string
  enum?: unknown[]
  const?: unknown
  description?: string
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  anyOf?: Schema[]
  oneOf?: Schema[]
  maxLength?: number
  minimum?: number
  maximum?: number
}

type Content = { schema?: Schema; example?: unknown }

/** One operation of the document, with its method and address beside it. */
export type Operation = {
  method: string
  path: string
  operationId: string
  summary: string
  tags: string[]
  parameters: { name: string; in: 'path' | 'query' | 'header'; required: boolean; schema: Schema }[]
  requestBody?: { content: Record<string, Content> }
  responses: Record<string, { content?: Record<string, Content> }>
  'x-right': string
  'x-refusals'?: { code: string; sentence?: string }[]
}

/** A field of a body or an answer, written as one line: `assignees[].name`. */
export type Field = { path: string; type: string; required: boolean; note: string | undefined }

/** Every operation of a document, in the document's order. */
export function operationsOf(document: { paths: Record<string, Record<string, unknown>> }): Operation[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, operation]) =>
        ({ method: method.toUpperCase(), path, ...(operation as object) }) as Operation,
    ),
  )
}

/** Whether every word typed is in the operation's method, address, name or sentence. */
export function matches(operation: Operation, typed: string): boolean {
  const text =
    `${operation.method} ${operation.path} ${operation.operationId} ${operation.summary}`.toLowerCase()
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

/** The fields of a schema, nested ones on lines of their own, 5 levels deep at most. */
export function fieldsOf(schema: Schema, prefix = '', depth = 0): Field[] {
  const inner = arrayOf(schema)
  const object = inner.schema
  return Object.entries(object.properties ?? {}).flatMap(([name, part]) => {
    const path = `${prefix}${name}`
    const line = {
      path,
      type: typeOf(part),
      required: object.required?.includes(name) ?? false,
      note: part.description,
    }
    const nested = arrayOf(part)
    if (depth >= 4 || !nested.schema.properties) return [line]
    return [line, ...fieldsOf(nested.schema, `${path}${nested.suffix}.`, depth + 1)]
  })
}

/** A schema's type in a few words: `string (email)`, `active | paused`, `array of object`. */
export function typeOf(schema: Schema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum) return schema.enum.map(String).join(' | ')
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return [...new Set(choices.map(typeOf))].join(' | ')
  if (schema.items) return `array of ${typeOf(schema.items)}`
  const type = Array.isArray(schema.type) ? schema.type.join(' | ') : (schema.type ?? 'any')
  return schema.format === undefined ? type : `${type} (${schema.format})`
}

/** The object within lists and optional values, and how its fields are reached. */
function arrayOf(schema: Schema): { schema: Schema; suffix: string } {
  if (schema.items) {
    const inner = arrayOf(schema.items)
    return { schema: inner.schema, suffix: `[]${inner.suffix}` }
  }
  const choice = (schema.anyOf ?? schema.oneOf)?.find((s) => s.properties ?? s.items)
  return choice ? arrayOf(choice) : { schema, suffix: '' }
}
