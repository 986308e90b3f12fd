import { randomUUID } from 'node:crypto'
import { toPublicId } from '../../contract/ids.ts'
import { makeClient, type TestAgency } from '../../server/testing-people.ts'
import type { TestApp } from '../../server/testing.ts'
import { quoteHostedAccount } from '../subscriptions/contract.ts'
import { getOpening, openHostedAccount, type Opening } from './contract.ts'

/** What an account is opened with; a trial when no plan is given. */
type Given = {
  slug?: string
  planCode?: 'lite' | 'plus' | 'professional' | 'enterprise'
  interval?: 'month' | 'year'
  contactLimit?: number
  timeZone?: string
  clientId?: string
}

/** Opens a hosted account over HTTP as its agency's owner does, and runs what prepares it. */
export async function openAccount(t: TestApp, agency: TestAgency, given: Given = {}): Promise<Opening> {
  const { browser } = agency.owner
  const clientId = given.clientId ?? toPublicId('client', (await makeClient(t, agency)).id)
  const choice = given.planCode && {
    planCode: given.planCode,
    interval: given.interval ?? ('month' as const),
    contactLimit: given.contactLimit ?? 1000,
  }
  const quote = choice && (await browser.call(quoteHostedAccount, { query: choice }))
  const asked = await browser.call(
    openHostedAccount,
    {
      body: {
        slug: given.slug ?? `c${randomUUID().slice(0, 12)}`,
        clientId,
        contactName: 'Anne Berthe',
        contactEmail: 'anne@berthe.fr',
        notificationEmail: 'factures@agence.fr',
        locale: 'fr',
        timeZone: given.timeZone ?? 'Europe/Paris',
        ...(choice ? { ...choice, expectedTotal: quote!.total } : { planCode: 'trial' as const }),
      },
    },
    { 'idempotency-key': randomUUID() },
  )
  await t.runJobs()
  return browser.call(getOpening, { params: { id: asked.id } })
}
