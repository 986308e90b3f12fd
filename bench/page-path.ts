import { existsSync } from 'node:fs'
import { chromium, type Page } from 'playwright-core'
import type { Figure, Measure } from './bench-run.ts'
import { signInCallers } from './callers.ts'
import { digits, median, spread } from './figures.ts'
import { busyShare } from './machine.ts'
import { startProduct } from './product.ts'
import { disturbance } from './read-paths.ts'

const arguments_ = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** The first page of the client list in Chromium, for the owner of the biggest agency, warm server. */
export const pagePath: Measure = {
  name: 'page',
  async run(bench): Promise<Figure[]> {
    if (!existsSync(bench.chromium)) return [skipped(bench.chromium)]
    const { cluster, plan } = bench
    const product = await startProduct({
      dataDir: cluster.config.dataDir,
      databaseUrl: cluster.ownerUrl(plan.main.database),
    })
    const browser = await chromium.launch({ executablePath: bench.chromium, args: arguments_ })
    try {
      const [caller] = await signInCallers(cluster, plan.main.database, product.port, {
        agencies: [0],
        member: 0,
      })
      const busy = await busyShare()
      const paints: number[] = []
      const inputs: number[] = []
      for (let visit = 0; visit < 6; visit += 1) {
        const context = await browser.newContext({ viewport: { width: 1389, height: 868 }, locale: 'fr-FR' })
        await context.addCookies([{ name: 'session', value: caller!.token, url: `http://${caller!.host}` }])
        const page = await context.newPage()
        await page.goto(`http://${caller!.host}/clients`)
        await page.locator('tbody tr').first().waitFor()
        await page.waitForTimeout(500)
        // The first visit warms the server.
        if (visit > 0) paints.push(await largestPaint(page))
        if (visit > 0) inputs.push(await inputToPaint(page))
        await context.close()
      }
      return [
        figure(
          'first page of the client list in Chromium: largest contentful paint, nothing cached',
          median(paints),
          1_000,
          busy,
          spread(paints),
        ),
        figure('typing into its search: input to next paint, the slowest key', median(inputs), 100, busy, 0),
      ]
    } finally {
      await browser.close()
      await product.stop()
    }

    function figure(path: string, ms: number, goal: number, busy: number, apart: number): Figure {
      return {
        path,
        data: `${plan.main.biggest.toLocaleString('en')} clients`,
        measured: `${digits(ms)} ms`,
        against: 'five visits, the middle one',
        goal: `≤ ${goal} ms`,
        reached: ms <= goal,
        disturbed: disturbance(busy, apart),
      }
    }
  },
}

function largestPaint(page: Page): Promise<number> {
  return page.evaluate(
    `new Promise((done) => new PerformanceObserver((list) => done(list.getEntries().at(-1).startTime)).observe({ type: 'largest-contentful-paint', buffered: true }))`,
  )
}

/** Types a word into the list's search and gives the longest time from a key to the next paint. */
async function inputToPaint(page: Page): Promise<number> {
  await page.evaluate(
    `window.slowest = 0; new PerformanceObserver((list) => { for (const e of list.getEntries()) if (e.name.startsWith('key') || e.name === 'input') window.slowest = Math.max(window.slowest, e.duration) }).observe({ type: 'event', durationThreshold: 16 })`,
  )
  const field = page.locator('main input').first()
  await field.click()
  await page.keyboard.type('boulangerie ber', { delay: 60 })
  await page.waitForTimeout(800)
  return page.evaluate('window.slowest')
}

function skipped(path: string): Figure {
  return {
    path: 'first page of the client list in Chromium',
    data: '',
    measured: `not measured: no Chromium at ${path}`,
    against: '',
    goal: '≤ 1,000 ms',
    reached: null,
    disturbed: null,
  }
}
