// `npm run site -- --check`: looks at every page of the built site in Chromium.
import { readFileSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { chromium } from 'playwright-core'
import { checkLinks } from './check-links.mjs'
import { serve } from './serve.mjs'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const CHROMIUM = process.env.CHROMIUM_PATH || '/usr/bin/chromium'
const WIDTHS = [390, 1280]
/** The landing page, a guide and a page of the reference. */
const LIGHTHOUSE_PAGES = ['/', '/sign-in', '/reference/index/classes/IdentityError']
const CATEGORIES = ['accessibility', 'best-practices', 'performance']
const MINIMUM = 0.95
/** Pages that are open at the same time. */
const WORKERS = 2

/**
 * Checks the links of all pages, the pages with axe, and three pages with Lighthouse.
 *
 * @param {string} folder - The built site.
 * @param {string[]} [only] - The paths of the pages to check. By default, all of them, and Lighthouse.
 * @returns Whether everything is as it should be.
 */
export async function checkSite(folder, only) {
  const all = readdirSync(folder, { recursive: true })
    .filter((file) => file.endsWith('.html'))
    .map((file) => `/${file.replace(/(?:(?<=^|\/)index)?\.html$/, '')}`)
  const paths = all.filter((path) => only === undefined || only.includes(path.slice(1)))
  const faults = checkLinks(folder)
  console.log(`${all.length} pages: ${faults.length} links or anchors do not exist.`)
  const { url, close } = await serve(folder)
  try {
    if (only === undefined) faults.push(...(await checkFeatures(url)))
    faults.push(...(await checkPages(url, paths)))
    if (only === undefined) faults.push(...(await checkLighthouse(url)))
  } finally {
    await close()
  }
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
  const visibleVariants = (page) => page.locator('[data-kind=framework] > .option:visible')

  const page = await open({}, '/sign-in')
  await isInteractive(page)
  await page.locator('[data-kind=framework] button', { hasText: 'Koa' }).click()
  await page.goto(`${url}/call-an-api`)
  await isInteractive(page)
  expect(
    'The variant on the next page',
    await visibleVariants(page).getAttribute('data-value'),
    'koa',
  )
  expect('The menu', await page.locator('.choice-menu select').first().inputValue(), 'koa')
  // This page does not have a variant for Nuxt, so it shows the first one.
  await page.locator('.choice-menu select').first().selectOption('nuxt')
  expect('Without a variant', await visibleVariants(page).getAttribute('data-value'), 'express')

  await page.keyboard.press('/')
  await page.locator('.VPLocalSearchBox input').fill('AADSTS50011')
  const found = page.locator('.VPLocalSearchBox a[href^="/errors/AADSTS50011#"]').first()
  await found.waitFor()
  await found.click()
  await page.waitForURL('**/errors/AADSTS50011#*')

  const withoutScripts = await open({ javaScriptEnabled: false }, '/call-an-api')
  const count = await withoutScripts.locator('[data-kind=framework] > .option').count()
  expect('Visible without scripts', await visibleVariants(withoutScripts).count(), count)
  for (const path of ['/llms.txt', '/llms-full.txt', '/sign-in.md', '/errors/AADSTS50011.md']) {
    expect(path, (await fetch(url + path)).status, 200)
  }
  await browser.close()
  console.log(`The tabs, the search and the texts for agents: ${faults.length} problems.`)
  return faults
}

/** Waits until the menus of a page have been mounted. */
function isInteractive(page) {
  return page.waitForFunction(() => document.documentElement.dataset.mounted !== undefined)
}

async function checkPages(url, paths) {
  const start = performance.now()
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] })
  const faults = []
  const waiting = [...paths]
  const work = async () => {
    const context = await browser.newContext({ reducedMotion: 'reduce' })
    const page = await context.newPage()
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      faults.push(...(await checkPage(page, url, path)))
    }
    await context.close()
  }
  await Promise.all(Array.from({ length: WORKERS }, work))
  await browser.close()
  const seconds = Math.round((performance.now() - start) / 1000)
  console.log(
    `${paths.length} pages at ${WIDTHS.join(' and ')} pixels, light and dark: ${faults.length} problems, ${seconds} s.`,
  )
  return faults
}

async function checkPage(page, url, path) {
  const faults = []
  const report = (text) => faults.push(`${path}: ${text}`)
  const onError = (error) => report(error.message)
  const onConsole = (message) =>
    message.type() === 'error' && path !== '/404' && report(message.text())
  page.on('pageerror', onError)
  page.on('console', onConsole)
  await page.goto(url + path, { waitUntil: 'load' })
  await isInteractive(page)
  await page.evaluate(AXE)
  for (const isDark of [false, true]) {
    await page.evaluate((dark) => document.documentElement.classList.toggle('dark', dark), isDark)
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 })
      const name = `${width} ${isDark ? 'dark' : 'light'}`
      for (const violation of await page.evaluate(violations, isDark))
        report(`${name}: ${violation}`)
      const excess = await page.evaluate(
        () => document.documentElement.scrollWidth - window.innerWidth,
      )
      if (excess > 0) report(`${name}: the page is ${excess} pixels too wide`)
    }
  }
  page.off('pageerror', onError)
  page.off('console', onConsole)
  return faults
}

/** Runs in the page. Only the colors differ between light and dark. */
async function violations(onlyColors) {
  const result = await window.axe.run(document, {
    resultTypes: ['violations'],
    ...(onlyColors && {
      runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] },
    }),
  })
  return result.violations.map(
    ({ id, nodes }) =>
      `${id} (${nodes.length}): ${nodes[0].target.join(' ')} ${nodes[0].html.slice(0, 120)}`,
  )
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
