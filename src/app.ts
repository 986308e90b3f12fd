import type { Config } from './server/config.ts'
import type { App, SupportGrant } from './server/context.ts'
import type { Job } from './server/jobs.ts'
import type { Route } from './server/route.ts'
import { openDatabase } from './server/db.ts'
import { Events } from './server/events.ts'
import { openLog } from './server/log.ts'
import { openTexts } from './server/texts.ts'
import { sendMail } from './server/mail.ts'
import { buildServer } from './server/serve.ts'
import { operationalRoutes } from './server/operational.ts'
import { pageRoutes } from './server/pages.ts'
import { accessRoutes } from './features/access/routes.ts'
import { sendAgencyList } from './features/agencies/jobs.ts'
import { agencyRoutes } from './features/agencies/routes.ts'
import { accountAccessRoutes } from './features/account-access/routes.ts'
import { accountHomeRoutes } from './features/account-home/routes.ts'
import { accountUserRoutes } from './features/account-users/routes.ts'
import { agencyBillingRoutes } from './features/agency-billing/routes.ts'
import { agencySettingsRoutes } from './features/agency-settings/routes.ts'
import { developerRoutes } from './features/developers/routes.ts'
import { followingRoutes } from './features/following/routes.ts'
import { homeRoutes } from './features/home/routes.ts'
import { catalogueJobs } from './features/catalogue-items/jobs.ts'
import { catalogueItemRoutes } from './features/catalogue-items/routes.ts'
import { catalogueRoutes } from './features/catalogue/routes.ts'
import { sampleDataRoutes } from './features/sample-data/routes.ts'
import { clientBillingRoutes } from './features/client-billing/routes.ts'
import { purgeDeletedNote } from './features/client-notes/jobs.ts'
import { cockpitRoutes } from './features/cockpit/routes.ts'
import { creditBuy, creditPrepaid } from './features/credits/public.ts'
import { creditRoutes } from './features/credits/routes.ts'
import { invoiceRoutes } from './features/invoices/routes.ts'
import { clientNoteRoutes } from './features/client-notes/routes.ts'
import { clientRoutes } from './features/clients/routes.ts'
import { clientBulkJobs } from './features/client-bulk/jobs.ts'
import { clientBulkRoutes } from './features/client-bulk/routes.ts'
import { clientExportJobs } from './features/client-export/jobs.ts'
import { clientExportRoutes } from './features/client-export/routes.ts'
import { viewRoutes } from './features/saved-views/routes.ts'
import { clientRecordRoutes } from './features/client-record/routes.ts'
import { campaignRoutes } from './features/campaigns/routes.ts'
import { clientDashboardRoutes } from './features/client-dashboard/routes.ts'
import { cartRoutes } from './features/carts/routes.ts'
import { checkProof } from './features/order-fulfilment/jobs.ts'
import { orderFulfilmentRoutes } from './features/order-fulfilment/routes.ts'
import { orderTalkRoutes } from './features/order-talk/routes.ts'
import { approveUnanswered } from './features/orders/jobs.ts'
import { orderRoutes } from './features/orders/routes.ts'
import { projectRoutes } from './features/projects/routes.ts'
import { auditRoutes } from './features/audit/routes.ts'
import { assignmentJobs } from './features/assignments/jobs.ts'
import { assignmentRoutes } from './features/assignments/routes.ts'
import { invitationRoutes } from './features/invitations/routes.ts'
import { subAccountRoutes } from './features/sub-accounts/routes.ts'
import { importJobs } from './features/imports/jobs.ts'
import { importRoutes } from './features/imports/routes.ts'
import { mailboxRoutes } from './features/mailbox/routes.ts'
import { notificationRoutes } from './features/notifications/routes.ts'
import { operatorRoutes } from './features/operator/routes.ts'
import { grantHierarchy } from './features/agency-mode/grant-hierarchy.ts'
import { agencyModeJobs } from './features/agency-mode/jobs.ts'
import { agencyModeRoutes } from './features/agency-mode/routes.ts'
import { supportRequestRoutes } from './features/support-requests/routes.ts'
import { longJobRoutes } from './features/long-jobs/routes.ts'
import { passkeyRoutes } from './features/passkeys/routes.ts'
import { mayBeTold } from './features/contact-policy/public.ts'
import { planRoutes } from './features/plans/routes.ts'
import { cardJobs, setupMoved } from './features/cards/jobs.ts'
import { cardRoutes } from './features/cards/routes.ts'
import { paymentJobs } from './features/payments/jobs.ts'
import { vatNow, type Fulfilment } from './features/payments/public.ts'
import { stripeEventRoute } from './features/payments/receive-stripe-event.ts'
import { paymentRoutes } from './features/payments/routes.ts'
import { renewalJobs } from './features/renewals/jobs.ts'
import { collectPrepaid, renewSubscription } from './features/renewals/public.ts'
import { profileRoutes } from './features/profile/routes.ts'
import { secondFactorRoutes } from './features/second-factor/routes.ts'
import { signInJobs } from './features/sign-in/jobs.ts'
import { signInRoutes } from './features/sign-in/routes.ts'
import { accountChangeRoutes } from './features/account-changes/routes.ts'
import { grantTrialExtension, payChange } from './features/account-changes/public.ts'
import { accountDefaultsJobs } from './features/account-defaults/jobs.ts'
import { accountDefaultsRoutes } from './features/account-defaults/routes.ts'
import { accountOpeningJobs } from './features/account-openings/jobs.ts'
import { payOpening } from './features/account-openings/public.ts'
import { accountOpeningRoutes } from './features/account-openings/routes.ts'
import { hostedAccountRoutes } from './features/hosted-accounts/routes.ts'
import { endOnTime } from './features/subscriptions/public.ts'
import { checkBudgetAlerts } from './features/budgets/public.ts'
import { budgetRoutes } from './features/budgets/routes.ts'
import { budgetTopUp } from './features/budgets/top-up-budget.ts'
import { walletRoutes } from './features/wallets/routes.ts'
import { subscriptionRoutes } from './features/subscriptions/routes.ts'
import { timetable } from './timetable.ts'
import type { FastifyInstance } from 'fastify'

/** Every route of the product, slice by slice. */
export const routes: readonly Route[] = [
  ...accessRoutes,
  ...developerRoutes(() => routes.map((r) => r.endpoint)),
  ...agencyRoutes,
  ...agencySettingsRoutes,
  ...homeRoutes,
  ...sampleDataRoutes,
  ...longJobRoutes,
  ...importRoutes,
  ...clientRoutes,
  ...viewRoutes,
  ...clientBulkRoutes,
  ...clientExportRoutes,
  ...clientRecordRoutes,
  ...clientNoteRoutes,
  ...clientBillingRoutes,
  ...walletRoutes,
  ...budgetRoutes,
  ...hostedAccountRoutes,
  ...subscriptionRoutes,
  ...accountChangeRoutes,
  ...accountOpeningRoutes,
  ...accountDefaultsRoutes,
  ...projectRoutes,
  ...campaignRoutes,
  ...cartRoutes,
  ...orderRoutes,
  ...orderTalkRoutes,
  ...orderFulfilmentRoutes,
  ...clientDashboardRoutes,
  ...catalogueRoutes,
  ...catalogueItemRoutes,
  ...followingRoutes,
  ...invoiceRoutes,
  ...creditRoutes,
  ...cockpitRoutes,
  ...agencyBillingRoutes((ctx) => vatNow(ctx, { kind: 'agency' })),
  ...cardRoutes,
  ...paymentRoutes,
  ...auditRoutes,
  ...mailboxRoutes,
  ...notificationRoutes,
  ...operatorRoutes,
  ...planRoutes,
  ...supportRequestRoutes,
  ...accountAccessRoutes,
  ...accountUserRoutes,
  ...agencyModeRoutes,
  ...accountHomeRoutes,
  ...subAccountRoutes,
  ...invitationRoutes,
  ...assignmentRoutes,
  ...signInRoutes,
  ...secondFactorRoutes,
  ...passkeyRoutes,
  ...profileRoutes,
]

/** Every job of the product. */
export const jobs: readonly Job[] = [
  sendMail,
  checkBudgetAlerts,
  sendAgencyList,
  purgeDeletedNote,
  approveUnanswered,
  checkProof,
  ...importJobs,
  ...catalogueJobs,
  ...clientBulkJobs,
  ...agencyModeJobs,
  ...clientExportJobs,
  ...assignmentJobs,
  endOnTime,
  ...accountOpeningJobs,
  ...accountDefaultsJobs,
  ...signInJobs,
  ...paymentJobs,
  ...renewalJobs,
  ...cardJobs,
] as unknown as readonly Job[]

/** What paying does, by kind of purchase: one line each. */
export const fulfilments: readonly Fulfilment[] = [
  budgetTopUp,
  payOpening,
  payChange,
  renewSubscription,
  collectPrepaid,
  creditPrepaid,
  creditBuy,
]

/** What granting each kind of request to the operator does. */
const supportGrants: readonly SupportGrant[] = [grantHierarchy, grantTrialExtension]

/** Opens what lives as long as the process: pools, texts, events. */
export function openApp(config: Config, databaseUrl: string): App {
  const log = openLog(config.logLevel)
  const database = openDatabase(databaseUrl, config, log)
  return {
    config,
    database,
    log,
    events: new Events(database, log),
    texts: openTexts(),
    jobs,
    timetable,
    mayBeTold,
    fulfilments,
    supportGrants,
  }
}

/** The HTTP server over the whole product. */
export function buildProduct(app: App): FastifyInstance {
  const server = buildServer(app, routes)
  operationalRoutes(server, app)
  stripeEventRoute(server, app, setupMoved)
  pageRoutes(server)
  return server
}

/** Closes what `openApp` opened. */
export async function closeApp(app: App): Promise<void> {
  app.events.close()
  await app.database.close()
}
