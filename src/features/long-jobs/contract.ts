import { z } from 'zod'
import { instant, nothing } from '../../contract/common.ts'
import { endpoint } from '../../contract/endpoint.ts'
import { idAnswer, idInput } from '../../contract/ids.ts'

const params = z.strictObject({ id: idInput('job') })

/** Progress of work that outlives a request (api.md, "Long work"). */
export const longJob = z.strictObject({
  id: idAnswer('job'),
  kind: z.string().describe('What it does, e.g. `clients.assign`'),
  state: z.enum(['queued', 'running', 'done', 'failed', 'cancelled']),
  done: z.int(),
  total: z.int().nullable(),
  /** At most the first 1,000, each with the item it concerns and a text key with its values. */
  errors: z.array(z.strictObject({ item: z.string(), code: z.string(), message: z.string() })),
  result: z.record(z.string(), z.unknown()).nullable(),
  createdAt: instant,
  finishedAt: instant.nullable(),
})

/** One job of the caller. */
export const getJob = endpoint({
  name: 'getJob',
  method: 'GET',
  path: '/jobs/:id',
  summary: 'State, progress, errors and result of long work.',
  realms: ['agency', 'operator'],
  may: 'signedIn',
  params,
  answer: longJob,
})

/** The caller's jobs of the last day, newest first: what a page shows again after a reload. */
export const listJobs = endpoint({
  name: 'listJobs',
  method: 'GET',
  path: '/jobs',
  summary: 'Long work the caller started in the last 24 hours.',
  realms: ['agency', 'operator'],
  may: 'signedIn',
  answer: z.strictObject({ data: z.array(longJob) }),
})

/** Stops a job after the batch it is at. */
export const cancelJob = endpoint({
  name: 'cancelJob',
  method: 'POST',
  path: '/jobs/:id/cancel',
  summary: 'Stop long work after the batch it is at; what is done stays done.',
  realms: ['agency', 'operator'],
  may: 'signedIn',
  params,
  answer: nothing,
  refusals: ['job.finished'],
})

/** Live events of the signed-in user: `job`, `notification`, `clients`… each with an id to read again. */
export const streamEvents = endpoint({
  name: 'streamEvents',
  method: 'GET',
  path: '/events',
  summary: 'Server-sent events: what changed for the signed-in user.',
  realms: ['operator', 'agency', 'hosted_account'],
  may: 'signedIn',
  answer: nothing,
  streams: 'text/event-stream',
})
