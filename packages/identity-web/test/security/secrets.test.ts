import { defaultConfig, type DevProvider, type Fault, type Sign } from 'identity-web-dev'
import { type AuthOptions, IdentityError } from 'identity-web/express'
import { inspect } from 'node:util'
import { describe, expect, test as base, vi } from '../support/fixtures.ts'
import { signedInUser } from '../support/attack.ts'
import type { BrowserResponse } from '../support/browser.ts'
import {
  Browser,
  IMPATIENT,
  SESSION_SECRET,
  sendToCallback,
  untilReady,
  type Site,
} from '../support/site.ts'

const CLIENT_SECRET = 'MARKED8Q~client_secret-of.the-tests'

type JsonObject = Record<string, unknown>

const consoleMethods = ['debug', 'log', 'info', 'warn', 'error'] as const
const [app, ...apps] = defaultConfig.apps

const base64 = (text: string): string => Buffer.from(text).toString('base64').slice(0, -4)

const test = base
  .extend('providerOptions', {
    config: { apps: [{ ...app!, clientSecret: CLIENT_SECRET }, ...apps] },
  })
  /** The secrets that must not be shown: name by value. */
  .extend(
    'secrets',
    () =>
      new Map([
        [CLIENT_SECRET, 'client secret'],
        [SESSION_SECRET, 'session secret'],
      ]),
  )
  /** Remembers the tokens of a token response as secrets. */
  .extend('recordSecrets', ({ secrets }) => (body: JsonObject): JsonObject => {
    for (const name of ['access_token', 'refresh_token', 'id_token']) {
      if (typeof body[name] === 'string') secrets.set(body[name], name)
    }
    return body
  })
  /** The responses of the site and the lines that it logged. After the test, they must not contain a secret. */
  .extend('outputs', { auto: true }, ({ secrets, recordSecrets, provider }, { onCleanup }) => {
    const outputs: string[] = []
    for (const method of consoleMethods) {
      vi.spyOn(console, method).mockImplementation((...args) => void outputs.push(inspect(args)))
    }
    provider.tamper = { tokenResponse: recordSecrets }
    onCleanup(() => {
      const text = outputs.join('\n')
      for (const [secret, name] of secrets) {
        for (const spelling of [secret, encodeURIComponent(secret), base64(secret)]) {
          const at = text.indexOf(spelling)
          if (at !== -1) {
            throw new Error(`The ${name} is shown: …${text.slice(Math.max(0, at - 200), at + 20)}`)
          }
        }
      }
    })
    return outputs
  })
  .extend('watchedFetch', ({ secrets }): typeof fetch => (url, init) => {
    if (init?.body !== undefined) {
      const form = new URLSearchParams(init.body as string)
      for (const name of ['code', 'code_verifier', 'refresh_token', 'client_secret']) {
        const value = form.get(name)
        if (value !== null) secrets.set(value, name)
      }
    }
    const authorization = new Headers(init?.headers).get('authorization') ?? ''
    if (authorization.startsWith('Basic ')) secrets.set(authorization.slice(6), 'client_secret')
    return fetch(url, init)
  })
  .extend(
    'open',
    ({ openSite, watchedFetch, outputs }) =>
      async (options: AuthOptions = {}): Promise<Site> => {
        const site = await openSite({ fetch: watchedFetch, ...options })
        // The log grows while the test runs.
        site.logs.push = (...lines) => outputs.push(...lines)
        return site
      },
  )
  .extend('site', ({ open }) => open())

  /** Records a whole response, including its encrypted cookies. */
  .extend('record', ({ outputs }) => (response: BrowserResponse): BrowserResponse => {
    outputs.push(`${response.status} ${JSON.stringify(response.headers)} ${response.text}`)
    return response
  })

  /** Runs a complete sign-in, and records every response. */
  .extend(
    'wholeSignIn',
    ({ record, provider, secrets }) =>
      async (site: Site, browser: Browser, path = '/') => {
        const redirect = record(await browser.navigate(site.origin + path))
        const back = await provider.signIn(redirect.location ?? '')
        const code = back.url.searchParams.get('code') ?? back.form?.['code']
        if (code != null) secrets.set(code, 'code')
        return { back, response: record(await sendToCallback(browser, back)) }
      },
  )

describe('secrets are not visible', () => {
  test.for([
    ['at Entra ID', (): AuthOptions => ({})],
    [
      'at any other provider',
      (provider: DevProvider): AuthOptions => ({
        authority: undefined,
        oidcAuthority: provider.oidcAuthority,
      }),
    ],
    ['by form post', (): AuthOptions => ({ responseMode: 'form_post' })],
  ] as const)(
    'in a sign-in that works, %s',
    async ([, options], { open, provider, wholeSignIn, record, secrets, browser }) => {
      const site = await open(options(provider))

      const { response } = await wholeSignIn(site, browser, '/me')
      record(await browser.navigate(`${site.origin}/`))

      expect(response.location).toBe('/me')
      expect([...secrets.values()]).toEqual(
        expect.arrayContaining([
          'code',
          'code_verifier',
          'access_token',
          'id_token',
          'client_secret',
        ]),
      )
    },
  )

  test('in a repeated callback, with and without a session', async ({
    wholeSignIn,
    record,
    site,
  }) => {
    const browser = new Browser()
    const { back } = await wholeSignIn(site, browser)

    const again = record(await sendToCallback(browser, back))
    browser.cookies.clear()
    const anew = record(await sendToCallback(browser, back))

    expect(again.location).toBe('/')
    expect(anew.location).toContain('/authorize')
  })

  test('in a refresh that succeeds, and in one that fails', async ({
    wholeSignIn,
    clock,
    record,
    provider,
    secrets,
    site,
  }) => {
    const browser = new Browser()
    await wholeSignIn(site, browser, '/me')

    clock.advance(3700)
    record(await browser.navigate(`${site.origin}/`))
    clock.advance(3700)
    provider.behave({ faults: { token: { kind: 'drop' } } })
    record(await browser.navigate(`${site.origin}/me`))
    record(await browser.script(`${site.origin}/me`))
    provider.behave({ faults: {} })
    provider.revokeUser('alex')
    record(await browser.navigate(`${site.origin}/me`))
    record(await browser.script(`${site.origin}/me`))

    expect([...secrets.values()].filter((name) => name === 'refresh_token').length).toBeGreaterThan(
      1,
    )
  })

  test('in a step-up for more scopes, and in one that the user declines', async ({
    wholeSignIn,
    record,
    site,
  }) => {
    const browser = new Browser()
    await wholeSignIn(site, browser)
    await wholeSignIn(site, browser, '/mail')

    const other = await site.signIn()
    const declined = await site.startSignIn(other, { path: '/me', consent: false })
    const response = record(await sendToCallback(other, declined))
    const elsewhere = record(await sendToCallback(browser, declined))
    const script = record(await new Browser().script(`${site.origin}/mail`))

    expect(response.status).toBe(403)
    expect(elsewhere.status).toBe(302)
    expect(script.status).toBe(401)
  })

  test('in a sign-out at Entra ID', async ({ wholeSignIn, record, site, browser }) => {
    await wholeSignIn(site, browser)

    const response = record(await browser.navigate(`${site.origin}/logout`))

    expect(response.location).toContain('/logout')
  })

  test.for([
    ['500', { kind: 'status', status: 500, body: `secret ${CLIENT_SECRET}` }],
    ['a page', { kind: 'html' }],
    ['a timeout', { kind: 'hang' }],
    ['a dropped connection', { kind: 'drop' }],
    ['too much', { kind: 'huge', bytes: 2_000_000 }],
    [
      'an error that repeats the secret',
      {
        kind: 'error',
        error: 'invalid_client',
        description: `'${CLIENT_SECRET}' is wrong`,
        codes: [7000215],
      },
    ],
    ['an error with the secret as its code', { kind: 'error', error: CLIENT_SECRET }],
    [
      'a string with the secret',
      { kind: 'status', status: 200, body: `{"a":"${CLIENT_SECRET}",}` },
    ],
    [
      'JSON with the secret',
      { kind: 'status', status: 200, body: `{"token_type":"${CLIENT_SECRET}"}` },
    ],
  ] as [string, Fault][])(
    'when the token endpoint returns %s',
    async ([, fault], { open, provider, wholeSignIn }) => {
      const site = fault.kind === 'hang' ? await untilReady(await open(IMPATIENT)) : await open()
      provider.behave({ faults: { token: fault } })

      const { response } = await wholeSignIn(site, new Browser())

      expect(response.status).toBeGreaterThanOrEqual(500)
    },
  )

  test.for([
    ['a token that is not a string', { access_token: { a: 1 } }],
    ['an unsupported token type', { token_type: 'mac' }],
    ['an invalid lifetime', { expires_in: 'soon' }],
    ['a response without an ID token', { id_token: undefined }],
    ['tokens together with an error', { error: 'invalid_request', error_description: 'x' }],
  ] as const)(
    'when the token endpoint returns %s',
    async ([, change], { provider, recordSecrets, wholeSignIn, site }) => {
      provider.tamper = { tokenResponse: (body) => ({ ...recordSecrets(body), ...change }) }

      const { response } = await wholeSignIn(site, new Browser())

      expect(response.status).toBe(502)
    },
  )

  test.for([
    ['another nonce', (claims: JsonObject, sign: Sign) => sign({ ...claims, nonce: 'x' })],
    ['a missing tenant', (claims: JsonObject, sign: Sign) => sign({ ...claims, tid: undefined })],
    ['an unknown key', (claims: JsonObject, sign: Sign) => sign(claims, { kid: 'x' })],
    [
      'claims of another token',
      async (claims: JsonObject, sign: Sign) => (await sign(claims)).replace(/\.[^.]+\./, '.e30.'),
    ],
    [
      'an invalid header',
      async (claims: JsonObject, sign: Sign) => (await sign(claims)).replace(/^.../, '!!!'),
    ],
  ] as const)(
    'when the ID token has %s',
    async ([, idToken], { provider, wholeSignIn, secrets, site }) => {
      provider.tamper = { ...provider.tamper, idToken }

      const { response } = await wholeSignIn(site, new Browser())

      expect(response.status).toBe(401)
      expect([...secrets.values()]).toContain('id_token')
    },
  )

  test('when the keys or the metadata are unavailable', async ({
    open,
    provider,
    wholeSignIn,
    record,
    outputs,
  }) => {
    const site = await open()
    provider.behave({ faults: { keys: { kind: 'drop' } } })
    await wholeSignIn(site, new Browser())
    provider.behave({ faults: { metadata: { kind: 'html' } } })
    const other = await open()
    record(await new Browser().navigate(`${other.origin}/`))
    record(await new Browser().script(`${other.origin}/`))

    expect(outputs.filter((line) => line.startsWith('503'))).toHaveLength(1)
  })

  test('when a response has a missing or changed state', async ({ secrets, record, site }) => {
    const browser = new Browser()
    const back = await site.startSignIn(browser)
    secrets.set(back.url.searchParams.get('code') ?? '', 'code')
    const state = back.url.searchParams.get('state') ?? ''

    const other = state[40] === 'x' ? 'y' : 'x'
    back.url.searchParams.set('state', `${state.slice(0, 40)}${other}${state.slice(41)}`)
    const changed = record(await sendToCallback(browser, back))
    back.url.searchParams.delete('state')
    const missing = record(await sendToCallback(browser, back))

    expect([changed.status, missing.status]).toEqual([400, 400])
  })

  test('when the application rejects the user', async ({ open, secrets, wholeSignIn }) => {
    const site = await open({
      onLogin: (_claims, { tokens }) => {
        secrets.set(tokens.accessToken, 'access_token')
        throw Object.assign(new Error('not you'), {
          [Symbol.for('identity-web.error')]: true,
          code: 'access_denied',
          status: 403,
        })
      },
    })

    const { response } = await wholeSignIn(site, new Browser())

    expect(response.status).toBe(403)
  })
})

describe('the data that a browser stores', () => {
  test('is encrypted, so claims and tokens are unreadable', async ({
    wholeSignIn,
    secrets,
    site,
  }) => {
    const browser = new Browser()
    await wholeSignIn(site, browser, '/me')
    const [, payload = ''] =
      [...secrets].find(([, name]) => name === 'id_token')?.[0].split('.') ?? []
    const { sub } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { sub: string }

    const kept = [...browser.cookies.values()].map(({ value }) => value).join('.')
    const decoded = Buffer.from(kept.replaceAll(/[^\w-]/g, ''), 'base64url').toString('latin1')

    expect(await signedInUser(site, browser)).toBe('alex@contoso.onmicrosoft.com')
    expect(kept.length).toBeGreaterThan(1000)
    for (const text of [sub, 'alex@', 'eyJ0eXAi', 'eyJhbGci', ...secrets.keys()]) {
      expect(kept).not.toContain(text)
      expect(decoded).not.toContain(text)
    }
  })

  test('is not accessible to scripts', async ({ provider, site, browser }) => {
    const redirect = await browser.navigate(`${site.origin}/`)
    const response = await sendToCallback(browser, await provider.signIn(redirect.location ?? ''))

    const lines = [...redirect.setCookies, ...response.setCookies]
    expect(lines.length).toBeGreaterThan(2)
    expect(lines.filter((line) => !/; HttpOnly; SameSite=Lax/.test(line))).toEqual([])
  })
})

describe('an error that the application gets', () => {
  test.for([
    ['500', { kind: 'status', status: 500 }],
    ['a dropped connection', { kind: 'drop' }],
    ['a timeout', { kind: 'hang' }],
    ['a page', { kind: 'html' }],
    ['an error', { kind: 'error', error: 'invalid_client', description: CLIENT_SECRET }],
    [
      'unusable JSON that contains tokens',
      {
        kind: 'status',
        status: 200,
        body: `{"access_token":7,"token_type":"${CLIENT_SECRET}","refresh_token":"${CLIENT_SECRET}"}`,
      },
    ],
    [
      'an unsupported token type together with tokens',
      {
        kind: 'status',
        status: 200,
        body: `{"access_token":"${CLIENT_SECRET}","token_type":"mac","refresh_token":"${CLIENT_SECRET}"}`,
      },
    ],
    [
      'an error of another format that contains tokens',
      { kind: 'status', status: 400, body: `{"error":7,"access_token":"${CLIENT_SECRET}"}` },
    ],
  ] as [string, Fault][])(
    'does not contain a secret in any printed form: %s',
    async ([, fault], { open, provider, outputs }) => {
      const site = await open(fault.kind === 'hang' ? IMPATIENT : {})
      provider.behave({ faults: { token: fault } })

      const error: unknown = await site.auth
        .getTokenForClient('api://todos.contoso.example/.default')
        .catch((reason: unknown) => reason)

      expect(IdentityError.is(error)).toBe(true)
      outputs.push(
        inspect(error, { depth: 20, showHidden: true }),
        JSON.stringify(error),
        String(error),
      )
    },
  )

  test('does not contain a refresh token when a refresh fails', async ({
    wholeSignIn,
    provider,
    outputs,
    site,
  }) => {
    const errors: unknown[] = []
    site.app.get('/print', (req, res) => {
      site.auth.getTokenForUser(req, 'Mail.Read').catch((error: unknown) => {
        errors.push(error)
        res.end()
      })
    })
    const browser = new Browser()
    await wholeSignIn(site, browser, '/me')
    for (const fault of [
      { kind: 'drop' },
      { kind: 'html' },
      { kind: 'error', error: 'invalid_client' },
      { kind: 'status', status: 200, body: '{}' },
    ] as Fault[]) {
      provider.behave({ faults: { token: fault } })
      await browser.navigate(`${site.origin}/print`)
    }

    expect(errors).toHaveLength(4)
    outputs.push(inspect(errors, { depth: 20, showHidden: true }))
  })

  test('does not contain an ID token when a refreshed one is rejected', async ({
    wholeSignIn,
    clock,
    provider,
    outputs,
    site,
  }) => {
    const errors: unknown[] = []
    site.app.get('/print', (req, res) => {
      site.auth.getTokenForUser(req, 'User.Read').catch((error: unknown) => {
        errors.push(error)
        res.end()
      })
    })
    const browser = new Browser()
    await wholeSignIn(site, browser, '/me')
    clock.advance(3700)
    provider.tamper = {
      ...provider.tamper,
      idToken: async (claims, sign) => (await sign(claims)).replace(/\.[^.]+$/, '.AAAA'),
    }
    await browser.navigate(`${site.origin}/print`)

    expect(errors).toHaveLength(1)
    outputs.push(inspect(errors, { depth: 20, showHidden: true }))
  })
})
