import { setTimeout as delay } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import type { RunningProvider } from './provider.ts'

/** The longest time on the pages of a provider, in milliseconds. */
const LONGEST_WALK = 40_000
const PAUSE = 100

/** What a page of the site shows. */
export interface SitePage {
  readonly status: number
  readonly text: string
}

/** Opens a URL, and acts on the pages of the provider until the browser is at the site. */
export async function walk(
  page: Page,
  url: string,
  act: RunningProvider['act'],
): Promise<SitePage> {
  const { origin } = new URL(url)
  let status = 0
  page.on('response', (response) => {
    const isPage = response.frame() === page.mainFrame() && response.request().isNavigationRequest()
    const isRedirect = response.status() >= 300 && response.status() < 400
    if (isPage && !isRedirect) status = response.status()
  })
  await page.goto(url, { waitUntil: 'load' })
  const end = Date.now() + LONGEST_WALK
  while (!isAt(page, origin)) {
    if (Date.now() > end) {
      const text = await page.locator('body').innerText()
      throw new Error(`The page ${page.url()} did not lead back: ${text.slice(0, 200)}`)
    }
    // A page can go away while a button of it is selected.
    const hasActed = await act(page).catch(() => false)
    await (hasActed ? page.waitForLoadState('load').catch(() => undefined) : undefined)
    await delay(PAUSE)
  }
  await page.waitForLoadState('load')
  page.removeAllListeners('response')
  return { status, text: await page.locator('body').innerText() }
}

/** Whether the browser shows a page of the site. The callback of a form post is not the last page. */
function isAt(page: Page, origin: string): boolean {
  return page.url().startsWith(`${origin}/`)
}

/** Selects an element if the page has it. */
export async function click(page: Page, selector: string): Promise<boolean> {
  const element = page.locator(selector).first()
  if (!(await element.isVisible())) return false
  await element.click()
  return true
}

/** Fills a form and sends it, if the page has its first field. */
export async function fill(
  page: Page,
  fields: Readonly<Record<string, string>>,
  button: string,
): Promise<boolean> {
  const [first = ''] = Object.keys(fields)
  if (!(await page.locator(first).first().isVisible())) return false
  for (const [selector, value] of Object.entries(fields)) {
    await page.locator(selector).first().fill(value)
  }
  await page.locator(button).first().click()
  return true
}
