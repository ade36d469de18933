import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { layout } from '../examples/pages.ts'
import { DEFAULT_LANGUAGES } from '../packages/identity-web/src/languages/languages-node.ts'
import { describe, expect, test as base } from '../packages/identity-web/test/support/fixtures.ts'
import { PAGES, startPageServer } from '../packages/identity-web/test/support/page-server.ts'
import { hasChromium } from './chromium.ts'

const PICTURES = fileURLToPath(new URL('../.artifacts/library-pages/', import.meta.url))
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const NAMES = Object.keys(PAGES)
/** The pages for developers, which are in English. */
const SETUP = ['problems', 'setup']

/** Pictures take most of the time, so they are made only on request. */
const takesPictures = process.env['SCREENSHOTS'] === '1'
const WIDTHS = takesPictures ? [390, 1280] : [390]

if (takesPictures) mkdirSync(PICTURES, { recursive: true })

async function shoot(page: Page, name: string): Promise<void> {
  if (takesPictures) await page.screenshot({ path: `${PICTURES}${name}.png`, fullPage: true })
}

// oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
const test = base.extend('pages', { scope: 'file' }, async ({}, { onCleanup }) => {
  const server = await startPageServer({ appName: 'Contoso Expenses', logo: '/logo.svg' })
  onCleanup(() => server.close())
  return server
})

/** Returns the rules of axe-core that a page violates, with the elements. It also runs the rules of best practice. */
async function violationsOf(page: Page): Promise<string[]> {
  await page.evaluate(AXE)
  const { violations } = await page.evaluate<AxeResults>('axe.run()')
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
}

const isTooWide = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)

describe.skipIf(!hasChromium)('every page of the library', () => {
  test.for(
    (['light', 'dark'] as const).flatMap((colorScheme) =>
      WIDTHS.map((width) => [colorScheme, width] as const),
    ),
  )(
    'has no violation of axe-core: %s, %s pixels',
    async ([colorScheme, width], { openPage, pages }) => {
      const page = await openPage({ colorScheme, viewport: { width, height: 800 } })
      const violations: string[] = []
      for (const name of NAMES) {
        await page.goto(`${pages.origin}/${name}`)
        await shoot(page, `${name}-${width}-${colorScheme}`)
        if (width > 1000) continue
        violations.push(...(await violationsOf(page)).map((violation) => `${name} ${violation}`))
      }
      expect(violations).toEqual([])
    },
  )

  test.for(DEFAULT_LANGUAGES.map(({ tag }) => tag))(
    'has its language, no violation and no horizontal scrolling: %s',
    async (tag, { openPage, pages }) => {
      const page = await openPage({ locale: tag, viewport: { width: 320, height: 640 } })
      const faults: string[] = []
      for (const name of NAMES.filter((each) => !SETUP.includes(each))) {
        const response = await page.goto(`${pages.origin}/${name}`)
        const { lang, title, heading } = await page.evaluate(() => ({
          lang: document.documentElement.lang,
          title: document.title,
          heading: document.querySelector('h1')?.textContent ?? '',
        }))
        expect([name, lang, response?.headers()['content-language']]).toEqual([name, tag, tag])
        expect(title).toBe(`${heading} · Contoso Expenses`)
        if (await isTooWide(page)) faults.push(`${name} is too wide`)
        // The other pages have the same elements.
        if (['device', 'approval'].includes(name)) {
          faults.push(...(await violationsOf(page)).map((violation) => `${name} ${violation}`))
          await shoot(page, `${name}-320-${tag}`)
        }
      }
      expect(faults).toEqual([])
    },
  )

  test('fits into a window at a zoom of 200 %, and with text of twice the size', async ({
    openPage,
    pages,
  }) => {
    const page = await openPage({ locale: 'de', viewport: { width: 640, height: 512 } })
    const tooWide: string[] = []
    for (const name of NAMES) {
      await page.setViewportSize({ width: 640, height: 512 })
      await page.goto(`${pages.origin}/${name}`)
      if (await isTooWide(page)) tooWide.push(`${name} at 200 %`)
      await page.setViewportSize({ width: 390, height: 800 })
      await page.evaluate(() => (document.documentElement.style.fontSize = '200%'))
      if (await isTooWide(page)) tooWide.push(`${name} with large text`)
    }
    expect(tooWide).toEqual([])
  })

  test('has its time on one line on a phone', async ({ openPage, pages }) => {
    const page = await openPage({ viewport: { width: 390, height: 800 } })
    let times = 0
    for (const name of NAMES) {
      await page.goto(`${pages.origin}/${name}`)
      const lines = await page.evaluate(() =>
        [...document.querySelectorAll('footer time')].map((time) => {
          const range = document.createRange()
          range.selectNodeContents(time)
          return new Set([...range.getClientRects()].map(({ top }) => top)).size
        }),
      )
      expect([name, ...lines]).toEqual([name, ...lines.map(() => 1)])
      times += lines.length
    }
    expect(times).toBeGreaterThan(3)
  })

  test('has buttons of one width below each other', async ({ openPage, pages }) => {
    const page = await openPage({ viewport: { width: 800, height: 800 } })
    for (const name of NAMES) {
      await page.goto(`${pages.origin}/${name}`)
      const boxes = await page
        .locator('.actions :is(a, button):visible')
        .evaluateAll((buttons) => buttons.map((button) => button.getBoundingClientRect().toJSON()))
      const sides = boxes.map(({ left, right }) => `${left} ${right}`)
      expect([name, new Set(sides).size]).toEqual([name, Math.min(sides.length, 1)])
    }
  })

  test('has one primary button, which is the first one of the keyboard', async ({
    openPage,
    pages,
  }) => {
    const page = await openPage()
    for (const name of NAMES) {
      await page.goto(`${pages.origin}/${name}`)
      const primary = await page.locator('.primary').allInnerTexts()
      const buttons = await page.locator('main').locator('a, button').count()
      if (name === 'device') {
        // The button that copies the code is in front, as on the page.
        expect(primary).toEqual([expect.stringContaining('Open microsoft.com/devicelogin')])
        continue
      }
      // Developers copy settings from these pages, and the link to the documentation is the last one.
      if (SETUP.includes(name)) {
        expect(primary).toEqual([])
        continue
      }
      expect([name, primary.length]).toEqual([name, Math.min(buttons, 1)])
      // A screen reader starts at the heading. The browser sets the focus with the first frame, which can be after `load`.
      await page.waitForFunction(() => document.activeElement?.tagName === 'H1')
      if (buttons === 0) continue
      await page.keyboard.press('Tab')
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(primary[0])
      const outline = await page.evaluate(
        () => getComputedStyle(document.activeElement as Element).outlineStyle,
      )
      expect(outline).toBe('solid')
    }
  })

  test.for(['light', 'dark'] as const)(
    'each color of an application is readable, and its focus is visible: %s',
    async (colorScheme, { openPage }) => {
      const page = await openPage({ colorScheme })
      for (const color of ['#ffffff', '#000', '#ffd400', '#7a1f5c', '#777777', '#191e26']) {
        const server = await startPageServer({ pages: { color } })
        for (const name of ['sign-in-failed', 'device']) {
          await page.goto(`${server.origin}/${name}`)
          expect([color, name, ...(await violationsOf(page))]).toEqual([color, name])
        }
        await page.goto(`${server.origin}/sign-in-failed`)
        await page.waitForFunction(() => document.activeElement?.tagName === 'H1')
        await page.keyboard.press('Tab')
        const contrasts = await page.evaluate(() => {
          const canvas = document.createElement('canvas').getContext('2d', {
            willReadFrequently: true,
          }) as CanvasRenderingContext2D
          const luminance = (css: string): number => {
            canvas.fillStyle = css
            canvas.fillRect(0, 0, 1, 1)
            const [r = 0, g = 0, b = 0] = [...canvas.getImageData(0, 0, 1, 1).data].map((value) =>
              value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
            )
            return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05
          }
          const primary = getComputedStyle(document.querySelector('.primary') as Element)
          const ring = luminance(primary.outlineColor)
          return ['main', 'body'].map((selector) => {
            const behind = getComputedStyle(document.querySelector(selector) as Element)
            const other = luminance(behind.backgroundColor)
            return Math.max(ring, other) / Math.min(ring, other)
          })
        })
        await server.close()
        // WCAG 2.2, 1.4.11.
        for (const contrast of contrasts) expect(contrast, color).toBeGreaterThanOrEqual(3)
      }
    },
  )

  test('works in forced colors: buttons and notes have borders', async ({ openPage, pages }) => {
    const page = await openPage({ forcedColors: 'active' })
    for (const [name, selector] of [
      ['sign-in-failed', '.primary'],
      ['sign-in-failed', 'main a:not(.primary)'],
      ['sign-in-failed-in-development', '.developer'],
      ['sign-in-failed-in-development', 'main'],
    ] as const) {
      await page.goto(`${pages.origin}/${name}`)
      await shoot(page, `forced-colors-${name}`)
      const width = await page
        .locator(selector)
        .first()
        .evaluate((element) => Number.parseFloat(getComputedStyle(element).borderInlineStartWidth))
      expect([selector, width > 0]).toEqual([selector, true])
    }
  })

  test('the spinner does not move if the user prefers reduced motion', async ({
    openPage,
    pages,
  }) => {
    const animationOf = async (reducedMotion: 'reduce' | 'no-preference'): Promise<string> => {
      const page = await openPage({ reducedMotion })
      await page.goto(`${pages.origin}/device`)
      await page.locator('[data-state=waiting]').waitFor()
      return page
        .locator('#said')
        .evaluate((element) => getComputedStyle(element, '::before').animationName)
    }
    expect(await animationOf('reduce')).toBe('none')
    expect(await animationOf('no-preference')).toBe('turn')
  })

  test('loads its logo, and no other image', async ({ openPage, pages }) => {
    const page = await openPage()
    const blocked: string[] = []
    page.on('console', (message) => blocked.push(message.text()))
    await page.goto(`${pages.origin}/signed-out`)
    const widthOf = () =>
      page
        .locator('header img')
        .evaluate((image) => (image as unknown as HTMLImageElement).naturalWidth)
    expect(await widthOf()).toBe(230)
    expect(await page.getByRole('img', { name: 'Contoso Expenses' }).count()).toBe(1)
    expect(await page.locator('header').innerText()).toBe('')
    await page.evaluate(
      (url) =>
        new Promise((resolve) => {
          const image = new Image()
          image.addEventListener('load', resolve)
          image.addEventListener('error', resolve)
          image.src = url
        }),
      `${pages.origin}/other.svg`,
    )
    expect(blocked.join()).toContain('Content Security Policy')
  })
})

test.runIf(hasChromium)(
  'the script of the page with the code uses the language of the page',
  async ({ openPage, pages }) => {
    const page = await openPage({ locale: 'de' })
    await page.clock.install()
    await page.goto(`${pages.origin}/device`)
    await page.getByText('Wir warten, bis Sie den Code eingegeben haben.').waitFor()
    expect(await page.locator('#left').innerText()).toBe('Der Code läuft in 15 Minuten ab.')
    await page.clock.runFor(4000)
    expect(await page.locator('#left').innerText()).toBe('Der Code läuft in 15 Minuten ab.')
    await page.clock.runFor(2000)
    await page.getByText('Die Anmeldung wurde abgelehnt').waitFor()
    await shoot(page, `device-declined-de`)
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(
      'Neuen Code anfordern',
    )
    expect(await violationsOf(page)).toEqual([])
  },
)

/** Presses Tab until the focus is at the link or the button with this name. The user must see the focus at each step. */
async function tabTo(page: Page, name: string): Promise<void> {
  const passed: string[] = []
  for (;;) {
    const { text, isControl, outline } = await page.evaluate(() => {
      const focused = document.activeElement as HTMLElement
      // The outline of an account encloses its whole card.
      const [own, card] = [focused, focused.parentElement ?? focused].map((each) =>
        getComputedStyle(each),
      )
      const { outlineStyle, outlineWidth } = own!.outlineStyle === 'none' ? card! : own!
      return {
        text: focused.innerText.trim(),
        isControl: focused.matches('a, button, summary, input'),
        outline: `${outlineStyle} ${outlineWidth}`,
      }
    })
    // A page can start at its heading, or at its main button.
    if (passed.length > 0 || isControl) {
      passed.push(text)
      expect([...passed, outline]).toEqual([
        ...passed,
        expect.stringMatching(/^(solid|auto) [1-9]/),
      ])
    }
    if (isControl && text.includes(name)) return
    expect(passed.length).toBeLessThan(12)
    await page.keyboard.press('Tab')
  }
}

test.runIf(hasChromium)(
  'the keyboard is enough for a sign-in, a page without access, and a sign-out',
  async ({ openPage, openSite, pages, provider }) => {
    // Without this endpoint, the sign-out ends with the page of the library.
    provider.tamper = { metadata: ({ end_session_endpoint: _none, ...document }) => document }
    const { app, auth, origin } = await openSite({ homePath: '/start' })
    app.get(
      '/start',
      auth.loginRequired(async (_req, res) => {
        const nav = [['Administration', '/administration']] as const
        res.send(layout('Start', '<p>Welcome</p>', { nav, signOut: auth.paths.logout }))
      }),
    )
    app.get(
      '/administration',
      auth.loginRequired({ roles: 'Todos.Admin' }, (_req, res) => void res.send('in')),
    )
    const page = await openPage()
    const heading = (name: string): Promise<void> => page.getByRole('heading', { name }).waitFor()
    const follow = async (name: string, next: string): Promise<void> => {
      await tabTo(page, name)
      await page.keyboard.press('Enter')
      await heading(next)
    }

    await page.goto(`${origin}/start`)
    await heading('Choose an account')
    await follow('Robin Chen', 'Permissions requested')
    await follow('Accept', 'Start')
    await follow('Administration', 'You do not have access')
    await follow('Back to the application', 'Start')
    await follow('Sign out', 'You are signed out')
    await follow('Sign in', 'Start')

    // A link of another site must not sign the user out without a question.
    await page.goto(`${pages.origin}/signed-out`)
    await page.setContent(`<a href="${origin}/logout">Leave</a>`)
    await follow('Leave', 'Do you want to sign out?')
    await follow('Sign out', 'You are signed out')
    const cookies = await page.context().cookies(origin)
    expect(cookies.map(({ name }) => name)).not.toContain('identity')
  },
)
