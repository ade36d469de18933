import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { hasChromium } from '../../../test/chromium.js'
import { describe, expect, test } from './support/browser-fixtures.js'
import { stops } from './support/page-tour.js'

const PICTURES = fileURLToPath(new URL('../../../.artifacts/dev-provider/', import.meta.url))

/** Pictures of all pages take half a minute, so they are made only on request. */
const takesPictures = process.env['SCREENSHOTS'] === '1'

if (takesPictures) mkdirSync(PICTURES, { recursive: true })

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const WIDTHS = [
  ['phone', { width: 390, height: 844 }],
  ['desktop', { width: 1280, height: 800 }],
] as const

/** Returns the accessibility violations of a page in a few words. */
async function violations(page: Page): Promise<string[]> {
  // The policy of the page does not allow other scripts, and the debugging protocol is not a page.
  await page.evaluate(AXE)
  const results = await page.evaluate<AxeResults>('axe.run()')
  return results.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
}

describe.skipIf(!hasChromium)('every page, in light and dark, on a phone and a desktop', () => {
  test(
    'is accessible and fits the window',
    { timeout: 240_000 },
    async ({ openPage, provider, app }) => {
      const page = await openPage()
      const problems: string[] = []
      for (const [name, open] of stops) {
        await page.setViewportSize(WIDTHS[1][1])
        await open({ provider, page, appOrigin: app.origin })
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
          for (const [device, size] of WIDTHS) {
            await page.setViewportSize(size)
            const isTooWide = await page.evaluate(
              () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
            )
            if (isTooWide) problems.push(`${name} is wider than a ${device}`)
            if (!takesPictures) continue
            const path = `${PICTURES}${name}-${device}-${colorScheme}.png`
            await page.screenshot({ path, fullPage: true })
          }
          for (const violation of await violations(page)) {
            problems.push(`${name}, ${colorScheme}: ${violation}`)
          }
        }
      }
      expect(problems).toEqual([])
    },
  )
})
