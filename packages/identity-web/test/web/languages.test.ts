import { describe, expect, test } from 'vitest'
import { DEFAULT_LANGUAGES } from '../../src/languages/languages-node.ts'
import { english } from '../../src/languages/en.ts'
import { type PageTexts, PLACEHOLDERS } from '../../src/languages/language.ts'
import { AUTH } from '../../src/options/auth-options.ts'
import { OptionReport } from '../../src/options/option-report.ts'
import { resolvePages } from '../../src/options/resolve-pages.ts'
import { directionOf } from '../../src/web/http/pages/html.ts'
import { createLoadedFrames } from '../../src/web/http/pages/loaded-frames.ts'
import { negotiateLanguage } from '../../src/web/http/negotiate-language.ts'

const TAGS = DEFAULT_LANGUAGES.map(({ tag }) => tag)
const KEYS = Object.keys(english.texts) as (keyof PageTexts)[]
const languages = await Promise.all(
  DEFAULT_LANGUAGES.map(async ({ tag, texts }) => ({ tag, texts: await texts() })),
)
const others = languages.filter(({ tag }) => tag !== 'en')

const placeholdersIn = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).toSorted()

describe('Accept-Language', () => {
  test.each([
    ['de', 'de'],
    ['de-AT', 'de'],
    ['DE-ch-1996', 'de'],
    ['en-GB,en;q=0.9', 'en'],
    ['pt-BR', 'pt'],
    ['zh-CN', 'zh-Hans'],
    ['zh-SG', 'zh-Hans'],
    ['zh', 'zh-Hans'],
    ['zh-hans-CN', 'zh-Hans'],
    // A reader of traditional characters takes the next language.
    ['zh-TW, fr;q=0.5', 'fr'],
    ['zh-Hant', 'en'],
    ['sv, nl;q=0.5', 'nl'],
    ['sv', 'en'],
    ['*', 'en'],
    ['sv, *;q=0.1', 'en'],
    ['en;q=0, *', 'de'],
    ['en;q=0.1, fr;q=0.9, de;q=0.5', 'fr'],
    // The first of two equal weights.
    ['it, es', 'it'],
    ['de;q=0, de-AT', 'en'],
    ['de-AT;q=0, de', 'de'],
    ['fr;q=0.123', 'fr'],
    ['fr;q=1.0 , de', 'fr'],
    ['', 'en'],
    [undefined, 'en'],
  ])('%s: %s', (header, expected) => {
    expect(negotiateLanguage(header, TAGS)).toBe(expected)
  })

  test.each([
    'fr;q=2',
    'fr;q=-1',
    'fr;q=0.1234',
    'fr;q=',
    'fr;level=1',
    'fr;q=1;q=1',
    'f_r',
    'français',
    '-fr',
    'fr-',
    `fr-${'a-'.repeat(20)}b`,
    ';;;,,,',
    '__proto__',
    '${fr}',
  ])('ignores the entry %s', (entry) => {
    expect(negotiateLanguage(`${entry}, ja;q=0.1`, TAGS)).toBe('ja')
  })

  test('selects the first language of the application for all other visitors', () => {
    expect(negotiateLanguage('sv', ['de', 'en'])).toBe('de')
    expect(negotiateLanguage('en-US', ['de', 'en'])).toBe('en')
    expect(negotiateLanguage('en-US', ['de', 'en-GB'])).toBe('en-GB')
    expect(negotiateLanguage('fr', ['de'])).toBe('de')
  })
})

test.each([
  ['de', 'ltr'],
  ['ja', 'ltr'],
  ['ar', 'rtl'],
  ['he', 'rtl'],
  ['az-Arab', 'rtl'],
])('the direction of %s is %s', (tag, direction) => {
  expect(directionOf(tag)).toBe(direction)
})

describe('the languages of the library', () => {
  test('are ten, with English first', () => {
    expect(TAGS).toEqual(['en', 'de', 'es', 'fr', 'it', 'ja', 'nl', 'pl', 'pt', 'zh-Hans'])
    expect(Intl.getCanonicalLocales(TAGS)).toEqual(TAGS)
  })

  test('the table for the check of the options contains the placeholders of English', () => {
    const found = KEYS.map((key) => [key, placeholdersIn(english.texts[key]).join(' ')])
    expect(Object.entries(PLACEHOLDERS)).toEqual(found)
  })

  test.each(others)('have all texts with the same placeholders: $tag', ({ texts }) => {
    expect(Object.keys(texts)).toEqual(KEYS)
    for (const key of KEYS) {
      expect([key, texts[key].trim()]).toEqual([key, texts[key]])
      expect([key, texts[key]]).not.toEqual([key, ''])
      expect([key, placeholdersIn(texts[key])]).toEqual([key, placeholdersIn(english.texts[key])])
    }
  })

  test.each(languages)('name the button that approves as it is written: $tag', async ({ tag }) => {
    const frames = createLoadedFrames(resolvePages({}, new OptionReport(AUTH)), {})
    const { texts } = await frames({ header: () => tag })
    expect(texts.approvalMessage).toContain(texts.approve)
    expect(texts.approvalMessage).not.toContain('{')
  })

  // Words that no other of the ten languages has.
  const ENGLISH = /\b(the|you|your|sign|please|with|this|that|back|try|again|copied|open|not)\b/i

  test.each(others)('contain no English: $tag', ({ texts }) => {
    for (const key of KEYS) {
      expect([key, texts[key]]).not.toEqual([key, english.texts[key]])
      expect([key, texts[key]]).toEqual([key, expect.not.stringMatching(ENGLISH)])
    }
  })

  test.each(others)('end sentences as English does: $tag', ({ texts }) => {
    for (const key of KEYS.filter((each) => /[.?:]$/.test(english.texts[each]))) {
      expect([key, texts[key]]).toEqual([key, expect.stringMatching(/[.?:。？：]$/)])
    }
  })

  // A translator could leave a text of a sibling language.
  test('do not share sentences', () => {
    for (const key of KEYS.filter((each) => each.endsWith('Message'))) {
      expect(new Set(languages.map(({ texts }) => texts[key])).size).toBe(10)
    }
  })
})
