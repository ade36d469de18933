// What a reader does with the built site: opens headings, chooses a package manager and a framework, looks at the examples, and
// follows links to the project.
import { isInteractive } from './check-pages.mjs'
import { editLink, projectLinks } from './project.mjs'
import { pagesOfFiles } from './sources.mjs'

/** Pages with long texts, code and tables, and headings far down. */
const HEADINGS = {
  '/sign-in': ['the-context-elsewhere', 'sign-out'],
  '/errors': ['decide-by-the-code', 'the-error-page'],
}
const WIDTHS = [1280, 390]

/**
 * @param {import('playwright-core').Browser} browser
 * @param {string} url - The URL where the site is served.
 * @returns {Promise<string[]>} The problems.
 */
export async function checkReader(browser, url) {
  const faults = [
    ...(await headingsBehindHeader(browser, url)),
    ...(await packageManagers(browser, url)),
    ...(await firstPage(browser, url)),
    ...(await gallery(browser, url)),
    ...(await linksToProject(browser, url)),
  ]
  console.log(
    `Headings, tabs, copy buttons, examples and links to the project: ${faults.length} problems.`,
  )
  return faults
}

async function open(browser, url, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
  const page = await context.newPage()
  await page.goto(url, { waitUntil: 'load' })
  if (options.javaScriptEnabled !== false) await isInteractive(page)
  return page
}

/** A heading must be visible after a load with its hash, after a change of the hash, and after a click in the outline. */
async function headingsBehindHeader(browser, url) {
  const faults = []
  for (const width of WIDTHS) {
    for (const [path, ids] of Object.entries(HEADINGS)) {
      for (const id of ids) {
        const page = await open(browser, `${url}${path}#${id}`, {
          viewport: { width, height: 800 },
        })
        const expectVisible = async (way) => {
          const problem = await page.evaluate(problemOfHeading, id)
          if (problem !== undefined) faults.push(`${width}: ${path}#${id} after ${way}: ${problem}`)
        }
        await expectVisible('a load')
        await page.evaluate(() => scrollTo(0, 0))
        await page.evaluate(() => (location.hash = ''))
        await page.evaluate((hash) => (location.hash = hash), id)
        await expectVisible('a change of the hash')
        await page.evaluate(() => scrollTo(0, 0))
        if (width < 1280) await page.locator('.VPLocalNavOutlineDropdown button').click()
        await page.locator(`a.outline-link[href="#${id}"]:visible`).click()
        await expectVisible('a click in the outline')
        await page.context().close()
      }
    }
  }
  return faults
}

/** Runs in the page, and waits until it has scrolled. */
async function problemOfHeading(id) {
  let last
  while (last !== window.scrollY) {
    last = window.scrollY
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
  const heading = document.getElementById(id)
  if (heading === null) return 'it does not exist'
  const text = document.createRange()
  text.selectNodeContents(heading)
  const { left, top, bottom } = text.getClientRects()[0]
  if (top < 0 || bottom > window.innerHeight) return `it is at ${Math.round(top)} pixels`
  const found = document.elementFromPoint(left + 4, (top + bottom) / 2)
  return heading.contains(found) ? undefined : `${found?.className} is above it`
}

async function packageManagers(browser, url) {
  const faults = []
  const expect = (name, actual, expected) => {
    if (actual !== expected) faults.push(`${name}: ${actual} instead of ${expected}`)
  }
  const commands = (page) => page.locator('.packages-tabs > .panel:visible pre').allInnerTexts()
  const page = await open(browser, `${url}/hono`)
  await page.getByRole('tab', { name: 'pnpm' }).first().click()
  expect('pnpm', (await commands(page)).join(), 'pnpm add hono @hono/node-server')
  await page.goto(`${url}/koa`)
  await isInteractive(page)
  expect(
    'pnpm on the next page',
    (await commands(page)).join(),
    'pnpm add koa\npnpm add -D @types/koa # for TypeScript',
  )
  await page.context().close()
  const plain = await open(browser, `${url}/hono`, { javaScriptEnabled: false })
  expect('Package managers without scripts', (await commands(plain)).length, 4)
  await plain.context().close()
  return faults
}

/** The tab of the keyboard and the tab of the last visit are visible, and so is the button that copies the command. */
async function firstPage(browser, url) {
  const faults = []
  for (const width of WIDTHS) {
    const page = await open(browser, url, { viewport: { width, height: 900 } })
    const expectVisible = async (way) => {
      const tab = page.getByRole('tab', { selected: true }).first()
      const { x, width: size } = await tab.boundingBox()
      if (x < 0 || x + size > width) faults.push(`${width}: the tab after ${way} is at ${x} pixels`)
    }
    const copy = page.locator('.promise button.copy')
    const opacity = await copy.evaluate((button) => getComputedStyle(button).opacity)
    if (opacity !== '1') faults.push(`${width}: the button that copies has the opacity ${opacity}`)
    await page.getByRole('tab', { selected: true }).first().press('End')
    await expectVisible('the key End')
    await page.reload()
    await isInteractive(page)
    await expectVisible('a reload')
    await page.context().close()
  }
  return faults
}

/** Each example has a card with a picture or code, and a sentence. */
async function gallery(browser, url) {
  const page = await open(browser, `${url}/examples/`)
  const cards = await page.locator('.card').evaluateAll((elements) =>
    elements.map((card) => ({
      path: card.querySelector('h3 a')?.getAttribute('href'),
      hasView: card.querySelector('.view img[src], .view pre code') !== null,
      sentence: card.querySelector(':scope > p')?.textContent.trim() ?? '',
    })),
  )
  await page.context().close()
  const examples = [...pagesOfFiles().values()].filter((path) => path.startsWith('examples/'))
  return examples.flatMap((path) => {
    const card = cards.find((each) => each.path === `/${path}`)
    if (card === undefined) return [`/examples/ does not show ${path}`]
    if (!card.hasView) return [`/examples/: ${path} has neither a picture nor code`]
    return /^\p{Lu}.{20,}\.$/u.test(card.sentence) ? [] : [`/examples/: ${path} needs a sentence`]
  })
}

/** The links to the project are those of scripts/release/urls.json. Without an address, they do not exist. */
async function linksToProject(browser, url) {
  const page = await open(browser, `${url}/sign-in`)
  const found = await page
    .locator('.page-origin a')
    .evaluateAll((links) => links.map(({ href }) => href))
  await page.context().close()
  const expected = [editLink('docs/sign-in.md'), ...projectLinks().map(({ link }) => link)]
  const wanted = expected.filter((link) => link !== undefined).join(' ')
  return found.join(' ') === wanted
    ? []
    : [`/sign-in links to "${found.join(' ')}" instead of "${wanted}"`]
}
