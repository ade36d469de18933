import type { DevProvider } from 'identity-web-dev'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startDevProvider } from 'identity-web-dev'
import { Browser } from '../support/browser.ts'
import { SESSION_SECRET, begin, callBack, signIn } from '../support/site.ts'

/** How the sites of the contract are set up; each host hands these on to its `Auth`. */
export interface ContractOptions {
  readonly authority: string
  readonly clientId: string
  readonly clientCredential: string
  readonly endpoint: string
  readonly session: { readonly secret: string }
  readonly responseMode: 'query' | 'form_post'
  readonly timeout: number
}

/** What a host may be asked to do differently. */
export interface ContractVariant {
  /** Mount everything under this path; the redirect URI is below it. */
  readonly prefix?: string
  /** A body parser of the framework in front of the routes. */
  readonly parsesBodies?: boolean
  /** The sign-in object is made before the application and given to it later. */
  readonly deferred?: boolean
  /** `routes: false`, with the application's own routes at the same paths. */
  readonly ownRoutes?: boolean
}

/**
 * Starts an application whose pages all hosts have alike:
 *
 * - `/` answers the context as JSON, behind the wrapper form; it has set a cookie `own=1` and a header `x-own: 1`
 * - `/middleware` the same, behind the middleware form
 * - `/standalone` the same, behind the stand-alone `loginRequired`
 * - `/call` calls the endpoint with the scope User.Read and answers what came
 * - `/script` behind `challenge: 'unauthorized'`, `/page` behind `challenge: 'redirect'`
 * - `/throws` behind the wrapper, whose handler throws `Error('from the handler')`; the host's own error handling
 *   answers 418 with the error's message
 * - `/stream` streams "one", then "two"
 * - `/user` answers `getUser` or null, with no guard
 * - `/token` answers `getTokenForUser(User.Read)`, and the error's code where it throws
 * - `/mail-token` answers `getTokenForUser(Mail.Read)` behind the wrapper, and lets its error through
 * - `/app-token` answers `getTokenForClient` for the endpoint's `.default`
 */
export type StartHost = (
  options: (
    origin: string,
  ) => ContractOptions & { readonly redirectUri: string; readonly routes: boolean },
  variant: ContractVariant,
) => Promise<{ readonly origin: string; close(): Promise<void> }>

/** The behaviours that every adapter has: an adapter is done when it passes all of them. */
export function adapterContract(name: string, start: StartHost): void {
  describe(`${name} keeps the contract`, () => {
    let provider: DevProvider
    beforeAll(async () => {
      provider = await startDevProvider()
    })
    afterAll(() => provider.close())
    beforeEach(() => provider.reset())

    /** Runs a case on a host of its own, with its address below the prefix. */
    async function on(
      variant: ContractVariant & { readonly responseMode?: 'query' | 'form_post' },
      act: (site: { readonly origin: string; readonly root: string }) => Promise<void>,
    ): Promise<void> {
      const { prefix = '', responseMode = 'query' } = variant
      const host = await start(
        (origin) => ({
          authority: provider.authority(),
          clientId: provider.app.clientId,
          clientCredential: provider.app.clientSecret ?? '',
          endpoint: provider.graphMe,
          session: { secret: SESSION_SECRET },
          redirectUri: `${origin}${prefix}/auth/redirect`,
          responseMode,
          routes: variant.ownRoutes !== true,
          timeout: 2,
        }),
        variant,
      )
      try {
        await act({ origin: `${host.origin}${prefix}`, root: host.origin })
      } finally {
        await host.close()
      }
    }

    const variants: [string, ContractVariant & { responseMode?: 'query' | 'form_post' }][] = [
      ['at the root', {}],
      ['mounted under a prefix', { prefix: '/sub/app' }],
      ['given the application later', { deferred: true }],
      ['with routes of its own', { ownRoutes: true }],
      ['with a body parser in front', { parsesBodies: true }],
      ['by form post', { responseMode: 'form_post' }],
      [
        'by form post with a body parser in front',
        { responseMode: 'form_post', parsesBodies: true },
      ],
    ]
    test.each(variants)('signs in and comes back to the page that was wanted, %s', (_, variant) =>
      on(variant, async (site) => {
        const browser = new Browser()
        const back = await begin(site, provider, browser, { path: '/?a=1&a=2' })

        const answer = await callBack(browser, back)

        expect(answer.status).toBe(variant.responseMode === 'form_post' ? 303 : 302)
        expect(answer.location).toBe(`${variant.prefix ?? ''}/?a=1&a=2`)
        expect(back.form === undefined).toBe(variant.responseMode !== 'form_post')
        const page = await browser.navigate(`${site.origin}/`)
        expect(page.json()).toMatchObject({ user: { name: 'Alex Rivera' }, claims: { ver: '2.0' } })
      }),
    )

    test('a visitor is sent to the provider, and the answer is for no cache', () =>
      on({}, async ({ origin }) => {
        const answer = await new Browser().navigate(`${origin}/`)

        expect(answer.status).toBe(302)
        expect(answer.location).toContain(`${provider.authority()}/oauth2/v2.0/authorize`)
        expect(answer.headers['cache-control']).toBe('private, no-store')
        expect(
          answer.setCookies.filter((cookie) => cookie.startsWith('identity-flow-')),
        ).toHaveLength(1)
      }))

    test('a script is answered 401 with the login URL, which leads back to the page that it runs on', () =>
      on({}, async ({ origin }) => {
        const browser = new Browser()

        const answer = await browser.script(`${origin}/`, {
          headers: { referer: `${origin}/page?tab=2` },
        })

        expect(answer.status).toBe(401)
        expect(answer.setCookies.filter((cookie) => cookie.startsWith('identity'))).toEqual([])
        const { error, loginUrl } = answer.json() as { error: string; loginUrl: string }
        expect(error).toBe('login_required')
        expect(loginUrl).toBe(`${origin}/auth/login?return_to=%2Fpage%3Ftab%3D2`)
        const away = await browser.navigate(loginUrl)
        const back = await callBack(browser, await provider.signIn(away.location ?? '', {}))
        expect(back.location).toBe('/page?tab=2')
      }))

    test('a route can choose between 401 and the redirect', () =>
      on({}, async ({ origin }) => {
        const browser = new Browser()

        expect((await browser.navigate(`${origin}/script`)).status).toBe(401)
        expect((await browser.script(`${origin}/page`)).status).toBe(302)
      }))

    test('a form post without a session leads back to the page with the form', () =>
      on({}, async ({ origin }) => {
        const browser = new Browser()

        const away = await browser.navigate(`${origin}/page`, {
          method: 'POST',
          headers: {
            referer: `${origin}/user`,
            'content-type': 'application/x-www-form-urlencoded',
          },
          body: 'a=1',
        })

        expect(away.status).toBe(303)
        const back = await callBack(browser, await provider.signIn(away.location ?? '', {}))
        expect(back.location).toBe('/user')
      }))

    test('HEAD is guarded like GET', () =>
      on({}, async ({ origin }) => {
        const stranger = await new Browser().navigate(`${origin}/`, { method: 'HEAD' })
        const user = await signIn({ origin }, provider)

        expect(stranger.status).toBe(302)
        expect((await user.navigate(`${origin}/`, { method: 'HEAD' })).status).toBe(200)
      }))

    test.each(['/', '/middleware', '/standalone'])('%s hands the context to its handler', (path) =>
      on({}, async ({ origin }) => {
        const browser = await signIn({ origin }, provider, { path })

        const answer = await browser.navigate(origin + path)

        expect(answer.json()).toMatchObject({
          user: { preferred_username: 'alex@contoso.onmicrosoft.com' },
        })
        expect(answer.headers['cache-control']).toBe('private, no-store')
      }),
    )

    test('a route with scopes asks for consent on the way and calls the API with a token', () =>
      on({}, async ({ origin }) => {
        const browser = await signIn({ origin }, provider)

        const stepUp = await browser.navigate(`${origin}/call`)
        const back = await callBack(browser, await provider.signIn(stepUp.location ?? '', {}))
        const answer = await browser.navigate(`${origin}/call`)

        expect(new URL(stepUp.location ?? '').searchParams.get('login_hint')).toBeTruthy()
        expect(back.location).toBe('/call')
        expect(answer.json()).toMatchObject({ status: 200, body: { displayName: 'Alex Rivera' } })
      }))

    test('a script that needs consent is told where to get it', () =>
      on({}, async ({ origin }) => {
        const browser = await signIn({ origin }, provider)

        const answer = await browser.script(`${origin}/call`)
        const { error, loginUrl } = answer.json() as { error: string; loginUrl: string }
        const away = await browser.navigate(loginUrl)

        expect(error).toBe('interaction_required')
        expect(new URL(away.location ?? '').searchParams.get('scope')).toContain('User.Read')
      }))

    test('cookies and headers of the application stay beside ours', () =>
      on({}, async ({ origin }) => {
        const browser = await signIn({ origin }, provider)
        await browser.navigate(`${origin}/call`)

        const away = await new Browser().navigate(`${origin}/`)
        const page = await browser.navigate(`${origin}/`)

        expect(page.headers['x-own']).toBe('1')
        expect(page.setCookies.some((cookie) => cookie.startsWith('own=1'))).toBe(true)
        expect(away.setCookies.length).toBeGreaterThanOrEqual(1)
      }))

    test('both cookies of a session are headers of their own', () =>
      on({}, async ({ origin }) => {
        const browser = new Browser()

        const answer = await callBack(browser, await begin({ origin }, provider, browser))

        const names = answer.setCookies.map((cookie) => cookie.slice(0, cookie.indexOf('=')))
        expect(names).toEqual(expect.arrayContaining(['identity', 'identity-tokens']))
      }))

    test('errors of a handler are the host’s to answer', () =>
      on({}, async ({ origin }) => {
        const browser = await signIn({ origin }, provider)

        const answer = await browser.navigate(`${origin}/throws`)

        expect(answer.status).toBe(418)
        expect(answer.text).toContain('from the handler')
      }))

    test('a guarded response may be streamed', () =>
      on({}, async ({ origin }) => {
        const browser = await signIn({ origin }, provider)

        expect((await browser.navigate(`${origin}/stream`)).text).toBe('onetwo')
      }))

    test('an unguarded page sees the user, or nobody', () =>
      on({}, async ({ origin }) => {
        const browser = await signIn({ origin }, provider)

        expect((await browser.navigate(`${origin}/user`)).json()).toMatchObject({
          name: 'Alex Rivera',
        })
        expect((await new Browser().navigate(`${origin}/user`)).json()).toBeNull()
      }))

    test('a token for the user is there after consent, and asked for by an error before', () =>
      on({}, async ({ origin }) => {
        const browser = await signIn({ origin }, provider)

        expect((await new Browser().navigate(`${origin}/token`)).json()).toEqual({
          code: 'login_required',
        })
        expect((await browser.navigate(`${origin}/token`)).json()).toEqual({
          code: 'interaction_required',
        })
        await signIn({ origin }, provider, { path: '/call' }, browser)
        expect((await browser.navigate(`${origin}/token`)).json()).toMatchObject({
          tokenType: 'Bearer',
          scopes: ['User.Read'],
        })
      }))

    test('a handler that finds out that its user is needed becomes a step-up', () =>
      on({}, async ({ origin }) => {
        const browser = await signIn({ origin }, provider)

        const script = await browser.script(`${origin}/mail-token`)
        const away = await browser.navigate(`${origin}/mail-token?a=1`)
        const back = await callBack(browser, await provider.signIn(away.location ?? '', {}))

        expect(script.status).toBe(401)
        expect(script.json()).toMatchObject({ error: 'interaction_required' })
        expect(new URL(away.location ?? '').searchParams.get('scope')).toContain('Mail.Read')
        expect(back.location).toBe('/mail-token?a=1')
        expect((await browser.navigate(`${origin}/mail-token`)).json()).toMatchObject({
          scopes: ['Mail.Read'],
        })
      }))

    test('the application gets a token of its own', () =>
      on({}, async ({ origin }) => {
        const answer = await new Browser().navigate(`${origin}/app-token`)

        expect(answer.json()).toMatchObject({ tokenType: 'Bearer', expiresIn: 3600 })
      }))

    test.each(['GET', 'POST'])(
      '%s to logout ends the session here and leads to the provider',
      (method) =>
        on({}, async ({ origin }) => {
          const browser = await signIn({ origin }, provider)

          const answer = await browser.navigate(`${origin}/auth/logout`, { method })

          const target = new URL(answer.location ?? '')
          expect(target.pathname).toMatch(/\/oauth2\/v2\.0\/logout$/)
          expect(target.searchParams.get('post_logout_redirect_uri')).toBe(`${origin}/`)
          expect(browser.cookies.has('identity')).toBe(false)
          expect((await browser.navigate(`${origin}/`)).status).toBe(302)
        }),
    )

    test('a user is back from the sign-out under the clean address', () =>
      on({}, async ({ origin }) => {
        const browser = await signIn({ origin }, provider)
        const { location = '' } = await browser.navigate(`${origin}/auth/logout`)
        const { url } = await provider.signIn(location)

        const landed = await browser.navigate(url.href)

        expect(url.search).toMatch(/^\?state=/)
        expect(landed.location).toBe(`${origin}/`)
      }))

    test.each([false, true])(
      'a sign-out elsewhere ends the session that it names, with routes of its own: %s',
      (ownRoutes) =>
        on({ ownRoutes }, async ({ origin }) => {
          const browser = await signIn({ origin }, provider)
          const { claims } = (await browser.navigate(`${origin}/`)).json() as {
            claims: { sid: string }
          }

          await browser.send(`${origin}/auth/front-channel-logout?sid=another`, {})
          expect(browser.cookies.has('identity')).toBe(true)
          await browser.send(`${origin}/auth/front-channel-logout?sid=${claims.sid}`, {})
          expect(browser.cookies.has('identity')).toBe(false)
        }),
    )

    test('paths that are not ours are left to the host', () =>
      on({}, async ({ origin }) => {
        expect((await new Browser().navigate(`${origin}/auth/elsewhere`)).status).toBe(404)
        expect(
          (await new Browser().navigate(`${origin}/auth/redirect`, { method: 'DELETE' })).status,
        ).toBe(404)
      }))

    test('a body too large for an authorization response is refused', () =>
      on({}, async ({ origin }) => {
        const answer = await new Browser().navigate(`${origin}/auth/redirect`, {
          method: 'POST',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: `state=${'x'.repeat(200_000)}`,
        })

        expect(answer.status).toBe(413)
      }))
  })
}
