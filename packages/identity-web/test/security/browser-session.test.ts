import type { SessionOptions } from '../../src/options/session-options.ts'
import { Agent, request as httpRequest } from 'node:http'
import { memoryStore } from 'identity-web'
import type { AuthOptions } from 'identity-web/express'
import { describe, expect, test as base } from '../support/fixtures.ts'
import type { Browser } from '../support/browser.ts'
import { SESSION_SECRET, type Site } from '../support/site.ts'

const KINDS: readonly (readonly [string, () => SessionOptions])[] = [
  ['cookies', () => ({})],
  ['a store', () => ({ store: memoryStore() })],
]

const test = base
  .extend('behaviour', { consent: 'skip' })
  .extend('calls', (): string[] => [])
  .extend(
    'start',
    ({ openSite, calls }) =>
      (options: AuthOptions = {}): Promise<Site> =>
        openSite({
          browser: {
            sessionView({ name }) {
              calls.push(name ?? '')
              return { name }
            },
          },
          ...options,
          session: { secret: SESSION_SECRET, ...options.session },
        }),
  )
  .extend('site', ({ start }) => start())

/** Sends a request with the cookies of a browser, and returns every byte of the response. */
async function bytesOf(
  { origin }: Site,
  { cookies }: Browser,
  { method = 'GET', headers = {} }: { method?: string; headers?: Record<string, string> } = {},
): Promise<string> {
  const cookie = [...cookies].map(([name, { value }]) => `${name}=${value}`).join('; ')
  return new Promise((resolve, reject) => {
    httpRequest(
      `${origin}/session`,
      { method, agent: new Agent(), headers: { cookie, ...headers } },
      (response) => {
        let body = ''
        response
          .setEncoding('utf8')
          .on('data', (chunk: string) => (body += chunk))
          .on('end', () => resolve([response.statusCode, ...response.rawHeaders, body].join('\n')))
      },
    )
      .on('error', reject)
      .end()
  })
}

const OWN = { 'sec-fetch-site': 'same-origin' }
const EVIL = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }

describe.each(KINDS)('the tokens of a session in %s', (_kind, session) => {
  test('do not leave the server through the session endpoint', async ({ start, clock }) => {
    const issued: string[] = []
    const site = await start({
      session: session(),
      fetch: async (input, init) => {
        const response = await fetch(input, init)
        const body: unknown = await response.clone().json()
        const { access_token, id_token, refresh_token } = body as Record<string, string | undefined>
        for (const token of [access_token, id_token, refresh_token]) if (token) issued.push(token)
        return response
      },
    })
    const browser = await site.signIn({ path: '/token' })
    const { accessToken } = (await browser.navigate(`${site.origin}/token`)).json() as {
      readonly accessToken: string
    }
    const responses: string[] = []
    for (const method of ['GET', 'HEAD', 'POST', 'PUT']) {
      responses.push(await bytesOf(site, browser, { method, headers: OWN }))
      responses.push(await bytesOf(site, browser, { method, headers: EVIL }))
    }
    // The session is refreshed, so it has other tokens.
    clock.advance(2 * 3600)
    responses.push(await bytesOf(site, browser, { method: 'POST', headers: OWN }))

    expect(responses[0]).toContain('"name":"Alex Rivera"')
    expect(issued).toContain(accessToken)
    expect(issued.length).toBeGreaterThanOrEqual(6)
    for (const response of responses) {
      expect(response).not.toContain('eyJ')
      for (const secret of [SESSION_SECRET, ...issued]) {
        expect(response).not.toContain(secret)
      }
    }
  })
})

describe('a page of another site', () => {
  test.for([
    ['fetch without credentials', EVIL],
    ['an image', { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'image' }],
    [
      'a script element (JSON hijacking)',
      { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'script' },
    ],
    [
      'a link',
      {
        'sec-fetch-site': 'cross-site',
        'sec-fetch-mode': 'navigate',
        'sec-fetch-dest': 'document',
      },
    ],
    ['an iframe of a sibling', { 'sec-fetch-site': 'same-site', 'sec-fetch-dest': 'iframe' }],
    ['a form of an old browser', { origin: 'https://evil.example' }],
    ['a sandboxed frame of an old browser', { origin: 'null', 'x-csrf': '1' }],
    ['a link of an old browser', {}],
    ['two values', { 'sec-fetch-site': 'same-origin, cross-site' }],
  ] as const)(
    'learns nothing and extends nothing by %s',
    async ([, headers], { clock, calls, site, signedIn }) => {
      clock.advance(12 * 3600)

      for (const method of ['GET', 'POST']) {
        const response = await bytesOf(site, signedIn, { method, headers: { ...headers } })
        expect(response).toMatch(/^403\n/)
        expect(response).not.toMatch(/Alex|access-control|set-cookie/i)
      }
      // The view is not even made, so its time tells nothing.
      expect(calls).toEqual([])
    },
  )

  test('gets no permission by a preflight', async ({ start }) => {
    const site = await start({ trustedOrigins: ['https://app.example'] })
    const browser = await site.signIn()

    for (const origin of ['https://evil.example', 'https://app.example']) {
      const headers = {
        origin,
        'sec-fetch-site': 'cross-site',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'x-csrf',
      }
      const response = await bytesOf(site, browser, { method: 'OPTIONS', headers })
      expect(response).toMatch(/^403\n/)
      expect(response.toLowerCase()).not.toContain('access-control')
    }
  })

  test('may be trusted, and must then send the header', async ({ start }) => {
    const site = await start({ trustedOrigins: ['https://app.example'] })
    const browser = await site.signIn()
    const headers = { origin: 'https://app.example', 'sec-fetch-site': 'cross-site' }

    expect(await bytesOf(site, browser, { headers })).toMatch(/^403\n/)
    expect(await bytesOf(site, browser, { headers: { ...headers, 'x-csrf': '1' } })).toMatch(
      /^200\n/,
    )
  })

  test('does not write the headers of the attacker into the log as they are', async ({
    site,
    signedIn,
  }) => {
    await bytesOf(site, signedIn, { headers: { ...EVIL, origin: 'https://evil.example/<script>' } })

    expect(site.logs.at(-1)).toContain('https://evil.example/?script?')
  })
})

describe('the response', () => {
  test('cannot be stored or interpreted as another type', async ({ site, signedIn }) => {
    const response = (await bytesOf(site, signedIn, { headers: OWN })).toLowerCase()

    expect(response).toContain('cache-control\nprivate, no-store')
    expect(response).toContain('vary\ncookie')
    expect(response).toContain('content-type\napplication/json')
    expect(response).toContain('x-content-type-options\nnosniff')
  })
})
