import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { expect, test as base } from '../packages/identity-web/test/support/fixtures.ts'
import { hasChromium } from './chromium.ts'
import { createLinkedProject } from './create/support/linked-project.ts'
import { freePort } from './hosts/support/project.ts'

const WIDE = { width: 1280, height: 800 }
const PHONE = { width: 390, height: 844 }
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const test = base
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('project', { scope: 'file' }, ({}, { onCleanup }) => createLinkedProject(onCleanup))
  .extend('origin', { scope: 'file' }, async ({ project }, { onCleanup }) => {
    const port = await freePort()
    const origin = `http://localhost:${port}`
    const server = await project.start(['npm', 'run', 'dev'], origin, { PORT: String(port) })
    onCleanup(() => server.close())
    return origin
  })

test.skipIf(!hasChromium)(
  'the pages of a new project are accessible, fit on a phone and do not move',
  async ({ openPage, origin }) => {
    const page = await openPage({ viewport: WIDE })
    const faults: string[] = []
    const visit = async (name: string): Promise<void> => {
      await page.waitForLoadState('networkidle')
      if ((await shiftOf(page)) > 0) faults.push(`${name} moves`)
      if (!(await isAligned(page))) faults.push(`${name} has two edges`)
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        faults.push(...(await violationsOf(page)).map((fault) => `${name} ${colorScheme} ${fault}`))
      }
      await page.setViewportSize(PHONE)
      if (await isTooWide(page)) faults.push(`${name} scrolls sideways`)
      await page.setViewportSize(WIDE)
    }

    await page.goto(origin)
    await visit('first page')
    await page.getByRole('link', { name: 'Sign in' }).click()
    await page.getByRole('button', { name: 'Alex Rivera' }).click()
    await page.getByRole('button', { name: 'Accept' }).click()
    await page.getByRole('heading', { name: 'Hello, Alex Rivera' }).waitFor()
    await visit('account')
    await page.getByRole('link', { name: 'Microsoft Graph' }).click()
    await visit('Microsoft Graph')
    await page.getByRole('link', { name: 'Administration' }).click()
    await page.getByRole('heading', { name: 'You may not see this page' }).waitFor()
    await page.getByRole('link', { name: 'Sign out' }).waitFor()
    await visit('page for users without the role')
    await page.getByRole('link', { name: 'Use another account' }).click()
    await page.getByRole('button', { name: 'Sam Okafor' }).click()
    await page.getByRole('button', { name: 'Accept' }).click()
    await page.getByRole('heading', { name: 'Administration' }).waitFor()
    await visit('administration')

    expect(faults).toEqual([])
  },
)

async function violationsOf(page: Page): Promise<string[]> {
  await page.evaluate(AXE)
  const { violations } = await page.evaluate<AxeResults>('axe.run()')
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
}

const isAligned = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const [app, heading] = ['.app', 'h1'].map((selector) => document.querySelector(selector))
    return app?.getBoundingClientRect().left === heading?.getBoundingClientRect().left
  })

const isTooWide = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)

/** Returns how far the page moved while it loaded (Cumulative Layout Shift). */
const shiftOf = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let shift = 0
        const observer = new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) shift += (entry as { value?: number }).value ?? 0
        })
        observer.observe({ type: 'layout-shift', buffered: true })
        setTimeout(() => resolve(shift), 100)
      }),
  )
