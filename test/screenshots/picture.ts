import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { difference, MAX_BYTES, shrink } from './image.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const textsFile = fileURLToPath(new URL('texts.json', import.meta.url))

/** `npm run -C maintain screenshots` sets it. The tests then write the pictures instead of comparing them. */
const writes = process.env['SCREENSHOTS'] === 'write'

/** The shapes of letters can differ between versions of Chromium. The visible text must be equal. */
const MAX_SHARE = 0.01

/** A part of a text, and its replacement. */
export type Replacement = readonly [part: RegExp, replacement: string]

export interface PictureOptions {
  /** Parts of texts that are different in each run, in addition to `USUAL`. */
  readonly replace?: readonly Replacement[]
}

/** Times and random values, which every run of a demo creates. The results look like real ones. */
const USUAL: readonly Replacement[] = [
  [/\b\d\d:\d\d:\d\d\b(?!\.)/g, '06:00:00'],
  [/\b\d+ ms\b/g, '1 ms'],
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, '2026-11-26T06:00:00.000Z'],
]

/** The Unix time that the earliest one of a page becomes. The others keep their distance in minutes, so a token still expires later. */
const FIRST_TIME = 1_795_672_800

/**
 * Compares a page with its picture in the repository: the visible text, and the pixels. `npm run -C maintain screenshots` writes the picture.
 *
 * @param path - The path of the picture in the repository.
 */
export async function expectPicture(
  page: Page,
  path: string,
  { replace = [] }: PictureOptions = {},
): Promise<void> {
  // A script can still render the page, and put the replaced texts back.
  await page.waitForLoadState('networkidle')
  const text = await settle(page, [...USUAL, ...replace])
  const png = await page.screenshot({ animations: 'disabled', caret: 'hide' })
  const file = await shrink(png)
  expect({ path, isSmall: file.length <= MAX_BYTES }).toEqual({ path, isSmall: true })
  if (writes) {
    write(path, file, text)
    return
  }
  const advice = `Run npm run -C maintain screenshots, and look at ${path}.`
  expect({ advice, text }).toEqual({ advice, text: readTexts()[path] })
  const { sizes, share } = await difference(readFileSync(root + path), file)
  const [size, newSize] = sizes
  expect({ advice, size: newSize, isSame: share < MAX_SHARE }).toEqual({
    advice,
    size,
    isSame: true,
  })
}

/** Replaces the texts, removes the focus, and returns the texts in the window. */
function settle(page: Page, replacements: readonly Replacement[]): Promise<string[]> {
  return page.evaluate(
    ({ pairs, firstTime }) => {
      const rules = pairs.map(([source, flags, to]) => [new RegExp(source, flags), to] as const)
      const unixTime = /\b1[789]\d{8}\b/g
      const earliest = Math.min(...(document.body.innerText.match(unixTime) ?? []).map(Number))
      const toShown = (time: string): string =>
        String(firstTime + 60 * Math.round((Number(time) - earliest) / 60))
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
      scrollTo(0, 0)
      // The indicator of Next.js in development is not a part of the page.
      document.querySelector('nextjs-portal')?.remove()
      const texts: string[] = []
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        const before = node.nodeValue ?? ''
        const after = rules
          .reduce((value, [part, to]) => value.replace(part, to), before)
          .replaceAll(unixTime, toShown)
        // A change lets some pages render again, even if the text stays the same.
        if (after !== before) node.nodeValue = after
        const range = document.createRange()
        range.selectNodeContents(node)
        const { top, height } = range.getBoundingClientRect()
        const isVisible = height > 0 && top < innerHeight && node.parentElement?.checkVisibility()
        if (isVisible === true && after.trim() !== '') texts.push(after.trim())
      }
      return texts
    },
    {
      pairs: replacements.map(([part, to]) => [part.source, part.flags, to] as const),
      firstTime: FIRST_TIME,
    },
  )
}

type Texts = Record<string, readonly string[]>

function readTexts(): Texts {
  return existsSync(textsFile) ? (JSON.parse(readFileSync(textsFile, 'utf8')) as Texts) : {}
}

// Another test can write its picture at the same time, so the file is read and written without a pause.
function write(path: string, file: Buffer, text: readonly string[]): void {
  mkdirSync(dirname(root + path), { recursive: true })
  writeFileSync(root + path, file)
  const texts: Texts = { ...readTexts(), [path]: text }
  const sorted = Object.fromEntries(Object.entries(texts).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  writeFileSync(textsFile, `${JSON.stringify(sorted, null, 2)}\n`)
}
