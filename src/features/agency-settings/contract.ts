import { z } from 'zod'
import { email, instant, line, locale } from '../../contract/common.ts'
import { country } from '../../contract/countries.ts'
import { endpoint } from '../../contract/endpoint.ts'
import { idAnswer } from '../../contract/ids.ts'
import { timeZone } from '../../contract/time-zone.ts'

/** What an owner reads and changes of the agency itself. */
export const agencySettings = z.strictObject({
  id: idAnswer('agency'),
  kind: z.enum(['agency', 'advertiser']),
  name: z.string(),
  /** Its address, which is not changed here. */
  address: z.string(),
  supportEmail: z.string().nullable(),
  locale,
  timeZone: z.string(),
  country: z.string(),
  /** ISO 4217; fixed once and for all, since budgets are kept in it. */
  currency: z.string(),
  brandColor: z.string(),
  /** Acting as somebody asks for a reason. */
  actingReasonRequired: z.boolean(),
  mode: z.enum(['simple', 'intermediate', 'full']),
  /** The operator turned the hierarchical modes on (C4). */
  hierarchyEnabled: z.boolean(),
  /** Members of each role, for the page that explains the modes. */
  memberCounts: z.strictObject({ owner: z.int(), manager: z.int(), consultant: z.int(), client: z.int() }),
  createdAt: instant,
  version: z.int(),
})

const example = {
  id: 'agy_019a0b5c7d2e7f00a1b2c3d4e5f60718',
  kind: 'agency',
  name: 'Studio Lumière',
  address: 'http://studio-lumiere.localhost:3000',
  supportEmail: 'bonjour@studio-lumiere.example',
  locale: 'fr',
  timeZone: 'Europe/Paris',
  country: 'FR',
  currency: 'EUR',
  brandColor: '#12694f',
  actingReasonRequired: false,
  mode: 'full',
  hierarchyEnabled: true,
  memberCounts: { owner: 1, manager: 3, consultant: 8, client: 4 },
  createdAt: '2026-01-12T08:30:00.000Z',
  version: 4,
} as const

export const getAgency = endpoint({
  name: 'getAgency',
  method: 'GET',
  path: '/agency',
  summary: 'The agency’s own settings.',
  realms: ['agency'],
  may: 'agency.edit',
  answer: agencySettings,
  example: { answer: example },
})

/** Changes what is given, and nothing else. 409 with the current settings when somebody was faster. */
export const updateAgency = endpoint({
  name: 'updateAgency',
  method: 'PATCH',
  path: '/agency',
  summary: 'Changes the agency’s settings; only the fields given.',
  realms: ['agency'],
  may: 'agency.edit',
  body: z.strictObject({
    version: z.int(),
    name: line(80).optional(),
    /** Null or empty: none. */
    supportEmail: z.union([z.literal('').transform(() => null), z.null(), email]).optional(),
    locale: locale.optional(),
    timeZone: timeZone.optional(),
    country: country.optional(),
    brandColor: z
      .string()
      .trim()
      .toLowerCase()
      .regex(/^#[0-9a-f]{6}$/, 'settings.brand_color_malformed')
      .optional(),
    actingReasonRequired: z.boolean().optional(),
  }),
  answer: agencySettings,
  refusals: ['version.stale'],
  example: { body: { version: 3, brandColor: '#12694f' }, answer: example },
})
