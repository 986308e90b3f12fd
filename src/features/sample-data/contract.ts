import { z } from 'zod'
import { endpoint } from '../../contract/endpoint.ts'
import { idAnswer } from '../../contract/ids.ts'
import { roles } from '../../contract/rights.ts'

/** Who may be tried in the sample agency, and with which password; null until it is made. */
export const getSampleAgency = endpoint({
  name: 'getSampleAgency',
  method: 'GET',
  path: '/sample-agency',
  summary: 'The sample agency of a sandbox installation, and the people one may sign in as.',
  realms: ['operator', 'agency'],
  may: 'anyone',
  answer: z.strictObject({
    /** The installation may make one. */
    offered: z.boolean(),
    agency: z
      .strictObject({
        name: z.string(),
        address: z.string(),
        password: z.string(),
        people: z.array(
          z.strictObject({
            id: idAnswer('member'),
            name: z.string(),
            email: z.string(),
            role: z.enum(roles),
            jobTitle: z.string(),
          }),
        ),
      })
      .nullable(),
  }),
})

/** Makes the sample agency unless it is there, and leads to it signed in as its owner. */
export const createSampleAgency = endpoint({
  name: 'createSampleAgency',
  dear: true,
  method: 'POST',
  path: '/sample-agency',
  summary: 'Makes the sample agency (sandbox installations only) and leads there signed in as its owner.',
  realms: ['operator'],
  may: 'anyone',
  answer: z.strictObject({ address: z.string(), url: z.string() }),
})
