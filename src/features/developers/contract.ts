import { z } from 'zod'
import { endpoint } from '../../contract/endpoint.ts'

/** The document itself: its own shape is OpenAPI's, so only its outline is checked here. */
const document = z.looseObject({
  openapi: z.string(),
  info: z.looseObject({ title: z.string(), version: z.string() }),
  servers: z.array(z.looseObject({ url: z.string() })),
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  components: z.record(z.string(), z.unknown()),
})

/** The OpenAPI document of this very build, its refusals in the language asked for. */
export const getOpenapi = endpoint({
  name: 'getOpenapi',
  method: 'GET',
  path: '/openapi.json',
  summary: 'This API, described in OpenAPI 3.1; refusals carry their sentences in the language asked for.',
  realms: ['operator', 'agency', 'hosted_account'],
  may: 'anyone',
  answer: document,
  example: {
    answer: {
      openapi: '3.1.0',
      info: { title: 'Canopée', version: '1' },
      servers: [{ url: 'https://studio-aurore.exemple.fr/api/v1' }],
      paths: { '/clients': { get: { operationId: 'listClients' } } },
      components: { schemas: {} },
    },
  },
})
