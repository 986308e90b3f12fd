import { z } from 'zod'
import type { Endpoint } from '../contract/endpoint.ts'
import { problem } from '../contract/common.ts'
import { exampleOf } from './openapi-example.ts'
import { apiBase } from './serve.ts'

/**
 * The OpenAPI 3.1 document of a list of endpoints: the same objects that serve them. With `sentence`, each
 * refusal also carries what a person would read.
 */
export function openapiDocument(
  endpoints: readonly Endpoint[],
  baseUrl: string,
  sentence?: (code: string) => string | undefined,
): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const e of endpoints) {
    const path = e.path.replaceAll(/:(\w+)/g, '{$1}')
    ;(paths[path] ??= {})[e.method.toLowerCase()] = operation(e, sentence)
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Canopée', version: '1', description: 'Run your clients: who sees whom, and why.' },
    servers: [{ url: `${baseUrl.replace(/\/$/, '')}${apiBase}` }],
    paths,
    components: {
      schemas: { Problem: jsonSchema(problem, 'output') },
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: '__Host-session' } },
    },
  }
}

function operation(e: Endpoint, sentence?: (code: string) => string | undefined): Record<string, unknown> {
  const status = String(e.status ?? 200)
  const answerType = e.streams ?? 'application/json'
  return {
    operationId: e.name,
    summary: e.summary,
    tags: [e.path.split('/')[1] ?? 'root'],
    ...(e.may !== 'anyone' && { security: [{ session: [] }] }),
    'x-right': e.may,
    'x-realms': e.realms,
    ...(e.refusals && { 'x-refusals': e.refusals.map((code) => ({ code, sentence: sentence?.(code) })) }),
    parameters: [
      ...parameters(e.params, 'path'),
      ...parameters(e.query, 'query'),
      ...(e.method === 'POST' ? [idempotencyKey(e)] : []),
    ],
    ...requestBody(e),
    responses: {
      [status]: {
        description: 'Done',
        ...(status !== '204' && { content: { [answerType]: e.streams ? { schema: {} } : answerContent(e) } }),
      },
      default: {
        description: `Refused: ${(e.refusals ?? []).join(', ') || 'see the problem document'}`,
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  }
}

function requestBody(e: Endpoint): Record<string, unknown> {
  if (e.upload)
    return {
      requestBody: {
        required: true,
        content: {
          'multipart/form-data': {
            schema: { type: 'object', properties: { file: { type: 'string', format: 'binary' } } },
          },
        },
      },
    }
  if (!e.body) return {}
  return {
    requestBody: { required: true, content: { 'application/json': bodyContent(e.body, e.example?.body) } },
  }
}

function answerContent(e: Endpoint): Record<string, unknown> {
  const schema = jsonSchema(e.answer, 'output')
  return { schema, example: e.example ? e.example.answer : exampleOf(schema) }
}

function bodyContent(body: z.ZodType, written: unknown): Record<string, unknown> {
  const schema = jsonSchema(body, 'input')
  return { schema, example: written ?? exampleOf(schema) }
}

function idempotencyKey(e: Endpoint): unknown {
  return {
    name: 'Idempotency-Key',
    in: 'header',
    required: e.idempotencyKey === 'required',
    schema: { type: 'string', maxLength: 255 },
  }
}

function parameters(schema: z.ZodType | undefined, where: 'path' | 'query'): unknown[] {
  if (!schema) return []
  const { properties = {}, required = [] } = jsonSchema(schema, 'input') as {
    properties?: Record<string, unknown>
    required?: string[]
  }
  return Object.entries(properties).map(([name, s]) => ({
    name,
    in: where,
    required: where === 'path' || required.includes(name),
    schema: s,
  }))
}

/** The JSON Schema of what a caller sends (`input`) or reads (`output`). */
export function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    target: 'draft-2020-12',
  }) as Record<string, unknown>
  return rest
}
