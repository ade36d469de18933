import express from 'express'
import type { SignInResult } from 'identity-web-dev'
import { Auth, type AuthOptions } from 'identity-web/express'
import { createServer } from 'node:http'
import { onTestFinished } from 'vitest'
import { describe, expect, test as base } from '../support/fixtures.ts'
import { asked, expectCalmPage, expectNoSession, expectRefused, userOf } from '../support/attack.ts'
import {
  Browser,
  SESSION_SECRET,
  begin,
  callBack,
  close,
  listen,
  signIn,
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

  /** Begins a sign-in and changes the provider's answer to it. */
  .extend(
    'answerWith',
    ({ provider }) =>
      async (
        at: Site,
        browser: Browser,
        change: (params: URLSearchParams) => void,
      ): Promise<SignInResult> => {
        const back = await begin(at, provider, browser)
        change(back.url.searchParams)
        return back
      },
  )

  /** Brings an error of the provider to the callback, in place of the code. */
  .extend(
    'fail',
    ({ answerWith }) =>
      async (at: Site, error: Record<string, string>, browser = new Browser()) => {
        const back = await answerWith(at, browser, (params) => {
          params.delete('code')
          for (const [name, value] of Object.entries(error)) params.set(name, value)
        })
        return { browser, answer: await callBack(browser, back) }
      },
  )
  .extend('beginPost', ({ openSite, provider }) => async (browser: Browser) => {
    const at = await openSite({ responseMode: 'form_post' })
    return { at, back: await begin(at, provider, browser) }
  })

describe('the issuer of an answer (RFC 9207)', () => {
  test('is right', async ({ oidc, provider }) => {
    const browser = new Browser()
    const back = await begin(oidc, provider, browser)

    expect(back.url.searchParams.get('iss')).toBe(provider.oidcAuthority)
    expect((await callBack(browser, back)).location).toBe('/')
  })

  test.for([
    ['is another', (params: URLSearchParams) => params.set('iss', 'https://evil.example')],
    ['is empty', (params: URLSearchParams) => params.set('iss', '')],
    [
      'has a slash more',
      (params: URLSearchParams, issuer: string) => params.set('iss', `${issuer}/`),
    ],
    [
      'is missing where the provider announces it',
      (params: URLSearchParams) => params.delete('iss'),
    ],
    ['is there twice', (params: URLSearchParams, issuer: string) => params.append('iss', issuer)],
  ] as const)(
    'is rejected when it %s, and the code is not redeemed',
    async ([what, change], { answerWith, oidc, provider }) => {
      const browser = new Browser()
      const back = await answerWith(oidc, browser, (params) =>
        change(params, provider.oidcAuthority),
      )

      const answer = await callBack(browser, back)

      await expectRefused(oidc, browser, answer, what === 'is there twice' ? 400 : 502)
      expect(asked(provider, 'token')).toBe(0)
    },
  )

  test('is checked before an error is believed', async ({ fail, oidc }) => {
    const { browser, answer } = await fail(oidc, {
      error: 'access_denied',
      iss: 'https://evil.example',
    })

    await expectRefused(oidc, browser, answer, 502)
    expect(oidc.logs.join()).toContain('another issuer')
  })

  test('is not needed where the provider does not announce it', async ({
    provider,
    openSite,
    plainOidc,
  }) => {
    provider.tamper = {
      metadata: ({ authorization_response_iss_parameter_supported: _announced, ...rest }) => rest,
      authorizationResponse: (params) => params.delete('iss'),
    }
    const quiet = await openSite(plainOidc())

    const browser = await signIn(quiet, provider)

    expect(await userOf(quiet, browser)).toBe('alex@contoso.onmicrosoft.com')
  })

  test.for([
    ['a tenant of the template', 'c0000000-0000-4000-8000-000000000001/v2.0', true],
    ['no tenant', 'common/v2.0', false],
    ['the template itself', '{tenantid}/v2.0', false],
    ['another path', 'c0000000-0000-4000-8000-000000000001/v1.0', false],
  ] as const)(
    'at a multi-tenant authority may be %s: %s, %s',
    async ([, path, isGood], { openSite, provider, answerWith }) => {
      const common = await openSite({ authority: provider.authority('common') })
      const browser = new Browser()
      const back = await answerWith(common, browser, (params) =>
        params.set('iss', `${provider.origin}/${path}`),
      )

      const answer = await callBack(browser, back)

      expect(answer.status).toBe(isGood ? 302 : 502)
      expect(asked(provider, 'token')).toBe(isGood ? 1 : 0)
    },
  )

  test('at a multi-tenant authority is of its host', async ({ openSite, provider, answerWith }) => {
    const common = await openSite({ authority: provider.authority('common') })
    const browser = new Browser()
    const back = await answerWith(common, browser, (params) =>
      params.set('iss', 'https://evil.example/c0000000-0000-4000-8000-000000000001/v2.0'),
    )

    await expectRefused(common, browser, await callBack(browser, back), 502)
  })
})

describe('an error of the provider', () => {
  test('that the user declined shows a calm page with ways on', async ({ site, provider }) => {
    const browser = new Browser()
    const back = await begin(site, provider, browser, { path: '/me?tab=1', consent: false })

    const answer = await callBack(browser, back)

    await expectRefused(site, browser, answer, 403)
    expect(answer.text).toContain('You were not signed in')
    const tryAgain = /href="([^"]+)">Try again/.exec(answer.text)?.[1] ?? ''
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
    ['never_heard_of', 502],
    ['__proto__', 502],
    ['constructor', 502],
    ['x'.repeat(3000), 502],
  ] as const)('%s returns %s', async ([error, status], { fail, site, provider }) => {
    const browser = new Browser()
    const first = await fail(site, { error }, browser)
    // `invalid_grant` is worth one more try, by itself.
    if (first.answer.status === 302) {
      const again = await provider.signIn(first.answer.location ?? '')
      again.url.searchParams.set('error', error)
      first.answer = await callBack(browser, again)
    }

    await expectRefused(site, browser, first.answer, status)
    expect(asked(provider, 'token')).toBe(0)
    expect(first.answer.headers['retry-after']).toBe(status === 503 ? '5' : undefined)
  })

  test('wins over a code beside it', async ({ answerWith, site, provider }) => {
    const browser = new Browser()
    const back = await answerWith(site, browser, (params) => params.set('error', 'access_denied'))

    await expectRefused(site, browser, await callBack(browser, back), 403)
    expect(asked(provider, 'token')).toBe(0)
  })

  test('that is empty is an error too', async ({ answerWith, site, provider }) => {
    const browser = new Browser()
    const back = await answerWith(site, browser, (params) => params.set('error', ''))

    await expectRefused(site, browser, await callBack(browser, back), 502)
    expect(asked(provider, 'token')).toBe(0)
  })

  test('leaves the session of before alone', async ({ site, provider }) => {
    const browser = await signIn(site, provider)
    const before = new Map(browser.cookies)
    const back = await begin(site, provider, browser, { path: '/login' })
    back.url.searchParams.set('error', 'access_denied')

    const answer = await callBack(browser, back)

    expect(answer.status).toBe(403)
    expect(browser.cookies).toEqual(before)
    expect(await userOf(site, browser)).toBe('alex@contoso.onmicrosoft.com')
  })

  test('without the state of a sign-in is rejected and does not reach the logs', async ({
    site,
  }) => {
    const browser = new Browser()

    const answer = await browser.navigate(
      `${site.origin}/redirect?error=access_denied&error_description=Call+0800+for+help`,
    )

    await expectRefused(site, browser, answer, 400)
    expect(answer.text + site.logs.join()).not.toContain('0800')
  })

  test('in development shows its text to developers, escaped', async ({ fail, site }) => {
    const { answer } = await fail(site, { error: 'never<heard>', error_description: HTML })

    expectCalmPage(site, answer, 502)
    expect(answer.text).toContain('For developers')
    expect(answer.text).toContain(
      '&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&lt;b class=&#39;x&#39;&gt;&amp;amp;',
    )
    expect(answer.text).toContain('never&lt;heard&gt;')
    expect(answer.text).not.toContain('<img')
  })

  test('in production shows nothing of its text', async ({ openSite, fail }) => {
    const production = await inProduction(() => openSite())
    const { answer } = await fail(production, {
      error: 'never<heard>',
      error_description: `${HTML} Call 0800 for help`,
    })

    expectCalmPage(production, answer, 502)
    for (const text of ['For developers', '0800', 'onerror', 'heard']) {
      expect(answer.text).not.toContain(text)
    }
    expect(production.logs.join()).toContain('0800')
  })

  test('cannot add lines to the log, nor hide some in it', async ({ fail, site }) => {
    await fail(site, {
      error: 'a\r\nb',
      error_description: 'first\r\n2026-01-01 forged line\u0000\u001b[2K\u202e\u2028x',
    })

    expect(site.logs).not.toEqual([])
    // eslint-disable-next-line no-control-regex
    expect(site.logs.filter((line) => /[\u0000-\u001f\u007f-\u009f\u202e]/.test(line))).toEqual([])
  })

  test('is cut where it is long', async ({ fail, site }) => {
    await fail(site, { error: 'e'.repeat(2000), error_description: 'd'.repeat(5000) })

    expect(Math.max(...site.logs.map((line) => line.length))).toBeLessThan(700)
  })

  test('brings its correlation id to the page, and nothing that only looks like one', async ({
    fail,
    site,
  }) => {
    const id = '12345678-1234-4234-8234-123456789abc'
    const good = await fail(site, {
      error: 'invalid_request',
      error_description: `AADSTS900144: x. Trace ID: y Correlation ID: ${id} Timestamp: z`,
    })
    const bad = await fail(site, {
      error: 'invalid_request',
      correlation_id: HTML,
    })

    expect(good.answer.text).toContain(`Correlation ID ${id}`)
    expect(bad.answer.text).not.toContain('<img')
  })

  test('of a known number brings a hint for developers', async ({ fail, site }) => {
    const { answer } = await fail(site, {
      error: 'invalid_request',
      error_description: "AADSTS50011: The redirect URI doesn't match.",
    })

    expect(answer.text).toContain('add the exact value of redirectUri')
  })
})

describe('a silent sign-in (prompt none)', () => {
  test('that needs the user goes on visibly, once', async ({ openSite, provider }) => {
    const browser = new Browser()
    const app = await openSite({})
    app.app.get('/silent', (req, res) => app.auth.login(req, res, { prompt: 'none' }))
    const away = await browser.navigate(`${app.origin}/silent`)
    const back = await provider.signIn(away.location ?? '')
    expect(back.url.searchParams.get('error')).toBe('login_required')

    const answer = await callBack(browser, back)

    expect(new URL(answer.location ?? '').searchParams.has('prompt')).toBe(false)
  })

  test('of the options goes on visibly too', async ({ openSite, provider }) => {
    const browser = new Browser()
    const app = await openSite({ prompt: 'none' })
    const back = await begin(app, provider, browser)
    expect(back.url.searchParams.get('error')).toBe('login_required')

    const answer = await callBack(browser, back)

    expect(new URL(answer.location ?? '').searchParams.get('prompt')).not.toBe('none')
  })
})

describe('an answer without a code', () => {
  test.for([
    ['missing', (params: URLSearchParams) => params.delete('code')],
    ['empty', (params: URLSearchParams) => params.set('code', '')],
  ] as const)('%s is rejected', async ([, change], { answerWith, site, provider }) => {
    const browser = new Browser()
    const back = await answerWith(site, browser, change)

    await expectRefused(site, browser, await callBack(browser, back), 502)
    expect(asked(provider, 'token')).toBe(0)
  })

  test.for(['', '?', '?code=x', '?state', '?=&=', '?code=%E0%A4%A&state=%zz'])(
    'a callback with the query "%s" is rejected',
    async (query, { site }) => {
      const browser = new Browser()

      const answer = await browser.navigate(`${site.origin}/redirect${query}`)

      await expectRefused(site, browser, answer, 400)
    },
  )

  test('in the fragment (tokens of the implicit flow) is none', async ({ answerWith, site }) => {
    const browser = new Browser()
    const back = await answerWith(site, browser, (params) => {
      params.delete('code')
      params.set('id_token', 'a.b.c')
      params.set('access_token', 'x')
    })

    await expectRefused(site, browser, await callBack(browser, back), 502)
  })

  test.for(['HEAD', 'PUT', 'DELETE'])(
    'by %s is not a callback',
    async (method, { site, provider }) => {
      const browser = new Browser()
      const back = await begin(site, provider, browser)

      const answer = await browser.navigate(back.url.href, { method })

      expect(answer.status).toBe(404)
      expect(asked(provider, 'token')).toBe(0)
    },
  )

  test('of a huge query is rejected without a crash', async ({ site, provider }) => {
    const browser = new Browser()

    const large = await browser.navigate(
      `${site.origin}/redirect?code=${'c'.repeat(12_000)}&state=${'s'.repeat(2000)}`,
    )
    const tooLarge = await browser.navigate(`${site.origin}/redirect?code=${'c'.repeat(40_000)}`)

    expectCalmPage(site, large, 400)
    expect(tooLarge.status).toBe(431)
    await signIn(site, provider)
  })
})

describe('an answer by form post', () => {
  const FORM = 'application/x-www-form-urlencoded'
  const post = (at: Site, browser: Browser, body: string, type: string | undefined = FORM) =>
    browser.navigate(`${at.origin}/redirect`, {
      method: 'POST',
      headers: { 'sec-fetch-site': 'cross-site', ...(type && { 'content-type': type }) },
      body,
    })

  test('signs in, with a cookie that may come from the provider’s site', async ({ beginPost }) => {
    const browser = new Browser()
    const { at, back } = await beginPost(browser)
    const [flow] = browser.cookies.values()

    const answer = await callBack(browser, back)

    expect(flow).toMatchObject({ sameSite: 'none', secure: true, path: '/redirect' })
    expect(back.url.search).toBe('')
    expect(answer.status).toBe(303)
    expect(answer.location).toBe('/')
    expect(await userOf(at, browser)).toBe('alex@contoso.onmicrosoft.com')
  })

  test('in another browser is not redeemed', async ({ beginPost, provider }) => {
    const victim = new Browser()
    const { at, back } = await beginPost(new Browser())

    const answer = await callBack(victim, back)

    expect(answer.status).toBe(303)
    expect(answer.location).toContain('/authorize')
    expect(asked(provider, 'token')).toBe(0)
    await expectNoSession(at, victim, answer)
  })

  test('of a changed state is rejected', async ({ beginPost }) => {
    const browser = new Browser()
    const { at, back } = await beginPost(browser)
    const state = back.form?.['state'] ?? ''

    const answer = await callBack(browser, {
      ...back,
      form: { ...back.form, state: `${state.slice(0, 50)}A${state.slice(51)}x` },
    })

    await expectRefused(at, browser, answer, 400)
  })

  test('ignores what the URL says beside it', async ({ beginPost }) => {
    const browser = new Browser()
    const { at, back } = await beginPost(browser)
    const query = new URLSearchParams(back.form)

    const answer = await browser.navigate(`${at.origin}/redirect?${query.toString()}`, {
      method: 'POST',
      headers: { 'content-type': FORM },
      body: 'nothing=here',
    })

    await expectRefused(at, browser, answer, 400)
  })

  test.for([
    ['empty', ''],
    ['no form', 'garbage'],
    ['of broken escapes', 'code=%E0%A4%A&state=%'],
    ['of bytes that are no text', '\u0000\u0001=\u0002'],
    ['of many parameters', Array.from({ length: 5000 }, (_, index) => `p${index}=1`).join('&')],
    ['repeating a parameter', 'code=1&code=2&state=x'],
  ] as const)('that is %s is rejected', async ([, body], { site }) => {
    const browser = new Browser()

    const answer = await post(site, browser, body)

    await expectRefused(site, browser, answer, 400)
  })

  test.for(['application/json', 'text/plain', 'multipart/form-data; boundary=x', 'x', ''])(
    'with a JSON body as "%s" is rejected',
    async (type, { beginPost, provider }) => {
      const browser = new Browser()
      const { at, back } = await beginPost(browser)

      const answer = await post(at, browser, JSON.stringify(back.form), type)

      await expectRefused(at, browser, answer, 400)
      expect(asked(provider, 'token')).toBe(0)
    },
  )

  test('that is huge is rejected and told so', async ({ site }) => {
    const browser = new Browser()

    const answer = await post(site, browser, `code=${'c'.repeat(5_000_000)}`)

    expect(answer.status).toBe(413)
    await expectNoSession(site, browser, answer)
  })

  test('that the application’s own parser read is checked as well', async ({ provider }) => {
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
    const back = await begin(at, provider, browser)
    const form = new URLSearchParams(back.form).toString()

    const repeated = await post(at, browser, `${form}&code=other`)
    const huge = await post(at, browser, `${form}&padding=${'x'.repeat(200_000)}`)

    expect([repeated.status, huge.status]).toEqual([400, 400])
    expect(asked(provider, 'token')).toBe(0)
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
