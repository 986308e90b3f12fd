import type { Ctx } from '../../server/context.ts'
import { issueCreditNote, issueInvoice, type Buyer } from '../invoices/public.ts'
import type { World } from './world.ts'

/** The sample agency, as its invoices name it. */
export const sampleBuyer: Buyer = {
  name: 'Studio Lumière SARL',
  siren: '552100554',
  siret: '55210055400013',
  vatNumber: 'FR96552100554',
  email: 'compta@studio-lumiere.example',
  addressLine1: '14 quai Saint-Antoine',
  addressLine2: null,
  postalCode: '69002',
  city: 'Lyon',
  country: 'FR',
  purchaseReference: null,
}
const zone = 'Europe/Paris'
const accounts = [
  ['Maison Berthelot', 'Professional', 14_900n],
  ['Domaine Lacombe', 'Plus', 4900n],
  ['Atelier Vidal', 'Plus', 4900n],
] as const

/**
 * A year of invoices in the order of their days: the agency's of each month, paid by card; in the middle a deposit,
 * and a credit note for an account left early; and those of the clients that fill their own budget, in their details.
 */
export async function sampleInvoices(ctx: Ctx, world: World): Promise<void> {
  const today = world.now.toZonedDateTimeISO(zone).toPlainDate()
  const first = today.with({ day: 1 })
  const documents: Document[] = world.topUps.map((t) => ({ at: t.at, issue: (then) => topUp(then, t) }))
  for (let ago = 11; ago >= 1; ago--) documents.push(...monthly(first.subtract({ months: ago }), ago))
  for (const { at, issue } of documents.toSorted((a, b) => Temporal.Instant.compare(a.at, b.at)))
    await issue(untold(ctx, at))
}

type Document = { at: Temporal.Instant; issue: (then: Ctx) => Promise<unknown> }

function monthly(from: Temporal.PlainDate, ago: number): Document[] {
  const period = { from: from.toString(), to: from.add({ months: 1 }).toString() }
  const lines = accounts.slice(0, ago > 7 ? 2 : 3).map(([name, plan, price]) => {
    const discount = price / 4n
    return {
      label: `Compte hébergé « ${name} » – formule ${plan}, mensuel`,
      quantity: 1,
      unitPrice: price,
      discount,
      discountLabel: 'Remise de volume 25\u00a0%',
      net: price - discount,
      vatRateBasisPoints: 2000,
      period,
      kind: 'plan',
    }
  })
  const sold = { seller: 'operator', payer: { kind: 'agency' }, buyer: sampleBuyer, currency: 'EUR' } as const
  const net = lines.reduce((sum, l) => sum + l.net, 0n)
  let invoiceId = ''
  const bill: Document = {
    at: morningOf(from),
    issue: async (then) => {
      ;({ invoiceId } = await issueInvoice(then, { ...sold, lines, prepaidUsed: 0n, cardPaid: withVat(net) }))
    },
  }
  if (ago !== 6) return [bill]
  return [
    bill,
    {
      at: morningOf(from.add({ days: 12 })),
      issue: (then) =>
        issueCreditNote(then, {
          invoiceId,
          lines: [
            {
              label: 'Atelier Vidal, temps non utilisé',
              net: 1800n,
              vatRateBasisPoints: 2000,
              kind: 'correction',
            },
          ],
          reason: 'Mise en service retardée de quinze jours',
          toCard: 2160n,
        }),
    },
  ]
}

/** What a client paid into its own budget, invoiced to it (C13, C21). */
function topUp(then: Ctx, { client, amount }: World['topUps'][number]): Promise<unknown> {
  return issueInvoice(then, {
    seller: 'operator',
    payer: { kind: 'client', id: client.id },
    lines: [
      {
        label: `Recharge du budget de ${client.name}`,
        quantity: 1,
        unitPrice: amount,
        discount: 0n,
        net: amount,
        vatRateBasisPoints: 2000,
        kind: 'budget',
      },
    ],
    currency: 'EUR',
    prepaidUsed: 0n,
    cardPaid: withVat(amount),
    paidAt: then.now,
  })
}

function withVat(net: bigint): bigint {
  return net + (net * 2000n + 5000n) / 10_000n
}

function morningOf(day: Temporal.PlainDate): Temporal.Instant {
  return day.toZonedDateTime({ timeZone: zone, plainTime: '09:12' }).toInstant()
}

/** The same context then, untold: the history has its own lines. */
function untold(ctx: Ctx, now: Temporal.Instant): Ctx {
  return { ...ctx, now, nowIso: now.toString({ smallestUnit: 'millisecond' }), audit: () => undefined }
}
