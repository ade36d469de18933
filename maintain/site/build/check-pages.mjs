// Opens every page of the built site in Chromium: its structure, its width on a phone and on a desktop, and with axe, both
// with light and with dark colors.
import { readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { chromium } from 'playwright-core'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const WIDTHS = [1280, 768, 390]
const COLORS = { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } }
/** The parts of a page that a phone shows and a desktop does not. */
const NAVIGATION = { include: [['.VPNav'], ['.VPLocalNav']] }
/**
 * For each width, whether it is dark, the part of the page, and the options of axe. The width does not change the colors of
 * the content, and light and dark differ only in colors.
 */
const AXE_RUNS = {
  1280: [
    [false, undefined, {}],
    [true, undefined, COLORS],
  ],
  768: [],
  390: [
    [false, undefined, { rules: { 'color-contrast': { enabled: false } } }],
    [false, NAVIGATION, COLORS],
    [true, NAVIGATION, COLORS],
  ],
}
/** Pages that are open at the same time. */
const WORKERS = 2
/** Milliseconds between two lines of progress. */
const PROGRESS_INTERVAL = 10_000

/**
 * Checks pages, and prints each problem when it is found.
 *
 * @param {object} options
 * @param {string} options.executablePath - Chromium.
 * @param {string} options.folder - The built site.
 * @param {string} options.url - The URL where it is served.
 * @param {string[]} options.paths - The paths of the pages.
 * @param {boolean} options.isComplete - Whether axe looks at all pages, instead of one page of each template.
 * @returns {Promise<string[]>} The problems.
 */
export async function checkPages({ executablePath, folder, url, paths, isComplete }) {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  const withAxe = isComplete ? new Set(paths) : samplesOf(folder, paths)
  const faults = []
  const waiting = [...paths]
  const progress = progressOf(paths.length)
  const work = async () => {
    const context = await browser.newContext({ reducedMotion: 'reduce' })
    // Most pages of the reference differ only in their text. Their layout does not need scripts.
    const plain = await browser.newContext({ reducedMotion: 'reduce', javaScriptEnabled: false })
    const [page, plainPage] = [await context.newPage(), await plain.newPage()]
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      const usesAxe = withAxe.has(path)
      const found = await checkPage(usesAxe ? page : plainPage, url, path, usesAxe)
      for (const fault of found) console.log(`✗ ${fault}`)
      faults.push(...found)
      progress(path)
    }
    await context.close()
    await plain.close()
  }
  await Promise.all(Array.from({ length: WORKERS }, work))
  await browser.close()
  console.log(`${paths.length} pages, ${withAxe.size} of them with axe: ${faults.length} problems.`)
  return faults
}

/** Waits until the menus of a page have been mounted. */
export function isInteractive(page) {
  return page.waitForFunction(() => document.documentElement.dataset.mounted !== undefined)
}

/**
 * The pages for axe: each page that somebody wrote, and the largest page of each template. Typedoc and the tables of errors
 * make hundreds of pages from few templates.
 */
function samplesOf(folder, paths) {
  const samples = new Map()
  for (const path of paths) {
    const template = templateOf(path)
    const { size } = statSync(
      join(folder, path.endsWith('/') ? `${path}index.html` : `${path}.html`),
    )
    if (size > (samples.get(template)?.size ?? 0)) samples.set(template, { path, size })
  }
  return new Set([...samples.values()].map((sample) => sample.path))
}

function templateOf(path) {
  const reference = /^\/reference\/(?:.*\/(?<kind>[^/]+)\/)?/.exec(path)
  if (reference !== null)
    return path.endsWith('/') ? 'module' : `reference: ${reference.groups.kind}`
  if (path.startsWith('/errors/')) return /AAD/.test(path) ? 'error of Microsoft' : 'error'
  return path.startsWith('/source/') ? 'folder' : path
}

/** Prints a line when some time has passed. */
function progressOf(total) {
  const start = performance.now()
  let count = 0
  let last = start
  return (path) => {
    count += 1
    const now = performance.now()
    if (count < total && now - last < PROGRESS_INTERVAL) return
    last = now
    console.log(`  ${count} of ${total} pages, ${Math.round((now - start) / 1000)} s: ${path}`)
  }
}

async function checkPage(page, url, path, withAxe) {
  const faults = []
  const report = (text) => faults.push(`${path}: ${text}`)
  const onError = (error) => report(error.message)
  const onConsole = (message) =>
    message.type() === 'error' && path !== '/404' && report(message.text())
  page.on('pageerror', onError)
  page.on('console', onConsole)
  await page.setViewportSize({ width: WIDTHS[0], height: 900 })
  await page.goto(url + path, { waitUntil: 'load' })
  if (withAxe) await isInteractive(page)
  for (const text of await page.evaluate(structureFaults)) report(text)
  if (withAxe) {
    await page.evaluate(AXE)
    await page.evaluate(joinTokens)
  }
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 })
    const excess = await page.evaluate(
      () => document.documentElement.scrollWidth - window.innerWidth,
    )
    if (excess > 0) report(`${width}: the page is ${excess} pixels too wide`)
    if (!withAxe) continue
    for (const [isDark, context, options] of AXE_RUNS[width]) {
      const name = `${width} ${isDark ? 'dark' : 'light'}`
      await setDark(page, isDark)
      for (const text of await page.evaluate(violations, { context, options }))
        report(`${name}: ${text}`)
    }
  }
  page.off('pageerror', onError)
  page.off('console', onConsole)
  return faults
}

/** The violations that axe finds in the page as it is now, in light or dark colors. */
export async function violationsOf(page, isDark) {
  await page.evaluate(AXE)
  await setDark(page, isDark)
  return page.evaluate(violations, {})
}

const setDark = (page, isDark) =>
  page.evaluate((dark) => document.documentElement.classList.toggle('dark', dark), isDark)

/** Runs in the page. Looks for a title, a text and pictures, and at the order of the headings. */
function structureFaults() {
  const main = document.querySelector('main') ?? document.body
  const levels = [...main.querySelectorAll('h1, h2, h3, h4, h5, h6')].map((heading) =>
    Number(heading.tagName[1]),
  )
  const skipped = levels.findIndex((level, index) => index > 0 && level > levels[index - 1] + 1)
  const title = main.querySelector('h1')?.firstChild?.textContent.trim() ?? ''
  const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id)
  const brokenImages = [...document.images].filter(
    (image) => image.complete && image.naturalWidth === 0,
  )
  return [
    levels.filter((level) => level === 1).length !== 1 && 'the page does not have exactly one h1',
    skipped !== -1 && `an h${levels[skipped]} follows an h${levels[skipped - 1]}`,
    title === '' && 'the h1 is empty',
    !document.title.includes('Identity for TypeScript') && `the title is "${document.title}"`,
    main.textContent.replaceAll(/\s+/g, ' ').length < title.length + 40 && 'the page is empty',
    new Set(ids).size < ids.length &&
      `two elements have the id ${ids.find((id, index) => ids.indexOf(id) < index)}`,
    ...brokenImages.map((image) => `the picture ${image.src} is missing`),
  ].filter((text) => text !== false)
}

/**
 * Runs in the page. A block of code has an element for each token, and axe would spend most of its time on them. All
 * tokens of a color have the same background, so one element for each color is enough.
 */
function joinTokens() {
  const seen = new Set()
  for (const token of document.querySelectorAll('pre.shiki .line > span')) {
    const color = token.getAttribute('style')
    if (seen.has(color)) token.replaceWith(token.textContent)
    seen.add(color)
  }
}

/** Runs in the page. */
async function violations({ context, options }) {
  const result = await window.axe.run(context ?? document, {
    resultTypes: ['violations'],
    ...options,
  })
  return result.violations.map(
    ({ id, nodes }) =>
      `${id} (${nodes.length}): ${nodes[0].target.join(' ')} ${nodes[0].html.slice(0, 120)}`,
  )
}
