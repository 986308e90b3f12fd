import { createServer, type AddressInfo } from 'node:net'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { SMTPServer } from 'smtp-server'
import PostalMime, { type Email } from 'postal-mime'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { buildProduct } from '../src/app.ts'
import { startWorker } from '../src/server/jobs.ts'
import { startTestApp, type TestApp } from '../src/server/testing.ts'

const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** The whole product, served to a real browser, its mails going through a real SMTP server. */
export type Product = {
  t: TestApp
  port: number
  /** Address of a path on the base host, or on an agency's. */
  url(path: string, slug?: string): string
  /** A new browser without cookies, in French, at desktop size unless told. */
  visitor(options?: { width?: number; height?: number; locale?: string; dark?: boolean }): Promise<Visitor>
  /** The newest mail to an address, of such a subject when told, waited for. */
  mailTo(address: string, subject?: RegExp): Promise<Email>
  close(): Promise<void>
}

/** Somebody at a browser, and what went wrong on their pages (console errors, broken content policy). */
export type Visitor = { page: Page; context: BrowserContext; faults: string[] }

/** Where pictures of failures go. */
export const pictures = join(import.meta.dirname, '../data/e2e')

/** Starts the product on a free port with its own database, worker, mail server and browser. */
export async function startProduct(settings: NodeJS.ProcessEnv = {}): Promise<Product> {
  mkdirSync(pictures, { recursive: true })
  const mails: Email[] = []
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on(
        'end',
        () => void PostalMime.parse(Buffer.concat(parts)).then((mail) => (mails.push(mail), done())),
      )
    },
  })
  const smtpPort = await new Promise<number>((ready) =>
    smtp.listen(0, '127.0.0.1', () => ready((smtp.server.address() as AddressInfo).port)),
  )
  const port = await freePort()
  const t = await startTestApp({
    BASE_URL: `http://localhost:${port}`,
    PORT: String(port),
    SMTP_URL: `smtp://127.0.0.1:${smtpPort}`,
    ...settings,
  })
  const server = buildProduct(t.app)
  await server.listen({ port, host: '127.0.0.1' })
  const worker = await startWorker(t.app, 2)
  const browser: Browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: chromiumFlags })
  return {
    t,
    port,
    url: (path, slug) => `http://${slug === undefined ? '' : `${slug}.`}localhost:${port}${path}`,
    async visitor({ width = 1389, height = 868, locale = 'fr-FR', dark = false } = {}) {
      const context = await browser.newContext({
        viewport: { width, height },
        locale,
        timezoneId: 'Europe/Paris',
        colorScheme: dark ? 'dark' : 'light',
        reducedMotion: 'reduce',
        hasTouch: width < 800,
        ignoreHTTPSErrors: true,
      })
      const page = await context.newPage()
      page.setDefaultTimeout(15_000)
      const faults: string[] = []
      page.on('console', (m) => {
        // A refused call is written by the browser itself; the page answers for it elsewhere.
        if (m.type() === 'error' && !/Failed to load resource/.test(m.text())) faults.push(m.text())
      })
      page.on('pageerror', (e) => faults.push(e.message))
      return { page, context, faults }
    },
    async mailTo(address, subject = /./) {
      for (let tries = 0; tries < 100; tries++) {
        const mail = mails.findLast(
          (m) => m.to?.some((to) => to.address === address) && subject.test(m.subject ?? ''),
        )
        if (mail) return mail
        await new Promise((wait) => setTimeout(wait, 100))
      }
      throw new Error(`no mail to ${address} among ${mails.map((m) => m.to?.[0]?.address).join(', ')}`)
    },
    async close() {
      await browser.close()
      await worker.stop()
      await server.close()
      await t.close()
      await new Promise<void>((done) => smtp.close(() => done()))
    },
  }
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((ready) => probe.listen(0, '127.0.0.1', ready))
  const { port } = probe.address() as AddressInfo
  await new Promise((done) => probe.close(done))
  return port
}

/** The first link of a mail's text that leads into the product. */
export function linkIn(mail: Email): string {
  const link = /https?:\/\/\S+/.exec(mail.text ?? '')?.[0]
  if (!link) throw new Error(`no link in ${mail.subject}: ${mail.text}`)
  return link
}
