import { describe, expect, test } from 'vitest'
import type { IdentityError } from 'identity-web'
import { checkCaller, type BrowserCallerOptions } from '../../src/web/http/browser-caller.ts'
import { createCrossSiteCheck, type CrossSiteOptions } from '../../src/web/http/cross-site.ts'

const OWN = 'https://app.example.com'
const TRUSTED = 'https://embed.example.net'
const EVIL = 'https://evil.example'

const SETTINGS: CrossSiteOptions = {
  origin: OWN,
  trustedOrigins: [TRUSTED],
}
const WITHOUT_ORIGIN: CrossSiteOptions = { ...SETTINGS, origin: undefined, trustedOrigins: [] }

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'QUERY', 'PROPFIND']
const CSRF = { 'x-csrf': '1' }
const TYPED = {
  'sec-fetch-site': 'none',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-dest': 'document',
}

type Headers = Readonly<Record<string, string>>

function toRequest(headers: Headers, method: string) {
  return { method, header: (name: string): string | undefined => headers[name] }
}

function isAllowed(
  headers: Headers,
  {
    method = 'GET',
    settings = SETTINGS,
    ...options
  }: BrowserCallerOptions & { method?: string; settings?: CrossSiteOptions } = {},
): boolean {
  return checkCaller(settings, toRequest(headers, method), options) === true
}

const ALLOWED: readonly [sender: string, headers: Headers][] = [
  ['a script of the own page', { 'sec-fetch-site': 'same-origin' }],
  ['a script of the own page, with Origin', { 'sec-fetch-site': 'same-origin', origin: OWN }],
  ['an old browser without Origin', CSRF],
  ['an old browser with the own Origin', { ...CSRF, origin: OWN }],
  ['an old browser with a trusted Origin', { ...CSRF, origin: TRUSTED }],
  ['a trusted site', { ...CSRF, origin: TRUSTED, 'sec-fetch-site': 'cross-site' }],
  ['a trusted sibling', { ...CSRF, origin: TRUSTED, 'sec-fetch-site': 'same-site' }],
]

const REJECTED: readonly [sender: string, headers: Headers][] = [
  ['no header at all', {}],
  ['a link, an image or a form of an old browser', { origin: OWN }],
  ['another site', { origin: EVIL, 'sec-fetch-site': 'cross-site' }],
  ['another site with the header', { ...CSRF, origin: EVIL, 'sec-fetch-site': 'cross-site' }],
  ['another site of an old browser', { ...CSRF, origin: EVIL }],
  [
    'a sibling subdomain',
    { ...CSRF, origin: 'https://x.example.com', 'sec-fetch-site': 'same-site' },
  ],
  ['an image of another site', { ...CSRF, 'sec-fetch-site': 'cross-site' }],
  ['a navigation that the user typed', TYPED],
  ['a typed navigation with the header', { ...TYPED, ...CSRF }],
  [
    'the own Origin with a foreign Sec-Fetch-Site',
    { ...CSRF, origin: OWN, 'sec-fetch-site': 'cross-site' },
  ],
  ['a trusted site without the header', { origin: TRUSTED, 'sec-fetch-site': 'cross-site' }],
  ['a trusted site of an old browser without the header', { origin: TRUSTED }],
  // Sandboxed frames, local files and data: URLs send `null`.
  ['Origin: null', { ...CSRF, origin: 'null' }],
  ['an empty Origin', { ...CSRF, origin: '' }],
  ['two origins, separated by a space', { ...CSRF, origin: `${OWN} ${EVIL}` }],
  ['two origins, separated by a comma', { ...CSRF, origin: `${OWN}, ${EVIL}` }],
  ['two trusted origins', { ...CSRF, origin: `${TRUSTED}, ${TRUSTED}` }],
  ['an origin in upper case', { ...CSRF, origin: OWN.toUpperCase() }],
  ['an origin with a slash', { ...CSRF, origin: `${OWN}/` }],
  ['an origin with a path', { ...CSRF, origin: `${OWN}/page` }],
  ['an origin with the default port', { ...CSRF, origin: `${OWN}:443` }],
  ['an origin with another port', { ...CSRF, origin: `${OWN}:8443` }],
  ['an origin without TLS', { ...CSRF, origin: OWN.replace('https', 'http') }],
  ['an origin that only starts with the own one', { ...CSRF, origin: `${OWN}.evil.example` }],
  [
    'an origin that only ends with the own host',
    { ...CSRF, origin: 'https://evil-app.example.com' },
  ],
  ['an origin with a user', { ...CSRF, origin: 'https://app.example.com@evil.example' }],
  ['an origin with white space', { ...CSRF, origin: ` ${OWN}` }],
  ['Sec-Fetch-Site in upper case', { 'sec-fetch-site': 'Same-Origin' }],
  ['an empty Sec-Fetch-Site', { ...CSRF, 'sec-fetch-site': '' }],
  ['several values of Sec-Fetch-Site', { 'sec-fetch-site': 'same-origin, same-origin' }],
  ['several values with the header', { ...CSRF, 'sec-fetch-site': 'same-origin, cross-site' }],
  ['Sec-Fetch-Site with a parameter', { 'sec-fetch-site': 'same-origin;a=1' }],
  ['Sec-Fetch-Site as a string', { 'sec-fetch-site': '"same-origin"' }],
  ['an unknown Sec-Fetch-Site', { ...CSRF, 'sec-fetch-site': 'same-party', origin: OWN }],
  ['another value of the header', { 'x-csrf': 'true' }],
  ['two values of the header', { 'x-csrf': '1, 1' }],
  ['an empty header', { 'x-csrf': '' }],
  ['the default name of a header that has another name', { 'x-csrf-token': '1' }],
  ['a Host that names the origin of the attacker', { ...CSRF, origin: EVIL, host: 'evil.example' }],
  ['a Referer of the own page', { referer: `${OWN}/` }],
]

describe.each(METHODS)('with %s, the session endpoint and a forwarded path', (method) => {
  test.for(ALLOWED)('accept %s', ([, headers]) => {
    expect(isAllowed(headers, { method })).toBe(true)
  })

  test.for(REJECTED)('reject %s', ([, headers]) => {
    expect(isAllowed(headers, { method })).toBe(false)
  })

  test('accept only requests that guards accept, too', () => {
    const guard = createCrossSiteCheck(SETTINGS)
    const accepted = [...ALLOWED, ...REJECTED].filter(([, headers]) =>
      isAllowed(headers, { method }),
    )

    expect(accepted).toHaveLength(ALLOWED.length)
    for (const [sender, headers] of accepted) {
      expect([sender, guard.isAllowed(toRequest(headers, method))]).toEqual([sender, true])
    }
  })
})

describe('a navigation that the user typed', () => {
  const forwarded = { allowTypedNavigation: true }

  test('reaches a forwarded path, for downloads', () => {
    expect(isAllowed(TYPED, forwarded)).toBe(true)
  })

  test.for<[string, Headers, string?]>([
    ['with another method', TYPED, 'POST'],
    ['that only asks for the headers', TYPED, 'HEAD'],
    ['in an iframe', { ...TYPED, 'sec-fetch-dest': 'iframe' }],
    ['in an object', { ...TYPED, 'sec-fetch-dest': 'object' }],
    ['without a destination', { 'sec-fetch-site': 'none' }],
    ['in upper case', { ...TYPED, 'sec-fetch-site': 'None' }],
    ['that the browser guesses while the user types', { ...TYPED, 'sec-purpose': 'prefetch' }],
    ['that is a link of another site', { ...TYPED, 'sec-fetch-site': 'cross-site' }],
    ['that is a link of a sibling', { ...TYPED, 'sec-fetch-site': 'same-site' }],
    ['of an old browser', { accept: 'text/html' }],
  ])('does not reach a forwarded path %s', ([, headers, method = 'GET']) => {
    expect(isAllowed(headers, { ...forwarded, method })).toBe(false)
  })
})

describe('in the device code flow, which does not know its own origin', () => {
  const settings = WITHOUT_ORIGIN

  test('the Host header names the own host', () => {
    const host = 'device.example.com:8080'
    const own = { ...CSRF, host, origin: `http://${host}` }

    expect(isAllowed(own, { settings })).toBe(true)
    expect(isAllowed({ ...own, origin: EVIL }, { settings })).toBe(false)
    expect(isAllowed({ ...own, origin: 'null' }, { settings })).toBe(false)
    expect(isAllowed({ ...CSRF, origin: `http://${host}` }, { settings })).toBe(false)
  })
})

describe('the error', () => {
  const errorOf = (headers: Headers, settings = SETTINGS): IdentityError | undefined => {
    const checked = checkCaller(settings, toRequest(headers, 'GET'))
    return checked === true ? undefined : checked
  }

  test.for<[Headers, string[]]>([
    [{}, ['without the header x-csrf: 1', "headers: { 'x-csrf': '1' }"]],
    [{ origin: TRUSTED }, ['without the header x-csrf: 1']],
    [{ origin: EVIL, 'sec-fetch-site': 'cross-site' }, [EVIL, 'cross-site', OWN, 'trustedOrigins']],
    [TYPED, ['without Origin and Sec-Fetch-Site: none', OWN]],
    [{ ...CSRF, origin: 'https://evil.example/<b>\r\n' }, ['https://evil.example/?b???']],
  ])('of %j says what to change', ([headers, expected]) => {
    const { code, status, message, hint } = errorOf(headers) ?? {}

    expect([code, status]).toEqual(['access_denied', 403])
    for (const words of expected) expect(`${message} ${hint}`).toContain(words)
  })
})
