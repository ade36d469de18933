import { setTimeout as delay } from 'node:timers/promises'
import type { Browser } from 'playwright-core'
import type { VisitedPage, Visitor } from '../visitor.ts'

/** How long a page of the suite may stay open before it goes on, in milliseconds. It waits 5 seconds after a sign-out. */
const LONGEST_PAGE = 12_000
/** A page is the last one if it did not change for this long, in milliseconds. */
const QUIET = 300

/**
 * Returns a visitor in Chromium, in a new context. It accepts the certificate of the suite.
 *
 * @param origin - The origin of the application, where a walk ends.
 */
export async function createChromiumVisitor(chromium: Browser, origin: string): Promise<Visitor> {
  const context = await chromium.newContext({ ignoreHTTPSErrors: true })
  const page = await context.newPage()
  let status = 0
  page.on('response', (response) => {
    const isPage = response.request().isNavigationRequest() && response.frame() === page.mainFrame()
    const isRedirect = response.status() >= 300 && response.status() < 400
    if (isPage && !isRedirect) status = response.status()
  })

  /** Waits until the pages have led to the application, or do not go on. */
  async function settle(): Promise<void> {
    const end = Date.now() + LONGEST_PAGE
    for (;;) {
      const before = page.url()
      await delay(QUIET)
      const isQuiet = page.url() === before && before.startsWith(origin)
      if (isQuiet || Date.now() > end) return
    }
  }

  return {
    async open(url): Promise<VisitedPage> {
      await page.goto(url, { waitUntil: 'load' })
      await settle()
      return { url: page.url(), status, text: await page.locator('body').innerText() }
    },
    close: () => context.close(),
  }
}
