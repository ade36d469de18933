import * as fc from 'fast-check'
import { describe, expect, test as base } from '../support/fixtures.ts'
import { toReturnPath } from '../../src/seams/return-to.ts'
import { sendRaw } from '../support/raw.ts'
import { Browser, sendToCallback } from '../support/site.ts'

const test = base
  .extend('site', async ({ openSite }) => {
    const site = await openSite()
    site.app.get('/begin', async (req, res) => {
      await site.auth.login(req, res, { returnTo: req.query['to'] as string })
    })
    site.app.use(site.auth.loginRequired(), (_req, res) => void res.send('inside'))
    return site
  })

  /** Returns the location at the end of a sign-in that started at this URL. */
  .extend(
    'finalLocation',
    ({ provider }) =>
      async (beginning: string): Promise<string | undefined> => {
        const browser = new Browser()
        const redirect = await browser.navigate(beginning)
        const response = await sendToCallback(
          browser,
          await provider.signIn(redirect.location ?? ''),
        )
        expect(response.status).toBe(302)
        return response.location
      },
  )

  /** Starts a sign-in with the target of a request line and completes it. */
  .extend(
    'finalLocationOf',
    ({ site, provider }) =>
      async (target: string): Promise<string | undefined> => {
        const redirect = await sendRaw(site.origin, [
          `GET ${target} HTTP/1.1`,
          'Host: localhost',
          'Accept: text/html',
        ])
        const [, name, value] =
          /^set-cookie: (identity-flow-[^=]+)=([^;]*)/im.exec(redirect.head) ?? []
        const back = await provider.signIn(redirect.location ?? '')
        const response = await new Browser().navigate(back.url.href, {
          headers: { cookie: `${name}=${value}` },
        })
        expect(response.status).toBe(302)
        return response.location
      },
  )

const ORIGIN = 'https://app.example'

/** URLs of another origin, and strings that a browser or a proxy may interpret as one. */
const EVIL = [
  '//evil.example',
  '///evil.example',
  '////evil.example/..',
  '/\\evil.example',
  '\\\\evil.example',
  '\\/evil.example',
  '/\\/evil.example',
  '/%2f/evil.example',
  '/%2Fevil.example',
  '/%5cevil.example',
  '/%5C%5Cevil.example',
  '/./%2fevil.example',
  '/x/../%5cevil.example',
  '/%2e/%2Fevil.example',
  '/..%2f/evil.example',
  '/..%5c/evil.example',
  '/..%2F%2Fevil.example',
  '/%2e%2e%2f/evil.example',
  '/.%2f/evil.example',
  '/x%2f..%2f/evil.example',
  '/x/..%2f..%2f/evil.example',
  '/%252fevil.example',
  '/..%252f/evil.example',
  '/%25252e%25252e%25252f/evil.example',
  '/\t/evil.example',
  '\t//evil.example',
  '/\n/evil.example',
  '/\r\n/evil.example',
  ' //evil.example',
  '/.//evil.example',
  '/..//evil.example',
  '/%2e//evil.example',
  '/x/..//evil.example',
  '/x/%2e%2e//evil.example',
  'https:evil.example',
  'https:/evil.example',
  'https://evil.example',
  'HTTPS://EVIL.EXAMPLE',
  'http://evil.example',
  'javascript:alert(1)',
  'JavaScript:alert(1)//',
  '/\u0000javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'blob:https://evil.example/1',
  'file:///etc/passwd',
  '@evil.example',
  'user@evil.example',
  'user:password@evil.example/',
  '.evil.example',
  ':80/evil',
  'evil.example',
  '?next=//evil.example',
  '#//evil.example',
  '',
  '.',
  '..',
  '\uFF0F\uFF0Fevil.example',
  '\u2215\u2215evil.example',
  '/\u0000/evil.example',
  '/a\u0000b',
  '/a\r\nSet-Cookie: planted=1',
  '/a\u0085b',
  '/a\u007Fb',
  '/a\\b',
  `/${'a'.repeat(2000)}`,
]

/** Absolute URLs, even of this origin, are not paths. */
const OWN = [ORIGIN, `${ORIGIN}/page`, '//app.example/page', 'https:/page']

const FINE = [
  ['/', '/'],
  ['/page', '/page'],
  ['/page?a=1&b=%2F%2Fevil.example#part', '/page?a=1&b=%2F%2Fevil.example#part'],
  ['/page?next=https://evil.example', '/page?next=https://evil.example'],
  ['/a//b', '/a//b'],
  ['/a/%2f/b', '/a/%2f/b'],
  ['/a/b/..%2fc', '/a/b/..%2fc'],
  ['/go/https%3A%2F%2Fevil.example', '/go/https%3A%2F%2Fevil.example'],
  ['/100%25/%E6%97%A5', '/100%25/%E6%97%A5'],
  ['/@user', '/@user'],
  ['/a/../b', '/b'],
  ['/日本', '/%E6%97%A5%E6%9C%AC'],
  ['/\uFF0F\uFF0Fevil.example', '/%EF%BC%8F%EF%BC%8Fevil.example'],
] as const

describe('toReturnPath', () => {
  test.each([...EVIL, ...OWN])('rejects %j', (value) => {
    expect(toReturnPath(value, ORIGIN)).toBeUndefined()
  })

  test.each(FINE)('accepts %j', (value, path) => {
    expect(toReturnPath(value, ORIGIN)).toBe(path)
  })

  test.each([undefined, null, 1, {}, ['/page'], Symbol('/page')])(
    'rejects values that are not strings',
    (value) => {
      expect(toReturnPath(value, ORIGIN)).toBeUndefined()
    },
  )

  // oxfmt-ignore
  const pieces = fc.constantFrom(
    '/', '\\', '.', '..', ':', '@', '?', '#', '%2f', '%5C', '%2e', '%09', '\t', '\n', '\r',
    '\0', ' ', 'evil.example', 'https:', 'javascript:', '\u2028', '\uFF0F', '\uD800', 'a',
  )
  const dots = fc.constantFrom('/', '.', '..', '%2e', '%2f', '%5C', '\\', 'a')
  const hostile = fc.oneof(
    fc.array(dots, { maxLength: 6 }).map((list) => `/${list.join('')}`),
    fc.array(pieces, { maxLength: 10 }).map((list) => list.join('')),
    fc.array(pieces, { maxLength: 10 }).map((list) => `/${list.join('')}`),
    fc.string({ unit: 'binary' }).map((text) => `/${text}`),
    fc.string({ unit: 'binary' }),
  )

  test('returns a path that stays on this origin, for browsers and decoding proxies, or undefined', () => {
    fc.assert(
      fc.property(hostile, (value) => {
        const path = toReturnPath(value, ORIGIN)
        if (path === undefined) return
        expect(new URL(path, ORIGIN).origin).toBe(ORIGIN)
        expect(path).toMatch(/^\/(?![/\\])[!-~]*$/)
        expect(path).not.toMatch(/^\/%(2f|5c)/i)
      }),
      { numRuns: 5000, seed: 1 },
    )
  })

  test('accepts its own result, and returns it unchanged', () => {
    fc.assert(
      fc.property(hostile, (value) => {
        const path = toReturnPath(value, ORIGIN)
        expect(path === undefined || toReturnPath(path, ORIGIN) === path).toBe(true)
      }),
      { numRuns: 5000, seed: 1 },
    )
  })

  // It is part of `state`. If it is too long after encoding, servers reject the URL.
  test('counts the length of its result', () => {
    expect(toReturnPath(`/${'日'.repeat(1900)}`, ORIGIN)?.length ?? 0).toBeLessThanOrEqual(2000)
  })
})

// The tests above check the function. These tests show that every route uses it.
const SOME = [
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  '/.//evil.example',
  '/%2f/evil.example',
  'https://evil.example',
  'https:evil.example',
  'javascript:alert(1)',
  '/a\r\nSet-Cookie: planted=1',
]

describe('the login route', () => {
  test.for(SOME)('leads to the root instead of %j', async (value, { finalLocation, site }) => {
    const query = new URLSearchParams({ return_to: value })

    expect(await finalLocation(`${site.origin}/login?${query}`)).toBe('/')
  })

  test('leads to the root instead of an absolute URL of this origin', async ({
    site,
    finalLocation,
  }) => {
    const query = new URLSearchParams({ return_to: `${site.origin}/other` })

    expect(await finalLocation(`${site.origin}/login?${query}`)).toBe('/')
  })

  test('leads to the requested page', async ({ finalLocation, site }) => {
    const query = new URLSearchParams({ return_to: '/other?a=1&b=%2F' })

    expect(await finalLocation(`${site.origin}/login?${query}`)).toBe('/other?a=1&b=%2F')
  })

  test.for(['/logout', '/login', '/redirect', '/x/../logout', '/logout?a=1', '/%2e/logout#a'])(
    'leads to the root instead of %s, which belongs to the sign-in',
    async (value, { finalLocation, site }) => {
      const query = new URLSearchParams({ return_to: value })

      expect(await finalLocation(`${site.origin}/login?${query}`)).toBe('/')
    },
  )

  test('does not read other authorization parameters from its URL', async ({ site }) => {
    const query = 'prompt=none&scope=Mail.ReadWrite&redirect_uri=https://evil.example&acr_values=1'

    const { location } = await new Browser().navigate(`${site.origin}/login?${query}`)

    const asked = new URL(location ?? '').searchParams
    expect(asked.get('redirect_uri')).toBe(`${site.origin}/redirect`)
    expect(asked.get('scope')).toBe('openid profile email offline_access')
    expect(asked.has('prompt')).toBe(false)
    expect(asked.has('acr_values')).toBe(false)
  })

  test('does not read scopes from a request that was not encrypted here', async ({ site }) => {
    const query = new URLSearchParams({ request: '{"scopes":["Mail.ReadWrite"]}' })

    const { location } = await new Browser().navigate(`${site.origin}/login?${query}`)

    expect(new URL(location ?? '').searchParams.get('scope')).not.toContain('Mail')
  })

  test('does not return a login URL for another origin to a script', async ({ site }) => {
    const query = new URLSearchParams({ return_to: '//evil.example' })

    const response = await new Browser().script(`${site.origin}/login?${query}`)

    const { loginUrl } = response.json() as { loginUrl: string }
    expect(new URL(loginUrl).searchParams.get('return_to')).toBe('/')
  })
})

describe('auth.login()', () => {
  test.for(SOME)('leads to the root instead of %j', async (value, { finalLocation, site }) => {
    const query = new URLSearchParams({ to: value })

    expect(await finalLocation(`${site.origin}/begin?${query}`)).toBe('/')
  })

  test('leads to the page that the application specified', async ({ finalLocation, site }) => {
    expect(await finalLocation(`${site.origin}/begin?to=/other`)).toBe('/other')
  })
})

describe('the guard', () => {
  test.for([
    '//evil.example/',
    '///evil.example',
    '/\\evil.example',
    '/.//evil.example',
    '/%2f/evil.example',
    '/%5Cevil.example',
    'http://evil.example/',
  ])('leads to the root after a request for %s', async (target, { finalLocationOf }) => {
    expect(await finalLocationOf(target)).toBe('/')
  })

  test('leads to the requested page', async ({ finalLocationOf }) => {
    expect(await finalLocationOf('/deep/page?a=//evil.example')).toBe('/deep/page?a=//evil.example')
  })

  test.for([
    ['https://evil.example/page', '/'],
    ['https://long/page', '/'],
    ['//evil.example', '/'],
    ['own//evil.example', '/'],
    ['own@evil.example/', '/'],
    ['own.evil.example/', '/'],
    ['own/page?a=1', '/page?a=1'],
  ] as const)('sends a script on the page %s back to %s', async ([page, wanted], { site }) => {
    const referer = page
      .replace('own', site.origin)
      .replace('long', 'e'.repeat(site.origin.length - 'https://'.length))

    const response = await new Browser().script(`${site.origin}/api`, { headers: { referer } })

    const { loginUrl } = response.json() as { loginUrl: string }
    expect(new URL(loginUrl).searchParams.get('return_to')).toBe(wanted)
  })
})
