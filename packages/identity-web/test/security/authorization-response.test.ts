import express from 'express'
import type { SignInResult } from 'identity-web-dev'
import { Auth, type AuthOptions } from 'identity-web/express'
import { Auth as FetchAuth } from 'identity-web/fetch'
import { createServer } from 'node:http'
import { onTestFinished } from 'vitest'
import { describe, expect, test as base } from '../support/fixtures.ts'
import {
  requestCount,
  expectErrorPage,
  expectNoSession,
  expectRejected,
  signedInUser,
} from '../support/attack.ts'
import {
  Browser,
  SESSION_SECRET,
  sendToCallback,
  startSignIn,
  close,
  listen,
  type Site,
} from '../support/site.ts'

const HTML = '<img src=x onerror="alert(1)"><b class=\'x\'>&amp;'

const test = base
  .extend('oidc', ({ openSite, provider }) =>
    openSite({ authority: undefined, oidcAuthority: provider.oidcAuthority }),
  )
  .extend('plainOidc', ({ provider }) => (): AuthOptions => ({
    authority: undefined,
    oidcAuthority: provider.oidcAuthority,
  }))

  /** Starts a sign-in and changes its authorization response. */
  .extend(
    'answerWith',
    () =>
      async (
        at: Site,
        browser: Browser,
        change: (params: URLSearchParams) => void,
      ): Promise<SignInResult> => {
        const back = await at.startSignIn(browser)
        change(back.url.searchParams)
        return back
      },
  )

  /** Sends an error of the provider to the callback, instead of the code. */
  .extend(
    'returnError',
    ({ answerWith }) =>
      async (at: Site, error: Record<string, string>, browser = new Browser()) => {
        const back = await answerWith(at, browser, (params) => {
          params.delete('code')
          for (const [name, value] of Object.entries(error)) params.set(name, value)
        })
        return { browser, response: await sendToCallback(browser, back) }
      },
  )
  .extend('startFormPost', ({ openSite }) => async (browser: Browser) => {
    const at = await openSite({ responseMode: 'form_post' })
    return { at, back: await at.startSignIn(browser) }
  })

describe('the issuer of an authorization response (RFC 9207)', () => {
  test('is accepted when it is correct', async ({ oidc, provider, browser }) => {
    const back = await oidc.startSignIn(browser)

    expect(back.url.searchParams.get('iss')).toBe(provider.oidcAuthority)
    expect((await sendToCallback(browser, back)).location).toBe('/')
  })

  test.for([
    ['is another issuer', (params: URLSearchParams) => params.set('iss', 'https://evil.example')],
    ['is empty', (params: URLSearchParams) => params.set('iss', '')],
    [
      'has an additional slash',
      (params: URLSearchParams, issuer: string) => params.set('iss', `${issuer}/`),
    ],
    [
      'is missing although the provider announces it',
      (params: URLSearchParams) => params.delete('iss'),
    ],
    ['occurs twice', (params: URLSearchParams, issuer: string) => params.append('iss', issuer)],
  ] as const)(
    'is rejected when it %s, and the code is not redeemed',
    async ([what, change], { answerWith, oidc, provider, browser }) => {
      const back = await answerWith(oidc, browser, (params) =>
        change(params, provider.oidcAuthority),
      )

      const response = await sendToCallback(browser, back)

      await expectRejected(oidc, browser, response, what === 'occurs twice' ? 400 : 400)
      expect(requestCount(provider, 'token')).toBe(0)
    },
  )

  test('is checked before an error', async ({ returnError, oidc }) => {
    const { browser, response } = await returnError(oidc, {
      error: 'access_denied',
      iss: 'https://evil.example',
    })

    await expectRejected(oidc, browser, response, 400)
    expect(oidc.logs.join()).toContain('is not the issuer of the provider')
  })

  test('is optional when the provider does not announce it', async ({
    provider,
    openSite,
    plainOidc,
  }) => {
    provider.tamper = {
      metadata: ({ authorization_response_iss_parameter_supported: _announced, ...rest }) => rest,
      authorizationResponse: (params) => params.delete('iss'),
    }
    const quiet = await openSite(plainOidc())

    const browser = await quiet.signIn()

    expect(await signedInUser(quiet, browser)).toBe('alex@contoso.onmicrosoft.com')
  })

  test.for([
    ['a tenant of the template', 'c0000000-0000-4000-8000-000000000001/v2.0', true],
    ['without a tenant', 'common/v2.0', false],
    ['the template itself', '{tenantid}/v2.0', false],
    ['another path', 'c0000000-0000-4000-8000-000000000001/v1.0', false],
  ] as const)(
    'at a multi-tenant authority, for %s: %s, %s',
    async ([, path, isGood], { openSite, provider, answerWith, browser }) => {
      const common = await openSite({ authority: provider.authority('common') })
      const back = await answerWith(common, browser, (params) =>
        params.set('iss', `${provider.origin}/${path}`),
      )

      const response = await sendToCallback(browser, back)

      expect(response.status).toBe(isGood ? 302 : 400)
      expect(requestCount(provider, 'token')).toBe(isGood ? 1 : 0)
    },
  )

  test('at a multi-tenant authority must have its host', async ({
    openSite,
    provider,
    answerWith,
  }) => {
    const common = await openSite({ authority: provider.authority('common') })
    const browser = new Browser()
    const back = await answerWith(common, browser, (params) =>
      params.set('iss', 'https://evil.example/c0000000-0000-4000-8000-000000000001/v2.0'),
    )

    await expectRejected(common, browser, await sendToCallback(browser, back), 400)
  })
})

describe('an error of the provider', () => {
  test('for a declined sign-in shows a page with links', async ({ site, browser }) => {
    const back = await site.startSignIn(browser, { path: '/me?tab=1', consent: false })

    const response = await sendToCallback(browser, back)

    await expectRejected(site, browser, response, 403)
    expect(response.text).toContain('You were not signed in')
    const tryAgain = /href="([^"]+)" class="primary">Try again/.exec(response.text)?.[1] ?? ''
    expect(new URL(tryAgain.replaceAll('&amp;', '&')).searchParams.get('return_to')).toBe(
      '/me?tab=1',
    )
  })

  test.for([
    ['access_denied', 403],
    ['invalid_grant', 401],
    ['interaction_required', 401],
    ['server_error', 503],
    ['temporarily_unavailable', 503],
    ['invalid_request', 502],
    ['never_heard_of', 400],
    ['__proto__', 400],
    ['constructor', 400],
    ['x'.repeat(3000), 400],
  ] as const)('%s returns %s', async ([error, status], { returnError, site, provider }) => {
    const browser = new Browser()
    const first = await returnError(site, { error }, browser)
    // The library retries once after `invalid_grant`.
    if (first.response.status === 302) {
      const again = await provider.signIn(first.response.location ?? '')
      again.url.searchParams.set('error', error)
      first.response = await sendToCallback(browser, again)
    }

    await expectRejected(site, browser, first.response, status)
    expect(requestCount(provider, 'token')).toBe(0)
    expect(first.response.headers['retry-after']).toBe(status === 503 ? '5' : undefined)
  })

  test('takes precedence over a code', async ({ answerWith, site, provider, browser }) => {
    const back = await answerWith(site, browser, (params) => params.set('error', 'access_denied'))

    await expectRejected(site, browser, await sendToCallback(browser, back), 403)
    expect(requestCount(provider, 'token')).toBe(0)
  })

  test('also counts when it is empty', async ({ answerWith, site, provider, browser }) => {
    const back = await answerWith(site, browser, (params) => params.set('error', ''))

    await expectRejected(site, browser, await sendToCallback(browser, back), 400)
    expect(requestCount(provider, 'token')).toBe(0)
  })

  test('does not change the existing session', async ({ site, signedIn }) => {
    const before = new Map(signedIn.cookies)
    const back = await site.startSignIn(signedIn, { path: '/login' })
    back.url.searchParams.set('error', 'access_denied')

    const response = await sendToCallback(signedIn, back)

    expect(response.status).toBe(403)
    expect(signedIn.cookies).toEqual(before)
    expect(await signedInUser(site, signedIn)).toBe('alex@contoso.onmicrosoft.com')
  })

  test('without the state of a sign-in is rejected and does not reach the logs', async ({
    site,
  }) => {
    const browser = new Browser()

    const response = await browser.navigate(
      `${site.origin}/redirect?error=access_denied&error_description=Call+0800+for+help`,
    )

    await expectRejected(site, browser, response, 400)
    expect(response.text + site.logs.join()).not.toContain('0800')
  })

  test('in development shows its text to developers, escaped', async ({ returnError, site }) => {
    const { response } = await returnError(site, {
      error: 'never<heard>',
      error_description: HTML,
    })

    expectErrorPage(site, response, 400)
    expect(response.text).toContain('For developers')
    expect(response.text).toContain(
      '&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&lt;b class=&#39;x&#39;&gt;&amp;amp;',
    )
    expect(response.text).toContain('never&lt;heard&gt;')
    expect(response.text).not.toContain('<img')
  })

  test('in production shows nothing of its text', async ({ openSite, returnError }) => {
    const production = await inProduction(() => openSite())
    const { response } = await returnError(production, {
      error: 'never<heard>',
      error_description: `${HTML} Call 0800 for help`,
    })

    expectErrorPage(production, response, 400)
    for (const text of ['For developers', '0800', 'onerror', 'heard']) {
      expect(response.text).not.toContain(text)
    }
    expect(production.logs.join()).toContain('0800')
  })

  test('cannot add or hide lines in the log', async ({ returnError, site }) => {
    await returnError(site, {
      error: 'a\r\nb',
      error_description: 'first\r\n2026-01-01 forged line\u0000\u001b[2K\u202e\u2028x',
    })

    expect(site.logs).not.toEqual([])
    // eslint-disable-next-line no-control-regex
    expect(site.logs.filter((line) => /[\u0000-\u001f\u007f-\u009f\u202e]/.test(line))).toEqual([])
  })

  test('is shortened when it is long', async ({ returnError, site }) => {
    await returnError(site, { error: 'e'.repeat(2000), error_description: 'd'.repeat(5000) })

    expect(Math.max(...site.logs.map((line) => line.length))).toBeLessThan(700)
  })

  test('shows its correlation ID on the page, but not an invalid one', async ({
    returnError,
    site,
  }) => {
    const id = '12345678-1234-4234-8234-123456789abc'
    const good = await returnError(site, {
      error: 'invalid_request',
      error_description: `AADSTS900144: x. Trace ID: y Correlation ID: ${id} Timestamp: z`,
    })
    const bad = await returnError(site, {
      error: 'invalid_request',
      correlation_id: HTML,
    })

    expect(good.response.text).toContain(`Correlation ID ${id}`)
    expect(bad.response.text).not.toContain('<img')
  })

  test('with a known number shows a hint to developers', async ({ returnError, site }) => {
    const { response } = await returnError(site, {
      error: 'invalid_request',
      error_description: "AADSTS50011: The redirect URI doesn't match.",
    })

    expect(response.text).toContain('add the exact value of redirectUri')
  })
})

describe('a silent sign-in (prompt none)', () => {
  test('continues with a visible sign-in once when it needs the user', async ({
    openSite,
    provider,
  }) => {
    const browser = new Browser()
    const app = await openSite({})
    app.app.get('/silent', (req, res) => app.auth.login(req, res, { prompt: 'none' }))
    const redirect = await browser.navigate(`${app.origin}/silent`)
    const back = await provider.signIn(redirect.location ?? '')
    expect(back.url.searchParams.get('error')).toBe('login_required')

    const response = await sendToCallback(browser, back)

    expect(new URL(response.location ?? '').searchParams.has('prompt')).toBe(false)
  })

  test('from the options also continues with a visible sign-in', async ({ openSite, browser }) => {
    const app = await openSite({ prompt: 'none' })
    const back = await app.startSignIn(browser)
    expect(back.url.searchParams.get('error')).toBe('login_required')

    const response = await sendToCallback(browser, back)

    expect(new URL(response.location ?? '').searchParams.get('prompt')).not.toBe('none')
  })
})

describe('a response without a code', () => {
  test.for([
    ['missing', (params: URLSearchParams) => params.delete('code')],
    ['empty', (params: URLSearchParams) => params.set('code', '')],
  ] as const)('%s is rejected', async ([, change], { answerWith, site, provider, browser }) => {
    const back = await answerWith(site, browser, change)

    await expectRejected(site, browser, await sendToCallback(browser, back), 400)
    expect(requestCount(provider, 'token')).toBe(0)
  })

  test.for(['', '?', '?code=x', '?state', '?=&=', '?code=%E0%A4%A&state=%zz'])(
    'a callback with the query "%s" is rejected',
    async (query, { site, browser }) => {
      const response = await browser.navigate(`${site.origin}/redirect${query}`)

      await expectRejected(site, browser, response, 400)
    },
  )

  test.for([
    ['no state', 'code=x', 'does not contain the parameter state'],
    ['a code twice', 'code=1&code=2&state=x', 'contains a parameter twice'],
    ['a long state', `code=x&state=${'s'.repeat(100_000)}`, 'is too long'],
  ] as const)('with %s names only this cause', async ([, query, cause], { provider }) => {
    const { app } = provider
    const auth = new FetchAuth({
      authority: provider.authority(),
      clientId: app.clientId,
      clientSecret: app.clientSecret,
      redirectUri: 'http://localhost/redirect',
      logger: {},
    })

    const response = await auth.handle(new Request(`http://localhost/redirect?${query}`))

    expect(await response?.text()).toContain(`The authorization response ${cause}.`)
  })

  test('with tokens in the fragment (implicit flow) is rejected', async ({ answerWith, site }) => {
    const browser = new Browser()
    const back = await answerWith(site, browser, (params) => {
      params.delete('code')
      params.set('id_token', 'a.b.c')
      params.set('access_token', 'x')
    })

    await expectRejected(site, browser, await sendToCallback(browser, back), 400)
  })

  test.for(['HEAD', 'PUT', 'DELETE'])(
    'by %s is not a callback',
    async (method, { site, provider, browser }) => {
      const back = await site.startSignIn(browser)

      const response = await browser.navigate(back.url.href, { method })

      expect(response.status).toBe(404)
      expect(requestCount(provider, 'token')).toBe(0)
    },
  )

  test('with a huge query is rejected without a crash', async ({ site, browser }) => {
    const large = await browser.navigate(
      `${site.origin}/redirect?code=${'c'.repeat(12_000)}&state=${'s'.repeat(2000)}`,
    )
    const tooLarge = await browser.navigate(`${site.origin}/redirect?code=${'c'.repeat(40_000)}`)

    expectErrorPage(site, large, 400)
    expect(tooLarge.status).toBe(431)
    await site.signIn()
  })
})

describe('a response by form post', () => {
  const FORM = 'application/x-www-form-urlencoded'
  const post = (at: Site, browser: Browser, body: string, type: string | undefined = FORM) =>
    browser.navigate(`${at.origin}/redirect`, {
      method: 'POST',
      headers: { 'sec-fetch-site': 'cross-site', ...(type && { 'content-type': type }) },
      body,
    })

  test('signs in, with a cookie that the site of the provider may send', async ({
    startFormPost,
  }) => {
    const browser = new Browser()
    const { at, back } = await startFormPost(browser)
    const [flow] = browser.cookies.values()

    const response = await sendToCallback(browser, back)

    expect(flow).toMatchObject({ sameSite: 'none', secure: true, path: '/' })
    expect(back.url.search).toBe('')
    expect(response.status).toBe(303)
    expect(response.location).toBe('/')
    expect(await signedInUser(at, browser)).toBe('alex@contoso.onmicrosoft.com')
  })

  test('in another browser is not redeemed', async ({ startFormPost, provider }) => {
    const victim = new Browser()
    const { at, back } = await startFormPost(new Browser())

    const response = await sendToCallback(victim, back)

    expect(response.status).toBe(303)
    expect(response.location).toContain('/authorize')
    expect(requestCount(provider, 'token')).toBe(0)
    await expectNoSession(at, victim, response)
  })

  test('with a changed state is rejected', async ({ startFormPost, browser }) => {
    const { at, back } = await startFormPost(browser)
    const state = back.form?.['state'] ?? ''

    const response = await sendToCallback(browser, {
      ...back,
      form: { ...back.form, state: `${state.slice(0, 50)}A${state.slice(51)}x` },
    })

    await expectRejected(at, browser, response, 400)
  })

  test('ignores the parameters of the URL', async ({ startFormPost, browser }) => {
    const { at, back } = await startFormPost(browser)
    const query = new URLSearchParams(back.form)

    const response = await browser.navigate(`${at.origin}/redirect?${query.toString()}`, {
      method: 'POST',
      headers: { 'content-type': FORM },
      body: 'nothing=here',
    })

    await expectRejected(at, browser, response, 400)
  })

  test.for([
    ['empty', ''],
    ['not a form', 'garbage'],
    ['of invalid escapes', 'code=%E0%A4%A&state=%'],
    ['of invalid bytes', '\u0000\u0001=\u0002'],
    ['of many parameters', Array.from({ length: 5000 }, (_, index) => `p${index}=1`).join('&')],
    ['repeating a parameter', 'code=1&code=2&state=x'],
  ] as const)('that is %s is rejected', async ([, body], { site, browser }) => {
    const response = await post(site, browser, body)

    await expectRejected(site, browser, response, 400)
  })

  test.for(['application/json', 'text/plain', 'multipart/form-data; boundary=x', 'x', ''])(
    'with a JSON body as "%s" is rejected',
    async (type, { startFormPost, provider, browser }) => {
      const { at, back } = await startFormPost(browser)

      const response = await post(at, browser, JSON.stringify(back.form), type)

      await expectRejected(at, browser, response, 400)
      expect(requestCount(provider, 'token')).toBe(0)
    },
  )

  test('that is huge is rejected with an explanation', async ({ site, browser }) => {
    const response = await post(site, browser, `code=${'c'.repeat(5_000_000)}`)

    expect(response.status).toBe(413)
    await expectNoSession(site, browser, response)
  })

  test('is also checked when the parser of the application has read it', async ({ provider }) => {
    const app = express()
    app.use(express.urlencoded({ extended: false, limit: '1mb' }))
    const server = createServer(app)
    const origin = await listen(server)
    onTestFinished(() => close(server))
    const auth = new Auth(app, {
      authority: provider.authority(),
      clientId: provider.app.clientId,
      clientCredential: provider.app.clientSecret,
      redirectUri: `${origin}/redirect`,
      session: { secret: SESSION_SECRET },
      responseMode: 'form_post',
    })
    app.get(
      '/',
      auth.loginRequired((_req, res) => void res.json({})),
    )
    const at = { origin, auth, app, logs: [], close: async () => {} } as unknown as Site
    const browser = new Browser()
    const back = await startSignIn(at, provider, browser)
    const form = new URLSearchParams(back.form).toString()

    const repeated = await post(at, browser, `${form}&code=other`)
    const huge = await post(at, browser, `${form}&padding=${'x'.repeat(200_000)}`)

    expect([repeated.status, huge.status]).toEqual([400, 400])
    expect(requestCount(provider, 'token')).toBe(0)
    expect((await post(at, browser, form)).location).toBe('/')
  })
})

async function inProduction<T>(make: () => Promise<T>): Promise<T> {
  const before = process.env['NODE_ENV']
  process.env['NODE_ENV'] = 'production'
  try {
    return await make()
  } finally {
    if (before === undefined) delete process.env['NODE_ENV']
    else process.env['NODE_ENV'] = before
  }
}
