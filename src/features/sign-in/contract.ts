import { z } from 'zod'
import { instant, locale } from '../../contract/common.ts'
import { endpoint } from '../../contract/endpoint.ts'
import { idAnswer } from '../../contract/ids.ts'
import { roles } from '../../contract/rights.ts'

/** Who is signed in, what they may do, and on whose behalf they act. 401 without a session. */
export const getMe = endpoint({
  name: 'getMe',
  method: 'GET',
  path: '/me',
  summary: 'The signed-in user, their membership and rights, and for whom they act.',
  realms: ['operator', 'agency', 'hosted_account'],
  may: 'signedIn',
  answer: z.strictObject({
    user: z.strictObject({
      id: idAnswer('user'),
      email: z.string(),
      name: z.string(),
      /** Null: the language of the browser. */
      locale: locale.nullable(),
      timeZone: z.string(),
      theme: z.enum(['auto', 'light', 'dark']),
      /** Single-letter keyboard shortcuts are on (WCAG 2.1.4). */
      shortcuts: z.boolean(),
      emailConfirmed: z.boolean(),
    }),
    member: z.strictObject({ id: idAnswer('member'), role: z.enum(roles) }).nullable(),
    agency: z
      .strictObject({
        id: idAnswer('agency'),
        name: z.string(),
        mode: z.enum(['simple', 'intermediate', 'full']),
        kind: z.enum(['agency', 'advertiser']),
      })
      .nullable(),
    acting: z
      .strictObject({
        /** `viewing`: a read-only look through somebody's eyes. */
        mode: z.enum(['acting', 'viewing']),
        subject: z.strictObject({ id: z.string(), name: z.string() }),
        actor: z.strictObject({ name: z.string() }),
        /** Names from the actor down to the subject. */
        chain: z.array(z.string()),
        readOnly: z.boolean(),
        endsAt: instant,
      })
      .nullable(),
    rights: z.array(z.string()),
    unreadNotifications: z.int(),
  }),
})
