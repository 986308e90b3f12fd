import type { Ctx } from '../../server/context.ts'
import { sampleAccess } from './sample-access.ts'
import { sampleBilling } from './sample-billing.ts'
import { sampleCatalogue } from './sample-catalogue.ts'
import { sampleClients } from './sample-clients.ts'
import { sampleHistory } from './sample-history.ts'
import { sampleInvoices } from './sample-invoices.ts'
import { sampleMembers } from './sample-members.ts'
import { sampleNotes } from './sample-notes.ts'
import { sampleNotifications } from './sample-notifications.ts'
import { samplePayer } from './sample-payer.ts'
import { sampleRequests } from './sample-requests.ts'
import { sampleResale } from './sample-resale.ts'
import { sampleViews } from './sample-views.ts'
import { sampleYear } from './sample-year.ts'
import type { World } from './world.ts'

/** One capability's share of the sample agency, written in bulk in the transaction that makes it. */
export type SamplePart = (ctx: Ctx, world: World) => Promise<void>

/** Every share, in order; a later capability adds its own before the history, which seals what all told. */
export const sampleParts: readonly SamplePart[] = [
  sampleMembers,
  sampleCatalogue,
  sampleClients,
  sampleBilling,
  sampleYear,
  samplePayer,
  sampleInvoices,
  sampleResale,
  sampleNotes,
  sampleViews,
  sampleAccess,
  sampleRequests,
  sampleNotifications,
  sampleHistory,
]
