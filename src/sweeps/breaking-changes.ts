/** A JSON Schema, as far as the comparison reads it. */
export type Schema = {
  type?: string | string[]
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  enum?: unknown[]
  anyOf?: Schema[]
  oneOf?: Schema[]
}
type Parameter = { name: string; in: string; required?: boolean; schema: Schema }
type Content = Record<string, { schema: Schema; example?: unknown }>
type Operation = {
  operationId: string
  summary?: string
  parameters: Parameter[]
  requestBody?: { content: Content }
  responses: Record<string, { description: string; content?: Content }>
}
/** An OpenAPI document, as far as the comparison reads it. */
export type Document = {
  openapi: string
  info: { title: string; version: string }
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema> }
}

/**
 * What a program written for `old` could no longer rely on in `now` (api.md, "Compatibility": v1 only gains):
 * an operation or answer field gone or of another type, an answer's new enum value left aside, an input newly
 * required, refused or narrowed.
 */
export function breakingChanges(old: Document, now: Document): string[] {
  const out: string[] = []
  for (const [path, operations] of Object.entries(old.paths))
    for (const [method, before] of Object.entries(operations)) {
      const at = `${method.toUpperCase()} ${path}`
      const after = now.paths[path]?.[method]
      if (after === undefined) out.push(`${at} is gone`)
      else compareOperation(at, before, after, out)
    }
  return out
}

function compareOperation(at: string, before: Operation, after: Operation, out: string[]): void {
  for (const p of before.parameters) {
    const q = after.parameters.find((x) => x.name === p.name && x.in === p.in)
    if (!q) out.push(`${at}: parameter ${p.name} is gone`)
    else compareInput(`${at}: parameter ${p.name}`, p.schema, q.schema, out)
  }
  for (const q of after.parameters)
    if (q.required && !before.parameters.some((p) => p.name === q.name && p.in === q.in && p.required))
      out.push(`${at}: parameter ${q.name} is newly required`)
  for (const [type, { schema }] of Object.entries(before.requestBody?.content ?? {})) {
    const taken = after.requestBody?.content[type]
    if (!taken) out.push(`${at}: body ${type} is gone`)
    else compareInput(`${at}: body`, schema, taken.schema, out)
  }
  for (const [status, answer] of Object.entries(before.responses)) {
    const given = after.responses[status]
    if (!given) out.push(`${at}: answer ${status} is gone`)
    for (const [type, { schema }] of Object.entries(answer.content ?? {})) {
      const now = given?.content?.[type]
      if (given && !now) out.push(`${at}: answer ${type} is gone`)
      else if (now) compareAnswer(`${at}: answer`, schema, now.schema, out)
    }
  }
}

const typesOf = (s: Schema): string[] => (s.type === undefined ? [] : [s.type].flat())

/** Callers send what `before` allowed: `after` must still take it. */
function compareInput(at: string, before: Schema, after: Schema, out: string[]): void {
  for (const type of typesOf(before))
    if (typesOf(after).length > 0 && !typesOf(after).includes(type)) out.push(`${at}: no longer ${type}`)
  for (const value of before.enum ?? [])
    if (after.enum && !after.enum.includes(value)) out.push(`${at}: ${String(value)} is refused`)
  for (const name of after.required ?? [])
    if (!before.required?.includes(name)) out.push(`${at}.${name} is newly required`)
  for (const [name, schema] of Object.entries(before.properties ?? {})) {
    const taken = after.properties?.[name]
    if (taken) compareInput(`${at}.${name}`, schema, taken, out)
    else out.push(`${at}.${name} is refused`)
  }
  if (before.items && after.items) compareInput(`${at}[]`, before.items, after.items, out)
}

/** Callers read what `before` promised: `after` must still give it. */
function compareAnswer(at: string, before: Schema, after: Schema, out: string[]): void {
  for (const type of typesOf(after))
    if (typesOf(before).length > 0 && !typesOf(before).includes(type)) out.push(`${at}: became ${type}`)
  for (const name of before.required ?? [])
    if (!after.required?.includes(name)) out.push(`${at}.${name} is no longer promised`)
  for (const [name, schema] of Object.entries(before.properties ?? {})) {
    const given = after.properties?.[name]
    if (given) compareAnswer(`${at}.${name}`, schema, given, out)
    else out.push(`${at}.${name} is gone`)
  }
  if (before.items && after.items) compareAnswer(`${at}[]`, before.items, after.items, out)
  const was = before.anyOf ?? before.oneOf
  const is = after.anyOf ?? after.oneOf
  was?.forEach((schema, i) => {
    if (is?.[i]) compareAnswer(`${at}|${i}`, schema, is[i], out)
  })
}
