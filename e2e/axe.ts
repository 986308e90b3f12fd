import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { pictures } from './product.ts'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

type Violation = {
  id: string
  impact: string
  help: string
  nodes: { html: string; failureSummary: string }[]
}

/** Checks the page as it is now with axe (WCAG 2.0 to 2.2 A and AA): no serious or critical violation. */
export async function checkAccessible(page: Page, what: string): Promise<void> {
  const violations = await page.evaluate(
    `(async () => { ${source}; return (await axe.run(document, { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })).violations })()`,
  )
  const serious = (violations as Violation[]).filter((v) => v.impact === 'serious' || v.impact === 'critical')
  if (serious.length > 0)
    await page.screenshot({ path: join(pictures, `axe-${what.replaceAll(/\W+/g, '-')}.png`) })
  assert.deepEqual(
    serious.map((v) => `${v.id}: ${v.help}\n  ${v.nodes.map((n) => n.html.slice(0, 200)).join('\n  ')}`),
    [],
    what,
  )
}
