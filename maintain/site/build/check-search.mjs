// Types into the search of the built site, as a reader does.
import { readFileSync } from 'node:fs'
import { isInteractive, violationsOf } from './check-pages.mjs'

/** Queries with the page that should be the first result, written by somebody who had not seen the index. */
export const queries = JSON.parse(
  readFileSync(new URL('search-queries.json', import.meta.url), 'utf8'),
)

/**
 * Whether the first result is a good one, and the best page is among the first three.
 *
 * @param {string[]} results - The URLs of the results, in their order.
 * @param {{ first: string, alsoFine: string[] }} expected
 */
export function isExpected(results, { first, alsoFine }) {
  const pages = results.slice(0, 3).map(pageOf)
  return [first, ...alsoFine].includes(pages[0]) && pages.includes(first)
}

/**
 * Types each query into the search, and checks the results that it shows, the keys, and the dialog with axe.
 *
 * @param {import('playwright-core').Browser} browser
 * @param {string} url - The URL of the site.
 * @returns {Promise<string[]>} The problems.
 */
export async function checkSearch(browser, url) {
  const faults = []
  const expect = (name, actual, expected) => {
    if (actual !== expected) faults.push(`Search, ${name}: ${actual} instead of ${expected}`)
  }
  const page = await openPage(browser, url, 1280)
  const input = page.getByRole('dialog').getByRole('combobox')
  await page.keyboard.press('/')
  for (const { query, ...expected } of queries) {
    const results = (await resultsOf(page, query)).slice(0, 3)
    const report = (text) => faults.push(`Search, "${query}" finds ${results.join(', ')}: ${text}`)
    if (!isExpected(results, expected)) report(`${expected.first} is missing`)
    if (!query.startsWith('AAD') && results.some((href) => /^\/(?:reference|errors)\//.test(href)))
      report('guides come first')
  }

  const ofOnePage = (await resultsOf(page, 'login')).filter((href) => pageOf(href) === 'sign-in')
  expect('results of one page', ofOnePage.length, 3)

  const [, second] = await resultsOf(page, 'session timeout')
  await page.keyboard.press('ArrowDown')
  expect(
    'the selected option',
    await page.getByRole('dialog').getByRole('option', { selected: true }).getAttribute('href'),
    second,
  )
  const active = await input.getAttribute('aria-activedescendant')
  expect('the announced option', await page.locator(`#${active}`).getAttribute('href'), second)
  await page.keyboard.press('Enter')
  await page.waitForURL(`**${second}`)
  await page.keyboard.press('Control+k')
  await input.waitFor()
  await page.keyboard.press('Escape')
  await input.waitFor({ state: 'detached' })
  await page.context().close()

  for (const width of [1280, 390]) {
    const narrow = await openPage(browser, url, width)
    await narrow.keyboard.press('Control+k')
    for (const query of ['groups', 'zxqv']) {
      const results = await resultsOf(narrow, query)
      expect(`results of "${query}"`, results.length > 0, query === 'groups')
      for (const isDark of [false, true]) {
        const found = await violationsOf(narrow, isDark)
        faults.push(
          ...found.map(
            (text) => `Search, ${width} ${isDark ? 'dark' : 'light'}, "${query}": ${text}`,
          ),
        )
      }
    }
    await narrow
      .getByRole('dialog')
      .getByRole('status')
      .getByRole('link', { name: 'all guides' })
      .click()
    await narrow.waitForURL('**/guides')
    await narrow.context().close()
  }
  console.log(`The search with ${queries.length} queries: ${faults.length} problems.`)
  return faults
}

async function openPage(browser, url, width) {
  const context = await browser.newContext({
    viewport: { width, height: 800 },
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  await page.goto(`${url}/sign-in`, { waitUntil: 'load' })
  await isInteractive(page)
  return page
}

/** Types a query, and returns the URLs of the results in their order. */
async function resultsOf(page, query) {
  const input = page.getByRole('dialog').getByRole('combobox')
  await input.fill('')
  await page.waitForFunction(
    () => document.querySelector('.VPLocalSearchBox .results > li') === null,
  )
  await input.fill(query)
  await page.locator('.VPLocalSearchBox .results > li').first().waitFor()
  return page
    .getByRole('dialog')
    .getByRole('option')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href')))
}

const pageOf = (href) => href.slice(1).replace(/#.*/, '')
