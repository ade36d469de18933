// `npm run site -- --check`: looks at every page of the built site in Chromium.
import { readdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { chromium } from 'playwright-core'
import { checkLinks } from './check-links.mjs'
import { checkPages, isInteractive } from './check-pages.mjs'
import { checkSearch } from './check-search.mjs'
import { checkReader } from './check-reader.mjs'
import { redirects } from './redirects.mjs'
import { serve } from './serve.mjs'

const CHROMIUM = process.env.CHROMIUM_PATH || '/usr/bin/chromium'
/** The landing page, a guide, the gallery and a page of the reference. */
const LIGHTHOUSE_PAGES = ['/', '/sign-in', '/examples/', '/reference/index/classes/IdentityError']
const CATEGORIES = ['accessibility', 'best-practices', 'performance', 'seo']
const MINIMUM = 0.95

/**
 * Checks the links, the structure and the width of all pages, the pages with axe, and some of them with Lighthouse.
 *
 * @param {string} folder - The built site.
 * @param {object} [options]
 * @param {string[]} [options.only] - The paths of the pages to check. By default, all of them, and Lighthouse.
 * @param {boolean} [options.isComplete] - Whether axe looks at all pages. By default, it looks at the pages that somebody
 *   wrote and at one page of each template.
 * @returns Whether everything is as it should be.
 */
export async function checkSite(folder, { only, isComplete = only !== undefined } = {}) {
  const all = readdirSync(folder, { recursive: true })
    .filter((file) => file.endsWith('.html'))
    .map((file) => `/${file.replace(/(?:(?<=^|\/)index)?\.html$/, '')}`)
    // These pages only lead to other ones. Their targets are links too.
    .filter((path) => !redirects.has(path.slice(1)))
  const paths = all.filter((path) => only === undefined || only.includes(path.slice(1)))
  const faults = checkLinks(folder)
  console.log(`${all.length} pages: ${faults.length} links or anchors do not exist.`)
  const { url, close } = await serve(folder)
  try {
    if (only === undefined) faults.push(...(await checkFeatures(url)))
    const options = { executablePath: CHROMIUM, folder, url, paths, isComplete }
    faults.push(...(await checkPages(options)))
    if (only === undefined) faults.push(...(await checkLighthouse(url)))
  } finally {
    await close()
  }
  console.log('')
  for (const fault of faults) console.log(`✗ ${fault}`)
  console.log(faults.length === 0 ? 'The site is in order.' : `${faults.length} problems.`)
  return faults.length === 0
}

/** Checks the tabs and the search, as a reader uses them. */
async function checkFeatures(url) {
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] })
  const faults = []
  const expect = (name, actual, expected) => {
    if (actual !== expected) faults.push(`${name}: ${actual} instead of ${expected}`)
  }
  const open = async (options, path) => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
    const page = await context.newPage()
    await page.goto(url + path, { waitUntil: 'load' })
    return page
  }
  const visiblePanels = (page) => page.locator('.framework-tabs > .panel:visible')
  const frameworkOf = (page) => visiblePanels(page).first().getAttribute('data-value')

  const page = await open({}, '/sign-in')
  await isInteractive(page)
  const tab = (name) => page.locator('.framework-tabs').first().getByRole('tab', { name })
  await tab('Fastify').click()
  await page.keyboard.press('ArrowRight')
  expect('The tab after a key', await tab('Koa').getAttribute('aria-selected'), 'true')
  await page.goto(`${url}/call-an-api`)
  await isInteractive(page)
  expect('The tab on the next page', await frameworkOf(page), 'koa')
  expect('The menu', await page.locator('.framework-menu select').inputValue(), 'koa')
  // This page does not have a tab for Nuxt, so it shows the first one.
  await page.locator('.framework-menu select').selectOption('nuxt')
  expect('Without a tab', await frameworkOf(page), 'express')

  faults.push(...(await checkSearch(browser, url)))

  const withoutScripts = await open({ javaScriptEnabled: false }, '/call-an-api')
  const count = await withoutScripts.locator('.framework-tabs > .panel').count()
  expect('Visible without scripts', await visiblePanels(withoutScripts).count(), count)
  for (const path of ['/llms.txt', '/llms-full.txt', '/sign-in.md', '/errors/AADSTS50011.md']) {
    expect(path, (await fetch(url + path)).status, 200)
  }
  console.log(`The tabs, the search and the texts for agents: ${faults.length} problems.`)
  faults.push(...(await checkReader(browser, url)))
  await browser.close()
  return faults
}

async function checkLighthouse(url) {
  const { default: lighthouse } = await import('lighthouse')
  const port = await freePort()
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', `--remote-debugging-port=${port}`],
  })
  const faults = []
  for (const path of LIGHTHOUSE_PAGES) {
    const result = await lighthouse(url + path, {
      port,
      onlyCategories: CATEGORIES,
      logLevel: 'error',
    })
    const { categories, audits } = result.lhr
    const scores = CATEGORIES.map((name) => `${name} ${Math.round(categories[name].score * 100)}`)
    console.log(`Lighthouse ${path}: ${scores.join(', ')}`)
    for (const name of CATEGORIES) {
      if (categories[name].score >= MINIMUM) continue
      const failed = categories[name].auditRefs
        .filter(({ id, weight }) => weight > 0 && (audits[id].score ?? 1) < 0.9)
        .map(({ id }) => `${id} ${audits[id].displayValue ?? ''}`)
      faults.push(`${path}: Lighthouse ${name} is below 95: ${failed.join(', ')}`)
    }
  }
  await browser.close()
  return faults
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}
