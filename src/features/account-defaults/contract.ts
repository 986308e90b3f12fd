import { z } from 'zod'
import { email, locale } from '../../contract/common.ts'
import { endpoint } from '../../contract/endpoint.ts'
import { idAnswer } from '../../contract/ids.ts'
import { timeZone } from '../../contract/time-zone.ts'
import { intervals, planCodes } from '../plans/contract.ts'

const realms = ['agency'] as const
const may = 'resale.manage' as const

/** Settings that can be pushed to existing accounts; templates never are (B64). */
export const pushedSettings = ['locale', 'timeZone', 'notificationEmail'] as const

const values = {
  locale,
  timeZone,
  /** Null: the address of whoever opens the account. */
  notificationEmail: email.nullable(),
  planCode: z.enum(planCodes),
  interval: z.enum(intervals),
}
const defaults = z.strictObject({
  ...values,
  /** Running accounts, which pushing would reach. */
  accounts: z.int(),
  version: z.int(),
})
export type AccountDefaults = z.output<typeof defaults>

/** What a new hosted account starts with. */
export const getAccountDefaults = endpoint({
  name: 'getAccountDefaults',
  method: 'GET',
  path: '/hosted-account-defaults',
  summary: 'What a new hosted account starts with.',
  realms: [...realms],
  may,
  answer: defaults,
})

/** Changes it; pushes some of it to the accounts there are when asked (B64). */
export const updateAccountDefaults = endpoint({
  name: 'updateAccountDefaults',
  method: 'PUT',
  path: '/hosted-account-defaults',
  summary: 'Change what new hosted accounts start with, and push settings to existing ones when asked.',
  realms: [...realms],
  may,
  body: z.strictObject({
    ...values,
    version: z.int(),
    /** "Mettre à jour tous les comptes existants": these settings, as a long job. */
    push: z.array(z.enum(pushedSettings)).max(pushedSettings.length).default([]),
  }),
  answer: z.strictObject({ defaults, jobId: idAnswer('job').nullable() }),
  refusals: ['version.stale', 'account_defaults.no_address'],
})
