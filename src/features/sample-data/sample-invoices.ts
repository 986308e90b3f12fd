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
const accounts = [
  ['Maison Berthelot', 'Professional', 14_900n],
  ['Domaine Lacombe', 'Plus', 4900n],
  ['Atelier Vidal', 'Plus', 4900n],
] as const

/** A year of invoices, paid by card each month; in the middle a deposit, and a credit note for an account left early. */
export async function sampleInvoices(ctx: Ctx, world: World): Promise<void> {
  const today = world.now.toZonedDateTimeISO('Europe/Paris').toPlainDate()
  const first = today.with({ day: 1 })
  for (let ago = 11; ago >= 1; ago--) {
    const from = first.subtract({ months: ago })
    const then = at(ctx, from)
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
    const sold = {
      seller: 'operator',
      payer: { kind: 'agency' },
      buyer: sampleBuyer,
      currency: 'EUR',
    } as const
    const net = lines.reduce((sum, l) => sum + l.net, 0n)
    const { invoiceId } = await issueInvoice(then, {
      ...sold,
      lines,
      prepaidUsed: 0n,
      cardPaid: net + (net * 2000n + 5000n) / 10_000n,
    })
    if (ago === 6)
      await issueCreditNote(at(ctx, from.add({ days: 12 })), {
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
      })
  }
}

/** The same context on the morning of a day gone by, untold: the history has its own lines. */
function at(ctx: Ctx, day: Temporal.PlainDate): Ctx {
  const now = day.toZonedDateTime({ timeZone: 'Europe/Paris', plainTime: '09:12' }).toInstant()
  return { ...ctx, now, nowIso: now.toString({ smallestUnit: 'millisecond' }), audit: () => undefined }
}
