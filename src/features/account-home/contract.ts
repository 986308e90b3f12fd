import { z } from 'zod'
import { instant } from '../../contract/common.ts'
import { endpoint } from '../../contract/endpoint.ts'

/** What a person of a hosted account has to do first; each is ticked by a fact. */
export const accountSteps = ['password', 'language', 'invite'] as const

/** The first page of a hosted account. Nothing of what it costs: that is the agency's (B47). */
export const getAccountHome = endpoint({
  name: 'getAccountHome',
  method: 'GET',
  path: '/account-home',
  summary: 'The first page of a hosted account: who is in it, what to do first, who to turn to.',
  realms: ['hosted_account'],
  may: 'signedIn',
  answer: z.strictObject({
    /** People who may sign in, and how many the plan allows (null: as many as one likes). */
    users: z.strictObject({ active: z.int(), invited: z.int(), limit: z.int().nullable() }),
    contactLimit: z.int().nullable(),
    /** First steps, those that are done ticked; null once all are. */
    steps: z.array(z.strictObject({ step: z.enum(accountSteps), done: z.boolean() })).nullable(),
    /** The last people of the agency who were here, for administrators; null for others. */
    visits: z
      .array(
        z.strictObject({
          actor: z.string(),
          reason: z.string().nullable(),
          startedAt: instant,
          acts: z.int(),
        }),
      )
      .nullable(),
  }),
  example: {
    answer: {
      users: { active: 2, invited: 1, limit: 10 },
      contactLimit: 1000,
      steps: [
        { step: 'password', done: false },
        { step: 'language', done: true },
        { step: 'invite', done: true },
      ],
      visits: [{ actor: 'Camille Rousseau', reason: null, startedAt: '2026-11-20T09:14:00.000Z', acts: 2 }],
    },
  },
})
