import { deviceCode, type DeviceCodeOptions } from 'identity-web/device-code'
import type { AuthOptions } from 'identity-web/express'
import { Auth } from '../../src/adapters/fetch/index.ts'
import { textsFor } from '../../src/device-code/options.ts'
import { ENGLISH, TEXTS, type DeviceTexts } from '../../src/device-code/texts.ts'
import { german } from '../../src/languages/de.ts'
import { english } from '../../src/languages/en.ts'
import { DEFAULT_LANGUAGES } from '../../src/languages/languages-node.ts'
import { Browser } from '../support/browser.ts'
import { describe, expect, test } from '../support/fixtures.ts'

const KEYS = Object.keys(ENGLISH) as (keyof DeviceTexts)[]
const others = [...TEXTS].filter(([tag]) => tag !== 'en')
const placeholdersIn = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).toSorted()

/** The problems of the options of `deviceCode`. */
function problemsOf(options: unknown, given: AuthOptions = {}): readonly string[] {
  const signIn = deviceCode(options as DeviceCodeOptions)
  const auth = new Auth({ signIn, logger: {}, ...given }, { NODE_ENV: 'development' })
  return auth.problems.filter(({ option }) => option === 'signIn').map(({ message }) => message)
}

describe('the texts of the page with the code', () => {
  test('exist in the languages of the other pages', () => {
    expect([...TEXTS.keys()]).toEqual(DEFAULT_LANGUAGES.map(({ tag }) => tag))
  })

  test.each(others)('are complete, with the same placeholders: %s', (_, texts) => {
    expect(Object.keys(texts)).toEqual(KEYS)
    for (const key of KEYS) {
      expect([key, texts[key].trim()]).toEqual([key, texts[key]])
      expect([key, texts[key]]).not.toEqual([key, ''])
      expect([key, placeholdersIn(texts[key])]).toEqual([key, placeholdersIn(ENGLISH[key])])
    }
  })

  // Words that no other of the ten languages has.
  const WORDS = /\b(the|you|your|sign|please|with|this|that|back|try|again|copied|open|not)\b/i

  test.each(others)('contain no English: %s', (_, texts) => {
    for (const key of KEYS) {
      expect([key, texts[key]]).not.toEqual([key, ENGLISH[key]])
      expect([key, texts[key]]).toEqual([key, expect.not.stringMatching(WORDS)])
    }
  })

  test.each(others)('end sentences as English does: %s', (_, texts) => {
    for (const key of KEYS.filter((each) => /[.?:]$/.test(ENGLISH[each]))) {
      expect([key, texts[key]]).toEqual([key, expect.stringMatching(/[.?:。？：]$/)])
    }
  })

  test.each([
    ['de', 'Mit einem Code anmelden'],
    ['de-AT', 'Mit einem Code anmelden'],
    ['sv', 'Sign in with a code'],
    ['zh-Hans', '使用代码登录'],
    // The Chinese texts are in simplified characters, so a browser with traditional ones gets English.
    ['zh-Hant', 'Sign in with a code'],
  ])('for %s: %s', (tag, title) => {
    expect(textsFor({}, tag).title).toBe(title)
  })

  test('can be replaced one by one, also for a language of the application', async ({
    openSite,
  }) => {
    const texts = { sv: { title: 'Logga in <3', copy: undefined }, de: { title: 'Hallo' } }
    const site = await openSite({
      redirectUri: undefined,
      languages: [{ ...english, tag: 'sv' }, german],
      signIn: deviceCode({ texts }),
    })
    const open = async (language: string): Promise<string> => {
      const headers = { 'accept-language': language }
      return (await new Browser().navigate(`${site.origin}/login`, { headers })).text
    }

    const swedish = await open('sv')
    expect(swedish).toContain('<h1>Logga in &lt;3</h1>')
    expect(swedish).toContain('>Copy</button>')
    expect(await open('de')).toContain('<h1>Hallo</h1>')
    expect(await open('de')).toContain('Neuen Code anfordern')
  })

  test('the result of a poll is in the language of the visitor', async ({ openSite }) => {
    const site = await openSite({ redirectUri: undefined, signIn: deviceCode() })
    const response = await new Browser().script(`${site.origin}/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'accept-language': 'es-MX' },
      body: 'device=unknown',
    })

    expect(response.json()).toMatchObject({
      status: 'failed',
      message: expect.stringContaining('caducado'),
    })
    expect(response.headers['vary']).toBe('Cookie, Accept-Language')
  })
})

describe('the options', () => {
  test.each([
    [{ pag: () => '' }, 'deviceCode has no option pag. Did you mean page?'],
    [
      { page: '<p>' },
      'page must be a function, for example deviceCode({ page: (page) => html(page) }).',
    ],
    [
      { texts: 'x' },
      'texts must be an object with language tags. Change deviceCode({ texts }), for example',
    ],
    [{ texts: { de: 'x' } }, 'texts.de must be an object with texts.'],
    [{ texts: { de: { titles: 'x' } } }, 'texts.de has no option titles. Did you mean title?'],
    [{ texts: { de: { title: ' ' } } }, 'texts.de.title must be a non-empty string.'],
    [{ texts: { de: { title: '{code}' } } }, 'texts.de.title contains the placeholder {code}'],
    [{ texts: { de: { expiresIn: '{time}' } } }, 'but this text has only {minutes}.'],
    [
      { texts: { sv: {} } },
      'The option texts contains the language sv, but the option languages does not contain it.',
    ],
    [
      JSON.parse('{"texts": {"__proto__": {"title": "x"}}}'),
      'The option texts contains the language __proto__, but the option languages does not contain it.',
    ],
  ])('%o is a problem', (options, message) => {
    expect(problemsOf(options)).toEqual([expect.stringContaining(message)])
  })

  test('that are not set are not problems', () => {
    const texts = { de: undefined, en: { title: undefined } }
    expect(problemsOf({ page: undefined, texts })).toEqual([])
  })

  test('need the languages of the pages', () => {
    const texts = { fr: { title: 'x' } }
    expect(problemsOf({ texts }, { languages: [german] })).toEqual([
      expect.stringContaining('The pages have the languages de.'),
    ])
  })
})
