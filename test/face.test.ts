// Site, demos, templates, the library's pages and the development provider look alike. Each of them works alone, so each has its
// own copy of the colors and of the mark. This file compares the copies with `scripts/face`.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { PALETTE, TEXT_ON } from '../scripts/face/face.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const read = (path: string): string => readFileSync(root + path, 'utf8')

/** Files with colors that visitors of the project do not take for its own look, and why. */
const WITHOUT_FACE = [
  [/^(packages\/[^/]+\/)?test\//, 'data of tests, and pages of applications that tests write'],
  [/^maintain\/benchmarks\//, 'charts have more series than the palette has colors'],
  [/^scripts\/face\/face\.mjs$/, 'the palette itself'],
  [/\/options\/page-options\.ts$/, 'an example has the color of an application'],
] as const

const KINDS = ['css', 'svg', 'html', 'astro', 'svelte', 'vue', 'ts', 'tsx', 'js', 'jsx', 'mjs']

/** The files that can contain a style or a picture, including those that are not committed yet. */
const files = git(
  'ls-files',
  '-co',
  '--exclude-standard',
  '--',
  ...KINDS.map((kind) => `*.${kind}`),
)
  .filter(
    (path) => existsSync(root + path) && !WITHOUT_FACE.some(([pattern]) => pattern.test(path)),
  )
  .map((path) => [path, read(path)] as const)

function git(...args: string[]): string[] {
  const output = execFileSync('git', args, { cwd: root, encoding: 'utf8' })
  return [...new Set(output.split('\n').filter((line) => line !== ''))]
}

/** Returns the files in which a pattern matches something that is not allowed, each with the distinct matches. */
function matches(
  pattern: RegExp,
  isAllowed: (match: string) => boolean = () => false,
): Record<string, string[]> {
  const found = files.map(([path, text]) => {
    const all = new Set(Array.from(text.matchAll(pattern), ([match]) => match))
    return [path, [...all].filter((match) => !isAllowed(match))] as const
  })
  return Object.fromEntries(found.filter(([, all]) => all.length > 0))
}

/** Returns a color with six digits in lower case, such as `#ffffff`. */
function normalize(color: string): string {
  const digits = color.slice(1).toLowerCase()
  return `#${digits.length > 4 ? digits : digits.replace(/./g, '$&$&')}`
}

/** Returns the contrast of two colors (WCAG 2.2, "contrast ratio"). */
function contrast(...colors: [string, string]): number {
  const [dark = 0, light = 0] = colors.map(luminance).toSorted((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const value = Number.parseInt(color.slice(start, start + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

describe('the palette', () => {
  test.for(TEXT_ON)('shows %s on %s with a contrast of at least 4.5:1', ([text, ground]) => {
    for (const mode of [0, 1])
      expect(contrast(PALETTE[text]![mode]!, PALETTE[ground]![mode]!)).toBeGreaterThanOrEqual(4.5)
  })

  test('has the contrasts that WCAG defines', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21)
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
  })
})

describe('the styles', () => {
  const pairs = Object.values(PALETTE)
  /** After a color: it is in the value of a property or an attribute. A fragment of a URL and an ID are not in such values. */
  const IN_VALUE = String.raw`(?<=[\w-]["']?\s*[:=]\s*[^;{}<>\n]*)`

  test('have only colors of the palette', () => {
    const colors = new Set(pairs.flat())
    const color = new RegExp(`#(?:[\\da-f]{8}|[\\da-f]{6}|[\\da-f]{3,4})\\b${IN_VALUE}`, 'gi')

    // Every part of the project that has a face is among them.
    expect(Object.keys(matches(color)).length).toBeGreaterThan(20)
    expect(matches(color, (found) => colors.has(normalize(found)))).toEqual({})
  })

  test('have the color of light mode with its color of dark mode', () => {
    const known = new Set(pairs.map((pair) => pair.join()))
    const isPair = (found: string): boolean => known.has(found.split(/,\s*/).map(normalize).join())

    expect(matches(/(?<=light-dark\()#[^)]+/g, isPair)).toEqual({})
  })

  // The shadow of a card is black in both modes, and it is never a ground of text.
  test('have colors as hexadecimal numbers, except for shadows', () => {
    const functions = new RegExp(
      `\\b(?!rgb\\(0 0 0 /)(?:rgba?|hsla?|oklch)\\([^)\\n]+\\)${IN_VALUE}`,
      'g',
    )
    const names =
      /[{;"'\s](?:color|background|fill|stroke|border)[\w-]*(?::\s*|=["'])[^;{}<>\n"']*?(?<![\w-])(?:light|dark)?(?:white|black|gr[ae]y|red|blue|green|orange|yellow)(?![\w-])/g
    expect([matches(functions), matches(names)]).toEqual([{}, {}])
  })
})

describe('the stylesheets of the examples', () => {
  /** Returns the declarations of a stylesheet, each with its selector. */
  function declarationsOf(css: string): ReadonlySet<string> {
    const compact = css
      .replaceAll(/\/\*[^]*?\*\//g, '')
      .replaceAll(/\s+/g, ' ')
      .replaceAll(/\s*([{}:;,])\s*/g, '$1')
      .replaceAll(/(?<![\d.])0\./g, '.')
    const rules = Array.from(compact.matchAll(/([^{}]+)\{([^{}]*)\}/g))
    return new Set(
      rules.flatMap(([, selector, body = '']) =>
        body.split(';').flatMap((line) => (line === '' ? [] : `${selector}{${line}}`)),
      ),
    )
  }

  const examples = read('examples/style.css')
  const hosts = files.filter(([path]) => path.startsWith('examples/hosts/'))

  test.for(hosts.filter(([, text]) => text.startsWith(examples.slice(0, 40))))(
    'in %s is that of all examples',
    ([, text]) => expect(text).toBe(examples),
  )

  // They have only the rules that they need.
  test.for(hosts.filter(([, text]) => text.includes('<style>\n')))(
    'in %s is a part of that of all examples',
    ([, text]) => {
      const [, style = ''] = /<style>\n([^]*?)<\/style>/.exec(text) ?? []
      const all = declarationsOf(examples)
      const own = [...declarationsOf(style)]

      expect(own.length).toBeGreaterThan(20)
      expect(own.filter((declaration) => !all.has(declaration))).toEqual([])
    },
  )

  test('of hosts without a bundler are the same', () => {
    const [first, ...others] = ['aws-lambda', 'azure-functions', 'workers'].map((host) =>
      read(`examples/hosts/${host}/src/pages.ts`),
    )
    expect(others).toEqual([first, first])
  })
})

describe('the mark', () => {
  const pathIn = (text: string): string | undefined => / d="([^"]+)"/.exec(text)?.[1]
  const mark = pathIn(read('scripts/face/mark.svg')) ?? 'missing'

  test('is the same in every copy', () => {
    const copies = files.filter(
      ([path, text]) =>
        /(?:favicon|icon|logo|mark)\.svg$/.test(path) || /viewBox=["']0 0 32 32["']/.test(text),
    )

    expect(copies.length).toBeGreaterThan(10)
    expect(copies.filter(([, text]) => !text.includes(mark)).map(([path]) => path)).toEqual([])
  })
})

describe('the pages', () => {
  test('load fonts, styles, scripts and pictures only from their own site', () => {
    const elsewhere =
      /url\(\s*["']?(?:https?:)?\/\/|<(?:img|script|iframe|source|video)\b[^>]*\bsrc=["'](?:https?:)?\/\/|<link\b[^>]*\brel=["'](?:stylesheet|icon|preload|preconnect|dns-prefetch)["'][^>]*\bhref=["'](?:https?:)?\/\//g
    expect(matches(elsewhere)).toEqual({})
  })

  test('use the font of the system', () => {
    const font = /(?<=[{;\s]font(?:-family)?:\s*)(?![\s'"])[^;{}`]+/g
    const isOfSystem = (found: string): boolean =>
      /^(?:inherit$|var\()|(?:^|\s)(?:system-ui|ui-monospace)\b/.test(found.trim())

    expect(matches(font, isOfSystem)).toEqual({})
    expect(matches(/@font-face/g)).toEqual({})
  })
})
