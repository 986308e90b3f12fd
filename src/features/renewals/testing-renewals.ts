import { runInTenant } from '../../server/run-in-tenant.ts'
import type { TestApp } from '../../server/testing.ts'
import { makeClient, type TestAgency } from '../../server/testing-people.ts'
import { presentOf, runTimetable } from '../../server/timetable.ts'
import { insertAccount } from '../hosted-accounts/public.ts'
import type { Terms } from '../subscriptions/public.ts'

/** A hosted account of a test and its subscription. */
export type TestAccount = { id: string; subscriptionId: string; clientId: string; name: string }

/** A plan at 100,00 € a month for 500 contacts, unless said otherwise. Minor units. */
export function testTerms(over: Partial<Terms> = {}): Terms {
  return {
    planCode: 'plus',
    planVersion: 1,
    interval: 'month',
    contactLimit: 500,
    listPrice: 10_000n,
    ...over,
  }
}

/** Opens a hosted account as if it had been paid for, in its own time zone, today or on an earlier instant. */
export async function makeAccount(
  t: TestApp,
  agency: TestAgency,
  given: {
    name: string
    terms?: Terms | null
    timeZone?: string
    openedAt?: string
    commercialMode?: 'resold' | 'clientPaid' | 'referred'
    contactEmail?: string
    notificationEmail?: string
    clientId?: string
  },
): Promise<TestAccount> {
  const slug = `h${crypto.randomUUID().replaceAll('-', '').slice(0, 12)}`
  const clientId = given.clientId ?? (await makeClient(t, agency, { name: given.name })).id
  const { hostedAccountId, subscriptionId } = await runInTenant(t.app, { agencyId: agency.id }, (ctx) =>
    insertAccount(ctx, {
      clientId,
      name: given.name,
      slug,
      contactName: 'Claire Client',
      contactEmail: given.contactEmail ?? `client@${slug}.example`,
      notificationEmail: given.notificationEmail ?? 'alertes@agence.example',
      locale: 'fr',
      timeZone: given.timeZone ?? 'Europe/Paris',
      ...(given.openedAt !== undefined && { openedAt: given.openedAt }),
      subscription: {
        currency: 'EUR',
        terms: given.terms === undefined ? testTerms() : given.terms,
        ...(given.commercialMode && { commercialMode: given.commercialMode }),
      },
    }),
  )
  return { id: hostedAccountId, subscriptionId, clientId, name: given.name }
}

/** The installation's present. */
export function nowOf(t: TestApp): Promise<Temporal.Instant> {
  return presentOf(t.app.database.owner)
}

/** Moves the clock forward to an instant, without running anything on the way. */
export async function moveTo(t: TestApp, target: Temporal.Instant): Promise<void> {
  const by = target.since(await nowOf(t))
  if (by.sign < 0) throw new Error(`the clock is past ${target.toString()} already`)
  await t.advance({ milliseconds: by.total('milliseconds') })
}

/** What the timetable and the queue would do now. */
export async function runAll(t: TestApp): Promise<void> {
  await runTimetable(t.app, t.app.timetable)
  await t.runJobs()
}
