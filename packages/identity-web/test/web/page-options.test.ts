import type { AuthOptions } from 'identity-web/express'
import { Auth } from '../../src/adapters/fetch/index.ts'
import { german } from '../../src/languages/de.ts'
import { english } from '../../src/languages/en.ts'
import type { Language } from '../../src/languages/language.ts'
import { AUTH } from '../../src/options/auth-options.ts'
import type { Pages } from '../../src/options/page-options.ts'
import { OptionReport } from '../../src/options/option-report.ts'
import { resolvePages } from '../../src/options/resolve-pages.ts'
import { supportUrlOf } from '../../src/web/http/pages/index.ts'
import { createLoadedFrames } from '../../src/web/http/pages/loaded-frames.ts'
import { Browser } from '../support/browser.ts'
import { describe, expect, test as base } from '../support/fixtures.ts'
import { sendToCallback } from '../support/site.ts'
import { linkUrl } from '../support/steps.ts'

const test = base.extend('errorPageOf', ({ openSite }) =>
  // A callback without `state` has a page for every visitor.
  async (options: AuthOptions, headers: Record<string, string> = {}) => {
    const site = await openSite(options)
    const response = await new Browser().navigate(`${site.origin}/redirect`, { headers })
    return { site, response }
  },
)

const problemsOf = (options: AuthOptions): readonly (readonly [string, string])[] =>
  new Auth({ logger: {}, ...options }, { NODE_ENV: 'development' }).problems
    .filter(({ option }) => /^(appName|logo|languages|texts|pages)/.test(option))
    .map(({ option, message }) => [option, message])

describe('the language of a page', () => {
  test('is that of the visitor, and caches learn it', async ({ errorPageOf }) => {
    const { response } = await errorPageOf({}, { 'accept-language': 'de-AT,de;q=0.9,en;q=0.8' })

    expect(response.text).toContain('<html lang="de" dir="ltr">')
    expect(response.text).toContain('Diese Anmeldung kann nicht fortgesetzt werden')
    expect(response.text).not.toContain('Try again')
    expect(response.headers['content-language']).toBe('de')
    expect(response.headers['vary']).toBe('Cookie, Accept-Language')
    // The note for developers stays in English.
    expect(response.text).toContain('<section class="developer" lang="en"')
  })

  test('is English for all other visitors', async ({ errorPageOf }) => {
    const { response } = await errorPageOf({}, { 'accept-language': 'sv' })

    expect(response.headers['content-language']).toBe('en')
    expect(response.text).toContain('Try again')
  })

  test('can be one of the application', async ({ errorPageOf }) => {
    const swedish: Language = {
      tag: 'sv',
      texts: { ...english.texts, tryAgain: 'Försök igen' },
    }
    const languages = [german, swedish]
    const sv = await errorPageOf({ languages }, { 'accept-language': 'sv-SE' })
    const en = await errorPageOf({ languages }, { 'accept-language': 'en' })

    expect(linkUrl(sv.response, 'Försök igen')).toContain('/login')
    expect(en.response.headers['content-language']).toBe('de')
  })

  test('applies to the page before and after a sign-out, and to the forbidden page', async ({
    openSite,
    provider,
  }) => {
    provider.tamper = { metadata: ({ end_session_endpoint: _none, ...document }) => document }
    const site = await openSite()
    site.app.get('/admin', site.auth.loginRequired({ roles: ['Nobody'] }))
    const browser = await site.signIn()
    const french = { 'accept-language': 'fr' }

    const forbidden = await browser.navigate(`${site.origin}/admin`, { headers: french })
    const foreign = { ...french, 'sec-fetch-site': 'cross-site' }
    const confirm = await browser.navigate(`${site.origin}/logout`, { headers: foreign })
    const bye = await browser.navigate(`${site.origin}/logout`, { headers: french })

    expect([forbidden.status, forbidden.headers['content-language']]).toEqual([403, 'fr'])
    expect(forbidden.text).toContain('Vous n’avez pas accès')
    expect(confirm.text).toContain('<button class="primary">Se déconnecter</button>')
    expect(bye.text).toContain('Votre session est fermée')
  })

  test('applies to the neutral page of a wrong configuration in production', async () => {
    const auth = new Auth({ logger: {} }, { NODE_ENV: 'production' })
    const headers = { 'accept-language': 'ja', accept: 'text/html', 'sec-fetch-mode': 'navigate' }
    const response = await auth.handle(new Request('http://localhost/login', { headers }))

    expect([response?.status, response?.headers.get('content-language')]).toEqual([503, 'ja'])
    expect(await response?.text()).toContain('現在このサイトをご利用いただけません')
  })

  test('is English on the page with the problems, which is for developers', async () => {
    const auth = new Auth({ logger: {} }, { NODE_ENV: 'development' })
    const headers = { 'accept-language': 'ja', accept: 'text/html', 'sec-fetch-mode': 'navigate' }
    const response = await auth.handle(new Request('http://localhost/login', { headers }))

    expect([response?.status, response?.headers.get('content-language')]).toEqual([500, 'en'])
    expect(await response?.text()).toContain('<html lang="en"')
  })
})

describe('pages of the application get the language and the name', () => {
  test.for(['fr', 'sv'])('accepted language: %s', async (accepted, { openSite, provider }) => {
    provider.tamper = { metadata: ({ end_session_endpoint: _none, ...document }) => document }
    const shown: Record<string, unknown> = {}
    const keep = (name: string) => (page: { language: string; appName?: string }) => {
      shown[name] = [page.language, page.appName]
      return name
    }
    const site = await openSite({
      appName: 'Contoso',
      pages: {
        login: ({ language, appName, loginUrl }) => `${language} ${appName ?? ''} ${loginUrl}`,
        error: keep('error'),
        forbidden: keep('forbidden'),
        loggedOut: keep('loggedOut'),
      },
    })
    site.app.get('/admin', site.auth.loginRequired({ roles: ['Nobody'] }))
    const headers = { 'accept-language': accepted }
    const browser = new Browser()
    const expected = [accepted === 'fr' ? 'fr' : 'en', 'Contoso']

    const login = await browser.navigate(`${site.origin}/`, { headers })
    const [language, appName, loginUrl = ''] = login.text.split(' ')
    const redirect = await browser.navigate(loginUrl)
    await sendToCallback(browser, await provider.signIn(redirect.location ?? ''))
    const error = await browser.navigate(`${site.origin}/redirect`, { headers })
    await browser.navigate(`${site.origin}/admin`, { headers })
    await browser.navigate(`${site.origin}/logout`, { headers })

    expect([language, appName]).toEqual(expected)
    expect(shown).toEqual({ error: expected, forbidden: expected, loggedOut: expected })
    // The language of the application's HTML is not known.
    expect(error.headers['content-language']).toBeUndefined()
    expect(error.headers['vary']).toBe('Cookie, Accept-Language')
  })
})

describe('the name and the logo', () => {
  test('are at the top, escaped, and the policy allows only this logo', async ({ errorPageOf }) => {
    const logo = '/a;b,c/logo.svg?v=1'
    const { site, response } = await errorPageOf({ appName: '<b>Contoso</b>', logo })

    expect(response.text).toContain('· &lt;b&gt;Contoso&lt;/b&gt;</title>')
    expect(response.text).toContain(
      `<header><img src="${site.origin}/a;b,c/logo.svg?v=1" alt="&lt;b&gt;Contoso&lt;/b&gt;" referrerpolicy="no-referrer"></header>`,
    )
    // The query is not part of a source, and the path cannot add a directive.
    expect(response.headers['content-security-policy']).toContain(
      `; img-src ${site.origin}/a%3Bb%2Cc/logo.svg; base-uri 'none'`,
    )
  })

  test('the logo replaces the name, which screen readers read', async ({ errorPageOf }) => {
    const logo = 'https://cdn.example/logo.png'
    const { response } = await errorPageOf({ appName: 'Contoso "Expenses"', logo })

    expect(response.text).toContain(
      `<header><img src="${logo}" alt="Contoso &quot;Expenses&quot;" referrerpolicy="no-referrer"></header>`,
    )
    expect(response.headers['content-security-policy']).toContain(
      'img-src https://cdn.example/logo.png;',
    )
  })

  test('without a logo, the name is a text', async ({ errorPageOf }) => {
    const { response } = await errorPageOf({ appName: '<b>Contoso</b>' })

    expect(response.text).toContain('<header>&lt;b&gt;Contoso&lt;/b&gt;</header>')
  })

  test('do not hide the problem of a redirect URI without a scheme', async () => {
    const options = { redirectUri: 'localhost:3000/redirect', logo: '/logo.svg' }
    const auth = new Auth({ logger: {}, ...options }, { NODE_ENV: 'development' })

    expect(auth.problems).toContainEqual(expect.objectContaining({ option: 'redirectUri' }))
    const response = await auth.handle(new Request('http://localhost:3000/login'))
    expect(await response?.text()).toContain('<img src="/logo.svg"')
  })

  test('a logo can be a data URL, and has an empty text without a name', async ({
    errorPageOf,
  }) => {
    const { response } = await errorPageOf({ logo: 'data:image/png;base64,iVBORw0KGgo=' })

    expect(response.headers['content-security-policy']).toContain('img-src data:;')
    expect(response.text).toContain('base64,iVBORw0KGgo=" alt="" referrerpolicy')
  })

  test('without them, the policy allows no image and the page has no header', async ({
    errorPageOf,
  }) => {
    const { response } = await errorPageOf({})

    expect(response.headers['content-security-policy']).not.toContain('img-src')
    expect(response.text).not.toContain('<header>')
  })

  test.each([
    '//evil.example/logo.svg',
    '/\\evil.example/logo.svg',
    'http://example.com/logo.svg',
    'javascript:alert(1)',
    'data:text/html,<script>',
    'logo.svg',
    'https://',
    ' ',
    7,
    null,
    { url: '/logo.svg' },
  ])('%s is not a logo', (logo) => {
    const found = problemsOf({ logo } as unknown as AuthOptions)
    expect(found).toEqual([['logo', expect.stringContaining("Auth({ logo: '/logo.svg' })")]])
  })

  test('other values are problems', () => {
    expect(problemsOf({ appName: ' ' })).toEqual([
      ['appName', expect.stringContaining('non-empty')],
    ])
    expect(problemsOf({ appName: 7 } as unknown as AuthOptions)).toHaveLength(1)
  })
})

/** The contrast of two colors, `#rrggbb` (WCAG 2.2). */
function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [one, other]
    .map((color) => {
      const parts = [1, 3, 5].map((start) => Number(`0x${color.slice(start, start + 2)}`) / 255)
      const [r = 0, g = 0, b = 0] = parts.map((part) =>
        part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
      )
      return 0.2126 * r + 0.7152 * g + 0.0722 * b
    })
    .toSorted((a, b) => a - b)
  return (high + 0.05) / (low + 0.05)
}

const frameOf = (pages: Pages) =>
  createLoadedFrames(
    resolvePages({ pages }, new OptionReport(AUTH)),
    {},
  )({
    header: () => undefined,
  })

describe('the color', () => {
  test('is on the page, with a readable text on it', async ({ errorPageOf }) => {
    const { response } = await errorPageOf({ pages: { color: '#7a1f5c' } })
    const short = await errorPageOf({ pages: { color: '#FD0' } })
    // The provider did not send an ID.
    expect(response.text).toMatch(
      /details:<\/p>\n<p>invalid_request<\/p>\n<p>Correlation ID [\da-f]{8}<\/p>\n<p><time /,
    )
    const none = await errorPageOf({})

    expect(response.text).toContain(':root{--accent:#7a1f5c;--on-accent:#fff}')
    expect(short.response.text).toContain(':root{--accent:#FD0;--on-accent:#000}')
    expect(none.response.text.match(/--accent:/g)).toHaveLength(1)
  })

  test('has a contrast of 4.5 or more with its text, whichever color it is', async () => {
    const steps = ['00', '1c', '33', '4b', '66', '76', '77', '80', '99', 'b3', 'cc', 'e6', 'ff']
    const colors = steps.flatMap((r) => steps.flatMap((g) => steps.map((b) => `#${r}${g}${b}`)))
    const texts = new Set<string>()
    for (const color of colors) {
      const { colors: css } = await frameOf({ color })
      const [, text = ''] = /--on-accent:#(\w{3})\}/.exec(css) ?? []
      texts.add(text)
      const whole = text.replaceAll(/./g, '$&$&')
      expect([color, contrast(color, `#${whole}`) >= 4.5]).toEqual([color, true])
    }
    expect([...texts].toSorted()).toEqual(['000', 'fff'])
  })

  test.each([
    'red',
    '#12',
    '#12345',
    '7a1f5c',
    '#7a1f5c;}body{display:none',
    '',
    7,
    null,
    ['#fff'],
  ])('%j is not a color', async (color) => {
    const found = problemsOf({ pages: { color } } as unknown as AuthOptions)
    expect(found).toEqual([
      [
        'pages.color',
        expect.stringContaining('#rrggbb or #rgb, for example Auth({ pages: { color'),
      ],
    ])
    // The page with the problem does not use it.
    const options = { pages: { color }, logger: {} } as unknown as AuthOptions
    const auth = new Auth(options, { NODE_ENV: 'development' })
    const response = await auth.handle(new Request('http://localhost/login'))
    expect((await response?.text())?.match(/--accent:/g)).toHaveLength(1)
  })
})

describe('the link to the support', () => {
  const support = (text: string): string | undefined =>
    /<a href="([^"]*)"[^>]*>Contact support<\/a>/.exec(text)?.[1]

  test('is on the page of an error, and its subject names the error', async ({ errorPageOf }) => {
    const pages = { supportUrl: 'mailto:help@contoso.com' }
    const { response } = await errorPageOf({ appName: 'Contoso & Co', pages })

    const time = /datetime="([^"]+)"/.exec(response.text)?.[1]
    const id = /Correlation ID (\w+)/.exec(response.text)?.[1]
    const subject = `Contoso & Co invalid_request ${id} ${time}`
    expect(support(response.text)).toBe(
      `mailto:help@contoso.com?subject=${encodeURIComponent(subject)}`,
    )
    const none = await errorPageOf({})
    expect(none.response.text).not.toContain('Contact support')
  })

  test('carries the ID of the failed request, in the page and in the page of the application', async ({
    openSite,
  }) => {
    const supportUrl = 'https://help.contoso.com/new?id={id}&code={code}&at={time}'
    const own = await openSite({
      pages: { supportUrl, error: (page) => `${page.supportUrl} ${page.correlationId}` },
    })
    const standard = await openSite({ pages: { supportUrl } })
    const decline = async (site: typeof own) => {
      const browser = new Browser()
      const start = await site.startSignIn(browser, { path: '/me', consent: false })
      return sendToCallback(browser, start)
    }

    const [url = '', id = ''] = (await decline(own)).text.split(' ')
    const { text } = await decline(standard)

    expect(id).toMatch(/^[0-9a-f-]{36}$/)
    expect(url).toMatch(
      new RegExp(`new\\?id=${id}&code=access_denied&at=\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z$`),
    )
    expect(text).toContain(
      '<p>If you ask for help, send these details:</p>\n<p>access_denied</p>\n',
    )
    const [, shown] = /<p>Correlation ID (\S+)<\/p>/.exec(text) ?? []
    expect(support(text)).toContain(`new?id=${shown}&amp;code=access_denied&amp;at=`)
  })

  test('does not repeat other characters of an ID, which can come from a URL', async () => {
    const frame = await frameOf({ supportUrl: 'https://help.contoso.com/{id}' })
    const id = 'alex@contoso.com?x=1&y\n\uD800/../%0A'

    expect(supportUrlOf(frame, { id })).toBe('https://help.contoso.com/alexcontoso.comx1y..0A')
    const mail = await frameOf({ supportUrl: 'mailto:help@contoso.com' })
    expect(supportUrlOf(mail, { id })).toMatch(/^mailto:help@contoso\.com\?subject=[\w.]+$/)
  })

  test('is on the page for users who are not allowed', async ({ openSite }) => {
    const site = await openSite({ pages: { supportUrl: 'https://help.contoso.com/?c={code}' } })
    site.app.get('/admin', site.auth.loginRequired({ roles: ['Nobody'] }))

    const { text } = await (await site.signIn()).navigate(`${site.origin}/admin`)

    expect(support(text)).toBe('https://help.contoso.com/?c=access_denied')
  })

  test('is on the neutral page in production, and does not say what is wrong', async () => {
    const pages = { supportUrl: 'https://help.contoso.com/?code={code}' }
    const auth = new Auth({ logger: {}, pages }, { NODE_ENV: 'production' })
    const response = await auth.handle(new Request('http://localhost/login'))

    expect(support((await response?.text()) ?? '')).toBe('https://help.contoso.com/?code=')
  })

  test.each([
    'http://help.contoso.com',
    'javascript:alert(1)',
    'mailto:',
    'mailto:help',
    'help@contoso.com',
    '/help',
    'https://',
    'https://help.contoso.com/{user}',
    // The ID can come from a URL, so it must not change the host.
    'https://{id}/help',
    'https://help.contoso.com{id}',
    'https://help.contoso.com:{id}/',
    'mailto:help@contoso.com{id}',
    'mailto:help@{code}.contoso.com?subject={id}',
    'https://help.contoso.com/a b',
    '',
    7,
    null,
    ['https://help.contoso.com'],
  ])('%j is not the URL of a support', (supportUrl) => {
    const found = problemsOf({ pages: { supportUrl } } as unknown as AuthOptions)
    expect(found).toEqual([
      ['pages.supportUrl', expect.stringMatching(/must be an https: or mailto: URL.*mailto:help@/)],
    ])
  })
})

describe('the texts of the application', () => {
  test('replace single texts of a language', async ({ errorPageOf }) => {
    const texts = { de: { tryAgain: 'Noch mal <3', backToApp: undefined } }
    const { response } = await errorPageOf({ texts }, { 'accept-language': 'de' })

    expect(response.text).toContain('class="primary">Noch mal &lt;3</a>')
    expect(response.text).toContain('Zurück zur Anwendung')
  })

  test.each([
    [{ texts: { de: { signin: 'x' } } }, 'texts.de', 'Did you mean signIn?'],
    [{ texts: { de: { signIn: '' } } }, 'texts.de', 'texts.de.signIn must be a non-empty string'],
    [{ texts: { de: { signIn: 1 } } }, 'texts.de', 'texts.de.signIn must be a non-empty string'],
    [{ texts: { de: 'x' } }, 'texts.de', 'must be an object with texts'],
    [{ texts: { sv: {} } }, 'texts.sv', 'languages does not'],
    [{ texts: { fr: {} }, languages: [german] }, 'texts.fr', 'The pages have the languages de.'],
    [{ texts: ['x'] }, 'texts', 'must be an object with language tags'],
    [{ texts: { de: { signIn: '{user}' } } }, 'texts.de', 'placeholder {user}'],
    [{ texts: { de: { correlationId: '{time}' } } }, 'texts.de', 'only {id}'],
    [{ languages: [] }, 'languages', 'at least one language'],
    [{ languages: ['de'] }, 'languages', 'languages[0] must be a language with a tag'],
    [{ languages: [german, german] }, 'languages', 'contains de twice'],
    [{ languages: [{ tag: 'de_AT', texts: {} }] }, 'languages', 'with a tag'],
    [{ languages: [{ tag: 'sv', texts: {} }] }, 'languages', 'languages[0].texts.signIn must be'],
    [
      { languages: [{ tag: 'sv', texts: { ...english.texts, extra: 'x' } }] },
      'languages',
      'no option extra',
    ],
  ])('%o is a problem of %s', (options, option, message) => {
    expect(problemsOf(options as unknown as AuthOptions)).toEqual([
      [option, expect.stringContaining(message)],
    ])
  })

  test('cannot name a language that the object inherits', () => {
    const texts = JSON.parse('{"__proto__": {"signIn": "x"}}') as object
    expect(problemsOf({ texts })).toEqual([['texts.__proto__', expect.any(String)]])
  })
})

describe('a signed-in user', () => {
  test('who declines a permission reads that they are still signed in', async ({ site }) => {
    const browser = await site.signIn()
    const declined = await sendToCallback(
      browser,
      await site.startSignIn(browser, { path: '/me', consent: false }),
    )

    expect(declined.status).toBe(403)
    expect(declined.text).toContain('The permission was not given')
    expect(declined.text).not.toContain('You were not signed in')
    expect(declined.text).toContain(
      `<a href="${site.origin}/" class="primary">Back to the application</a>`,
    )
    // The same user decides again. The account picker would be a detour.
    const again = await browser.navigate(linkUrl(declined, 'Try again'))
    const parameters = new URL(again.location ?? '').searchParams
    expect([parameters.get('prompt'), parameters.get('scope')]).toEqual([
      null,
      expect.stringContaining('User.Read'),
    ])
    expect((await browser.navigate(`${site.origin}/`)).status).toBe(200)
  })

  test('who cancels another sign-in reads that they are still signed in', async ({
    site,
    signedIn,
  }) => {
    const redirect = await signedIn.navigate(`${site.origin}/login?prompt=select_account`)
    const { searchParams } = new URL(redirect.location ?? '')
    const cancelled = new URL(`${site.origin}/redirect?error=access_denied`)
    cancelled.searchParams.set('state', searchParams.get('state') ?? '')

    const declined = await signedIn.navigate(cancelled.href)

    expect(declined.text).toContain('The sign-in was cancelled')
    expect(declined.text).toContain('class="primary">Back to the application</a>')
    expect((await signedIn.navigate(`${site.origin}/`)).text).toContain('Alex')
  })

  test('whose session has expired reads that they are not signed in', async ({ site, clock }) => {
    const browser = await site.signIn()
    clock.advance(8 * 24 * 3600)
    const declined = await sendToCallback(
      browser,
      await site.startSignIn(browser, { path: '/me', consent: false }),
    )

    expect(declined.text).toContain('You were not signed in')
  })
})

test('developers see the remedy first, and the text of the provider is folded', async ({
  site,
  provider,
}) => {
  provider.behave({
    faults: { token: { kind: 'error', error: 'invalid_client', status: 401, codes: [7000215] } },
  })
  const browser = new Browser()
  const { text } = await sendToCallback(browser, await site.startSignIn(browser))
  const [, hint, error] =
    /not shown in production\)<\/p>\s*<p>(.*?)<\/p>\s*<details><summary>The whole error<\/summary><p>(.*?)<\/p>/s.exec(
      text,
    ) ?? []

  expect(hint).toContain('IDENTITY_CLIENT_SECRET')
  expect(error).toContain('AADSTS7000215')
})
