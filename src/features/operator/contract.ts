import { z } from 'zod'
import { instant, nothing, page } from '../../contract/common.ts'
import { endpoint } from '../../contract/endpoint.ts'
import { idAnswer, idInput } from '../../contract/ids.ts'

const common = { realms: ['operator' as const], may: 'operator' as const }

/** An agency as the operator sees it: counts, never its clients. */
export const operatorAgency = z.strictObject({
  id: idAnswer('agency'),
  name: z.string(),
  slug: z.string(),
  kind: z.enum(['agency', 'advertiser']),
  mode: z.enum(['simple', 'intermediate', 'full']),
  state: z.enum(['active', 'disabled']),
  isSample: z.boolean(),
  members: z.int(),
  clients: z.int(),
  createdAt: instant,
})

/** Every agency of the installation. */
export const listAgencies = endpoint({
  ...common,
  name: 'listAgencies',
  method: 'GET',
  path: '/operator/agencies',
  summary: 'Agencies of the installation, newest first.',
  query: z.strictObject({
    q: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: idInput('agency').optional(),
  }),
  answer: page(operatorAgency),
})

/** Closes an agency (every session of it ends at once) or opens it again. */
export const setAgencyState = endpoint({
  ...common,
  name: 'setAgencyState',
  method: 'PUT',
  path: '/operator/agencies/:id/state',
  summary: 'Disable an agency, which ends its sessions at once, or enable it again.',
  params: z.strictObject({ id: idInput('agency') }),
  body: z.strictObject({ state: z.enum(['active', 'disabled']) }),
  answer: nothing,
})

const clock = z.strictObject({ now: instant, movedSeconds: z.int(), sandbox: z.boolean() })

/** Where the installation's clock stands. */
export const getClock = endpoint({
  ...common,
  name: 'getClock',
  method: 'GET',
  path: '/operator/clock',
  summary: 'The installation’s present, and how far it was moved.',
  answer: clock,
})

/** Moves a sandbox's clock forward; every job due in between runs in order. */
export const moveClockForward = endpoint({
  ...common,
  name: 'moveClockForward',
  method: 'POST',
  path: '/operator/clock',
  summary: 'Move a sandbox installation’s clock forward; every job due in between runs, in order.',
  body: z.strictObject({ to: z.iso.datetime() }),
  answer: clock,
  refusals: ['clock.live', 'clock.backwards', 'clock.too_far'],
})

const health = z.strictObject({
  checks: z.array(
    z.strictObject({
      id: z.string(),
      /** The promise, in the caller's language. */
      label: z.string(),
      /** Null until it was first checked. */
      checkedAt: instant.nullable(),
      tookMs: z.int().nullable(),
      tenants: z.int().nullable(),
      /** What was found against it: ids and amounts, nobody's name. Empty: it holds. */
      faults: z.array(z.string()),
      failingSince: instant.nullable(),
    }),
  ),
})

/** What must always hold of the data, as the check of every 5 minutes last found it. */
export const getHealth = endpoint({
  ...common,
  name: 'getHealth',
  method: 'GET',
  path: '/operator/health',
  summary: 'What must always hold of the data (ledger and more), as last checked.',
  answer: health,
})

/** Checks it now. */
export const checkHealthNow = endpoint({
  ...common,
  name: 'checkHealthNow',
  method: 'POST',
  path: '/operator/health/check',
  summary: 'Check now what must always hold of the data.',
  dear: true,
  answer: health,
})
