import { IdentityError, type AuthOptions, type TokenContext } from 'identity-web/express'
import type { ErrorRequestHandler, Response } from 'express'
import { describe, expect, test as base } from '../support/fixtures.ts'
import { asGraph, claimsChallenge, NBF, startApi, startChallengingApi } from '../support/api.ts'
import { requestCount, expectErrorPage } from '../support/attack.ts'
import type { Browser } from '../support/browser.ts'
import { type Site } from '../support/site.ts'
import {
  requestParams,
  requestedClaims,
  followToCallback,
  signInThrough,
  grants,
} from '../support/steps.ts'

/** The calls to an API at the same time. */
const CALLS = 20
const CP1 = { xms_cc: { values: ['cp1'] } }
const ACRS = { access_token: { acrs: { essential: true, value: 'c1' } } }

interface Work {
  readonly site: Site
  /** The errors that reached the error handler of the application. */
  readonly errors: unknown[]
  /** Adds a route with a handler that gets the context. */
  route(path: string, handler: (context: TokenContext, res: Response) => unknown): void
}

const codesOf = (errors: readonly unknown[]): string[] =>
  errors.map((error) => (error instanceof IdentityError ? error.code : String(error)))

/** Checks that the strings do not contain a token. */
function expectNoTokens(texts: readonly (string | undefined)[], tokens: readonly string[]): void {
  const text = decodeURIComponent(texts.join('\n').replaceAll('%', '%25'))
  expect(text).not.toMatch(/eyJ[\w-]{20}|1\.[\w-]{60}/)
  for (const token of tokens) expect(text.includes(token)).toBe(false)
}

const test = base
  .extend('open', ({ openSite }) => async (options: AuthOptions = {}): Promise<Work> => {
    const site = await openSite({
      clientCapabilities: ['cp1'],
      ...options,
    })
    const errors: unknown[] = []
    const onError: ErrorRequestHandler = (error, _req, res, _next) => {
      errors.push(error)
      if (!res.headersSent) res.status(500)
      res.end('FAILED')
    }
    return {
      site,
      errors,
      route(path, handler) {
        const guarded = site.auth.loginRequired({ scopes: 'User.Read' }, (_req, res, context) =>
          handler(context, res),
        )
        site.app.get(path, guarded, onError)
      },
    }
  })
  .extend(
    'openAsking',
    ({ open }) =>
      async (options: AuthOptions = {}): Promise<Work & { browser: Browser }> => {
        const work = await open(options)
        const { app, auth } = work.site
        app.get(
          '/inside',
          auth.loginRequired(async (req, res) => {
            const { scopes } = await auth.getTokenForUser(req, ['Mail.Read', 'Mail.Send'])
            res.json(scopes)
          }),
        )
        return { ...work, browser: await work.site.signIn() }
      },
  )

describe('a claims challenge that needs the user', () => {
  test('sends the user to the provider with the claims, and back to the page, which then works', async ({
    open,
    provider,
  }) => {
    const { site } = await open()
    const browser = await site.signIn({ path: '/me' })
    provider.behave({ graphClaims: JSON.stringify(NBF), graphClaimsNeedUser: true })

    const redirect = await browser.navigate(`${site.origin}/me`)
    const back = await followToCallback(browser, provider, redirect)
    const page = await browser.navigate(`${site.origin}/me`)

    expect(requestedClaims(redirect)).toEqual({ access_token: { ...NBF.access_token, ...CP1 } })
    expect(requestParams(redirect).get('login_hint')).toBeTruthy()
    expect(requestParams(redirect).get('scope')).toContain('User.Read')
    expect(back.location).toBe('/me')
    expect(page.json()).toMatchObject({ status: 200, body: { displayName: 'Alex Rivera' } })
    const refreshes = grants(provider, 'refresh_token').length
    expect((await browser.navigate(`${site.origin}/me`)).status).toBe(200)
    expect(grants(provider, 'refresh_token')).toHaveLength(refreshes)
  })

  test('requests the claims of the API when the provider does not repeat them', async ({
    open,
    provider,
  }) => {
    const { site } = await open()
    const browser = await site.signIn({ path: '/me' })
    const fault = { kind: 'error', error: 'interaction_required', times: 1 } as const
    provider.behave({ graphClaims: JSON.stringify(NBF), faults: { token: fault } })

    const redirect = await browser.navigate(`${site.origin}/me`)

    expect(requestedClaims(redirect)).toEqual({ access_token: { ...NBF.access_token, ...CP1 } })
  })

  test('does not prevent a refresh for another challenge of the same API', async ({
    open,
    provider,
  }) => {
    const wanted = [ACRS, NBF]
    const api = await startApi(({ token }, [first]) => {
      const claims = first === undefined || first.token === token ? wanted.shift() : undefined
      return claims === undefined ? { status: 200 } : claimsChallenge(claims)
    })
    const { site, route } = await open(asGraph(api))
    route('/call', async ({ fetch }, res) => res.json({ status: (await fetch(api.url)).status }))
    const browser = await site.signIn({ path: '/call' })

    expect((await browser.navigate(`${site.origin}/call`)).status).toBe(302)
    const page = await browser.navigate(`${site.origin}/call`)

    expect([page.status, page.text]).toEqual([200, '{"status":200}'])
    expect(grants(provider, 'refresh_token')).toMatchObject([{ claims: ACRS }, { claims: NBF }])
  })

  test('returns 401 to a script, with a login URL that leads there', async ({ open, provider }) => {
    const { site } = await open()
    const browser = await site.signIn({ path: '/me' })
    provider.behave({ graphClaims: JSON.stringify(ACRS) })

    const response = await browser.script(`${site.origin}/me`)
    const { error, loginUrl } = response.json() as { error: string; loginUrl: string }
    const redirect = await browser.navigate(loginUrl)
    await followToCallback(browser, provider, redirect)

    expect([response.status, error]).toEqual([401, 'interaction_required'])
    expect(requestedClaims(redirect)).toEqual({ access_token: { ...ACRS.access_token, ...CP1 } })
    expect((await browser.script(`${site.origin}/me`)).json()).toMatchObject({ status: 200 })
  })

  test('from an API that always sends the same challenge ends on the page instead of a loop', async ({
    open,
    provider,
  }) => {
    const api = await startApi(() => claimsChallenge(ACRS))
    const { site, route } = await open(asGraph(api))
    route('/call', async ({ fetch }, res) => res.json({ status: (await fetch(api.url)).status }))
    const browser = await site.signIn({ path: '/call' })

    await signInThrough(browser, provider, `${site.origin}/call`)

    expect((await browser.navigate(`${site.origin}/call`)).json()).toEqual({ status: 401 })
    expect(requestCount(provider, 'authorize')).toBe(2)
  })

  test('from an API that always sends a new challenge ends on a page', async ({
    open,
    provider,
  }) => {
    const api = await startApi((_call, before) =>
      claimsChallenge({ access_token: { acrs: { essential: true, value: `c${before.length}` } } }),
    )
    const { site, route } = await open(asGraph(api))
    route('/call', async ({ fetch }, res) => res.json({ status: (await fetch(api.url)).status }))
    const browser = await site.signIn({ path: '/call' })

    await signInThrough(browser, provider, `${site.origin}/call`)

    expectErrorPage(site, await browser.navigate(`${site.origin}/call`), 401)
  })

  test('reaches the error handler of the application when the response already started', async ({
    open,
    provider,
  }) => {
    const { site, errors, route } = await open()
    route('/stream', async ({ fetch }, res) => {
      res.write('BEGUN ')
      await fetch(provider.graphMe)
    })
    const browser = await site.signIn({ path: '/me' })
    provider.behave({ graphClaims: JSON.stringify(ACRS) })

    const response = await browser.navigate(`${site.origin}/stream`)

    expect([response.status, response.text]).toEqual([200, 'BEGUN FAILED'])
    // A refresh for the claims could not be stored, so the provider is not asked whether it needs the user.
    expect(codesOf(errors)).toEqual(['refresh_required'])
    expect(response.setCookies).toEqual([])
  })

  test('does not override a handler that catches the error', async ({ open, provider }) => {
    const { site, errors, route } = await open()
    route('/own', async ({ fetch }, res) => {
      const response = await fetch(provider.graphMe).catch((error: IdentityError) => error)
      res.json(
        response instanceof Error
          ? { code: response.code, claimsRequest: response.claimsRequest }
          : {},
      )
    })
    const browser = await site.signIn({ path: '/me' })
    provider.behave({ graphClaims: JSON.stringify(ACRS) })

    const response = await browser.navigate(`${site.origin}/own`)

    const { code, claimsRequest } = response.json() as { code: string; claimsRequest: object }
    expect(code).toBe('interaction_required')
    expect(claimsRequest).toMatchObject(ACRS)
    expect(errors).toEqual([])
  })

  test('does not show a token in a URL, a response or the log', async ({ open }) => {
    const api = await startChallengingApi(ACRS)
    const { site, errors, route } = await open(asGraph(api))
    route('/call', async ({ fetch }, res) => res.json({ status: (await fetch(api.url)).status }))
    route('/stream', async ({ fetch }, res) => {
      res.write('BEGUN ')
      await fetch(api.url)
    })
    const browser = await site.signIn({ path: '/call' })

    const page = await browser.navigate(`${site.origin}/call`)
    const script = await browser.script(`${site.origin}/call`)
    const stream = await browser.navigate(`${site.origin}/stream`)

    const cookieless = [page.location, page.text, script.text, stream.text]
    const [error] = errors as IdentityError[]
    const told = [
      error?.message,
      JSON.stringify(error?.claimsRequest),
      error?.hint,
      JSON.stringify(error),
    ]
    const tokens = api.calls.map(({ token }) => token)
    expect(tokens.length).toBeGreaterThan(1)
    expectNoTokens([...cookieless, ...told, ...site.logs], tokens)
  })
})

describe('a token that needs the user, requested in a handler', () => {
  test('sends the user to consent to its scopes, and back to the page', async ({
    openAsking,
    provider,
  }) => {
    const { site, browser } = await openAsking()

    const redirect = await browser.navigate(`${site.origin}/inside?a=1`)
    const back = await followToCallback(browser, provider, redirect)

    expect(requestParams(redirect).get('scope')?.split(' ')).toEqual(
      expect.arrayContaining(['Mail.Read', 'Mail.Send']),
    )
    expect(requestParams(redirect).get('login_hint')).toBeTruthy()
    expect(back.location).toBe('/inside?a=1')
    expect((await browser.navigate(`${site.origin}/inside`)).json()).toEqual(
      expect.arrayContaining(['Mail.Read', 'Mail.Send']),
    )
  })

  test('returns a login URL for its scopes to a script', async ({ openAsking }) => {
    const { site, browser } = await openAsking()

    const response = await browser.script(`${site.origin}/inside`)

    const { loginUrl } = response.json() as { loginUrl: string }
    expect(response.status).toBe(401)
    expect(requestParams(await browser.navigate(loginUrl)).get('scope')).toContain('Mail.Send')
  })

  test('shows a page when the user consents to less', async ({ openAsking, provider }) => {
    const { site, browser } = await openAsking()
    provider.tamper = {
      tokenResponse: (body) => ({ ...body, scope: 'openid profile email Mail.Read' }),
    }

    const response = await signInThrough(browser, provider, `${site.origin}/inside`)

    expectErrorPage(site, response, 403)
  })
})

describe('an error that the user cannot solve', () => {
  test.for<[string, () => unknown]>([
    ['of the application', () => new TypeError('own')],
    ['that is not an error object', () => 'text'],
    ['login_required', () => new IdentityError('login_required', 'x')],
    ['access_denied', () => new IdentityError('access_denied', 'x')],
    ['provider_unavailable', () => new IdentityError('provider_unavailable', 'x')],
    [
      'that only looks like one',
      () => Object.assign(new Error('x'), { code: 'interaction_required' }),
    ],
  ])('reaches the error handler of the application: %s', async ([, make], { open }) => {
    const { site, errors, route } = await open()
    route('/fail', () => Promise.reject(make()))
    const browser = await site.signIn({ path: '/me' })

    const response = await browser.navigate(`${site.origin}/fail`)

    expect([response.status, response.text, response.location]).toEqual([500, 'FAILED', undefined])
    expect(errors).toHaveLength(1)
  })

  test('also reaches it when the refresh for a challenge fails at the provider', async ({
    open,
    provider,
  }) => {
    const { site, errors, route } = await open()
    route('/call', ({ fetch }) => fetch(provider.graphMe))
    const browser = await site.signIn({ path: '/me' })
    const faults = { token: { kind: 'status', status: 503 } } as const
    provider.behave({ graphClaims: JSON.stringify(NBF), faults })

    const response = await browser.navigate(`${site.origin}/call`)

    expect(response.text).toBe('FAILED')
    expect(codesOf(errors)).toEqual(['provider_unavailable'])
  })

  test('causes one refresh, even when many calls wait for it', async ({ open, provider }) => {
    let isDown = false
    let refreshes = 0
    let challenges = 0
    let allAreChallenged = (): void => {}
    const challenged = new Promise<void>((resolve) => (allAreChallenged = resolve))
    // The provider responds when all calls wait for it, however long their requests take.
    const slowFetch: typeof fetch = async (input, init) => {
      const { pathname } = new URL(input instanceof Request ? input.url : input)
      if (isDown && pathname.endsWith('/token')) {
        refreshes++
        await challenged
        return new Response(null, { status: 503 })
      }
      const response = await fetch(input, init)
      if (isDown && ++challenges === CALLS) setTimeout(allAreChallenged, 50)
      return response
    }
    const { site, errors, route } = await open({ fetch: slowFetch })
    route('/call', ({ fetch: call }) =>
      Promise.all(Array.from({ length: CALLS }, () => call(provider.graphMe))),
    )
    const browser = await site.signIn({ path: '/me' })
    provider.behave({ graphClaims: JSON.stringify(NBF) })
    isDown = true

    await browser.navigate(`${site.origin}/call`)

    expect(codesOf(errors)).toEqual(['provider_unavailable'])
    // If calls did not share the refresh, every other call would start one now.
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect([refreshes, challenges]).toEqual([1, CALLS])
  })

  test('reaches it for an app-only token, which does not depend on a user', async ({
    open,
    provider,
  }) => {
    const { site, errors, route } = await open()
    route('/own', () => site.auth.getTokenForClient('https://graph.microsoft.com/.default'))
    const browser = await site.signIn({ path: '/me' })
    const fault = { kind: 'error', error: 'invalid_grant', codes: [53003] } as const
    provider.behave({ faults: { token: fault } })

    const response = await browser.navigate(`${site.origin}/own`)

    expect(response.text).toBe('FAILED')
    expect(codesOf(errors)).toEqual(['provider_error'])
    expect(errors).toMatchObject([{ oauthError: 'invalid_grant', microsoftCodes: ['AADSTS53003'] }])
  })
})
