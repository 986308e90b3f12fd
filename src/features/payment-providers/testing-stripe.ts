import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import Stripe from 'stripe'

type Row = Record<string, unknown> & { id: string }

/**
 * A stand-in of Stripe's HTTP API that keeps state: customers, Checkout in setup mode, payment intents with 3-D Secure,
 * refunds, idempotency keys as Stripe has them (same key and parameters: the same answer; other parameters: an error).
 * It can be told to lose its answers, before or after doing the work.
 */
export class StripeStandIn {
  readonly webhookSecret = 'whsec_of_the_stand_in'
  readonly intents = new Map<
    string,
    Row & { status: string; amount: number; metadata: Record<string, string>; customer: string }
  >()
  readonly refunds: Row[] = []
  readonly detached: string[] = []
  readonly customers: Row[] = []
  url = new URL('http://127.0.0.1')
  /** What becomes of the next requests, oldest first: lost before or after the work, or answered 500. */
  readonly trouble: ('before' | 'after' | '500')[] = []
  readonly #sessions = new Map<string, Row & { status: string; setup_intent: Row | null }>()
  readonly #answers = new Map<string, { said: string; status: number; body: unknown }>()
  readonly #server = createServer((request, response) => void this.#serve(request, response))
  #count = 0

  async start(): Promise<this> {
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    this.url = new URL(`http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`)
    return this
  }

  close(): void {
    this.#server.closeAllConnections()
    this.#server.close()
  }

  /** Settings that lead the product here. */
  settings(): Record<string, string> {
    return {
      STRIPE_SECRET_KEY: 'sk_test_stand_in',
      STRIPE_WEBHOOK_SECRET: this.webhookSecret,
      STRIPE_API_URL: this.url.href,
    }
  }

  /** The holder types a card on Stripe's page. */
  completeSetup(sessionId: string, paymentMethod: string): void {
    const session = this.#sessions.get(sessionId)!
    session.status = 'complete'
    session.setup_intent = {
      id: this.#id('seti'),
      status: 'succeeded',
      payment_method: methodOf(paymentMethod),
      metadata: session['metadata'],
    }
  }

  /** The holder answers the bank. */
  answerBank(intentId: string, approved: boolean): void {
    const intent = this.intents.get(intentId)!
    intent.status = approved ? 'succeeded' : 'requires_payment_method'
    if (!approved) intent['last_payment_error'] = { code: 'payment_intent_authentication_failure' }
  }

  /** A signed event about an intent, as Stripe would post it. */
  event(
    type: string,
    object: unknown,
    given: { id?: string; secret?: string; at?: number } = {},
  ): { payload: string; signature: string } {
    const payload = JSON.stringify({
      id: given.id ?? this.#id('evt'),
      object: 'event',
      type,
      data: { object },
    })
    const signature = Stripe.webhooks.generateTestHeaderString({
      payload,
      secret: given.secret ?? this.webhookSecret,
      ...(given.at !== undefined && { timestamp: given.at }),
    })
    return { payload, signature }
  }

  /** The intents of a try, its 1-unit check left out. */
  of(attemptId: string) {
    return [...this.intents.values()].filter((i) => i.metadata['attemptId'] === attemptId)
  }

  /** As after a day: the same key is a new request. */
  forgetKeys(): void {
    this.#answers.clear()
  }

  #id(prefix: string): string {
    return `${prefix}_${String(++this.#count).padStart(8, '0')}`
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const trouble = this.trouble.shift()
    if (trouble === 'before') return void request.socket.destroy()
    const send = (status: number, body: unknown) => {
      if (trouble === 'after') return void request.socket.destroy()
      response.writeHead(status, { 'content-type': 'application/json', 'request-id': this.#id('req') })
      response.end(JSON.stringify(body))
    }
    if (trouble === '500') return send(500, { error: { type: 'api_error', message: 'trouble' } })
    const said = Buffer.concat(parts).toString()
    const key = request.headers['idempotency-key']
    const known = typeof key === 'string' ? this.#answers.get(key) : undefined
    if (known)
      return known.said === said
        ? send(known.status, known.body)
        : send(400, { error: { type: 'idempotency_error', message: 'other parameters under this key' } })
    const url = new URL(request.url!, this.url)
    const { status, body } = this.#answer(request.method!, url, nested(said))
    if (typeof key === 'string') this.#answers.set(key, { said, status, body: structuredClone(body) })
    send(status, body)
  }

  #answer(method: string, url: URL, p: Record<string, unknown>): { status: number; body: unknown } {
    const [, , kind, id, act] = url.pathname.split('/')
    if (method === 'POST' && kind === 'customers')
      return ok(keep(this.customers, { id: this.#id('cus'), object: 'customer', ...p }))
    if (kind === 'checkout' && method === 'POST') {
      const session = {
        id: this.#id('cs'),
        object: 'checkout.session',
        status: 'open',
        setup_intent: null,
        metadata: p['metadata'],
        url: 'https://checkout.stripe.example/pay',
      }
      this.#sessions.set(session.id, session)
      return ok(session)
    }
    if (kind === 'checkout') return ok(this.#sessions.get(act!))
    if (kind === 'refunds' && method === 'GET')
      return ok({
        object: 'list',
        has_more: false,
        url: url.pathname,
        data: this.refunds.filter((r) => r['payment_intent'] === url.searchParams.get('payment_intent')),
      })
    if (kind === 'refunds')
      return ok(keep(this.refunds, { id: this.#id('re'), object: 'refund', status: 'succeeded', ...p }))
    if (kind === 'payment_methods') {
      this.detached.push(id!)
      return ok({ id, object: 'payment_method' })
    }
    if (kind !== 'payment_intents')
      return refused({ type: 'invalid_request_error', message: `no ${url.pathname}` }, 404)
    if (method === 'GET' && id === undefined)
      return ok({
        object: 'list',
        has_more: false,
        url: url.pathname,
        data: [...this.intents.values()]
          .filter((i) => i.customer === url.searchParams.get('customer'))
          .toReversed(),
      })
    if (method === 'POST' && id === undefined) return this.#pay(p)
    const intent = this.intents.get(id!)
    if (!intent)
      return refused(
        { type: 'invalid_request_error', code: 'resource_missing', message: 'no such intent' },
        404,
      )
    if (act === 'cancel') {
      if (intent.status === 'succeeded' || intent.status === 'canceled')
        return refused({
          type: 'invalid_request_error',
          code: 'payment_intent_unexpected_state',
          message: intent.status,
        })
      intent.status = 'canceled'
    }
    return ok(intent)
  }

  #pay(p: Record<string, unknown>): { status: number; body: unknown } {
    const method = String(p['payment_method'])
    const manual = p['capture_method'] === 'manual'
    const intent = {
      id: this.#id('pi'),
      object: 'payment_intent',
      amount: Number(p['amount']),
      currency: String(p['currency']),
      customer: String(p['customer']),
      capture_method: manual ? 'manual' : 'automatic',
      metadata: p['metadata'] as Record<string, string>,
      status: manual ? 'requires_capture' : 'succeeded',
      next_action: null as unknown,
      last_payment_error: null as unknown,
    }
    const decline = declines[method]
    if (decline) {
      intent.status = 'requires_payment_method'
      intent.last_payment_error = decline
    } else if (method === 'pm_asks' && p['off_session'] !== 'true') {
      intent.status = 'requires_action'
      intent.next_action = {
        type: 'redirect_to_url',
        redirect_to_url: { url: `https://hooks.stripe.example/3ds/${intent.id}` },
      }
    } else if (method === 'pm_unknown')
      return refused({
        type: 'invalid_request_error',
        code: 'resource_missing',
        message: 'no such payment method',
      })
    this.intents.set(intent.id, intent)
    return decline ? refused({ ...decline, payment_intent: intent }, 402) : ok(intent)
  }
}

const declines: Record<string, Record<string, string>> = {
  pm_declined: {
    type: 'card_error',
    code: 'card_declined',
    decline_code: 'generic_decline',
    message: 'declined',
  },
  pm_poor: {
    type: 'card_error',
    code: 'card_declined',
    decline_code: 'insufficient_funds',
    message: 'declined',
  },
  pm_stolen: { type: 'card_error', code: 'card_declined', decline_code: 'stolen_card', message: 'declined' },
}

const ok = (body: unknown) => ({ status: 200, body })
const refused = (error: Record<string, unknown>, status = 400) => ({ status, body: { error } })

function keep(list: Row[], row: Row): Row {
  list.push(row)
  return row
}

function methodOf(id: string): Row {
  return {
    id,
    object: 'payment_method',
    card: { brand: 'visa', last4: '4242', exp_month: 12, exp_year: 2040 },
  }
}

/** `a[b]=c` as { a: { b: 'c' } }; deep enough for what is asked here. */
function nested(form: string): Record<string, unknown> {
  const found: Record<string, unknown> = {}
  for (const [name, value] of new URLSearchParams(form)) {
    const path = name.split(/\[|\]\[?/).filter((p) => p !== '')
    let place = found
    for (const step of path.slice(0, -1)) place = (place[step] ??= {}) as Record<string, unknown>
    place[path.at(-1)!] = value
  }
  return found
}
