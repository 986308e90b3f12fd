import type { Document } from './breaking-changes.ts'

const methods = ['get', 'post', 'put', 'patch', 'delete']

/** What an OpenAPI 3.1 reader would stumble over in a document; empty when it has the structure. */
export function faults(document: Document): string[] {
  const out: string[] = []
  if (!/^3\.1\.\d+$/.test(document.openapi)) out.push(`openapi is ${document.openapi}`)
  if (!document.info.title || !document.info.version) out.push('info has no title or version')
  for (const [path, operations] of Object.entries(document.paths)) {
    if (!path.startsWith('/') || path.includes(':')) out.push(`${path} is no path template`)
    const variables = [...path.matchAll(/\{(\w+)\}/g)].map((m) => m[1]!).toSorted()
    for (const [method, operation] of Object.entries(operations)) {
      const at = `${method} ${path}`
      if (!methods.includes(method)) out.push(`${at}: unknown method`)
      if (!/^\w+$/.test(operation.operationId)) out.push(`${at}: operationId`)
      const inPath = operation.parameters.filter((p) => p.in === 'path')
      if (
        inPath
          .map((p) => p.name)
          .toSorted()
          .join() !== variables.join()
      )
        out.push(`${at}: path parameters ${inPath.map((p) => p.name).join()}`)
      for (const p of operation.parameters) {
        if (
          !['path', 'query', 'header', 'cookie'].includes(p.in) ||
          typeof p.name !== 'string' ||
          typeof p.schema !== 'object'
        )
          out.push(`${at}: parameter ${p.name}`)
        if (p.in === 'path' && p.required !== true)
          out.push(`${at}: path parameter ${p.name} must be required`)
      }
      if (new Set(operation.parameters.map((p) => `${p.in} ${p.name}`)).size !== operation.parameters.length)
        out.push(`${at}: a parameter twice`)
      if (method === 'get' && operation.requestBody) out.push(`${at}: a body on GET`)
      if (Object.keys(operation.responses).length === 0) out.push(`${at}: no answer`)
      for (const [status, answer] of Object.entries(operation.responses)) {
        if (!/^([1-5]\d\d|default)$/.test(status)) out.push(`${at}: status ${status}`)
        if (typeof answer.description !== 'string') out.push(`${at}: answer ${status} has no description`)
      }
    }
  }
  for (const reference of JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)) {
    const target = reference[1]!
      .replace(/^#\//, '')
      .split('/')
      .reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], document)
    if (target === undefined && reference[1] !== '#') out.push(`${reference[1]} leads nowhere`)
  }
  return out
}
