import { deviceCode } from 'identity-web/device-code'
import {
  ApiAuth,
  Auth,
  IdentityError,
  type AuthOptions,
  type HandlerArgs,
  type Middleware,
  type TokenResult,
} from 'identity-web/react-router'
import { createRequestHandler } from 'react-router'
import { describe, expect } from 'vitest'
import { loader as notFound } from '../../src/adapters/react-router/sign-in-page.ts'
import { Browser } from '../support/browser.ts'
import { test as base } from '../support/fixtures.ts'
import { serveRequests } from '../support/request-server.ts'
import { SESSION_SECRET, signIn } from '../support/site.ts'
import { buildOf, type RouteModules } from './hosts/react-router-app.ts'
import { sdkToken } from './next-app/sdk-token.ts'

const HOUR = 3600
const page = { default: () => null }

/** A site of React Router with pages. */
interface RouterSite {
  readonly origin: string
  close(): Promise<void>
}

type OpenRouterSite = (
  modules: (auth: Auth) => RouteModules,
  options?: AuthOptions & { readonly basename?: string },
) => Promise<RouterSite>

/** React Router 8 passes requests on as they are. Before, it passes copies with other URLs. */
const FUTURES = [
  ['copies requests', {}],
  ['passes requests through', { v8_passThroughRequests: true }],
] as const

describe.each(FUTURES)('a router that %s', (_name, future) => {
  const test = base.extend(
    'open',
    ({ provider, clock }, { onCleanup }): OpenRouterSite =>
      async (modules, { basename = '/', ...options } = {}) => {
        const prefix = basename === '/' ? '' : basename
        let handler: ((request: Request) => Promise<Response>) | undefined
        const site = await serveRequests((request, origin) => {
          handler ??= createHandler(origin)
          return handler(request)
        })
        const createHandler = (origin: string): typeof handler & {} => {
          const auth = new Auth({
            authority: provider.authority(),
            clientId: provider.app.clientId,
            clientCredential: provider.app.clientSecret,
            redirectUri: `${origin}${prefix}/redirect`,
            basePath: prefix,
            session: { secret: SESSION_SECRET, cookie: { name: 'identity' } },
            logger: false,
            now: clock.now,
            ...options,
          })
          const all = { '/*': { ...page, loader: notFound }, ...modules(auth) }
          const root = { middleware: [auth.middleware] }
          return createRequestHandler(
            {
              ...buildOf(root, all, basename),
              future: { v8_middleware: true, ...future } as never,
            },
            'development',
          )
        }
        onCleanup(() => site.close())
        return { origin: site.origin + prefix, close: site.close }
      },
  )

  test('a promise of a loader uses the token of the session, and does not refresh it', async ({
    open,
    provider,
    clock,
  }) => {
    provider.behave({ reuseDetection: true, consent: 'skip' })
    // React Router sends the page before the promise settles.
    const late = async (read: () => Promise<TokenResult>): Promise<string> => {
      await new Promise((resolve) => setTimeout(resolve, 50))
      return read().then(
        ({ scopes }) => scopes.join(),
        (error: IdentityError) => error.code,
      )
    }
    const { origin } = await open(
      (auth) => ({
        '/': { ...page, loader: auth.loginRequired(() => 'in') },
        '/open': {
          ...page,
          loader: (args) => ({ token: late(() => auth.getTokenForUser(args, 'User.Read')) }),
        },
        '/guarded': {
          ...page,
          loader: auth.loginRequired((args) => ({
            token: late(() => auth.getTokenForUser(args, 'User.Read')),
          })),
        },
      }),
      { scopes: 'User.Read' },
    )
    const browser = await signIn({ origin }, provider)
    const data = async (path: string): Promise<string> =>
      (await browser.script(`${origin}${path}.data`)).text
    const refreshes = (): number =>
      provider.requests.filter(({ grantType }) => grantType === 'refresh_token').length

    clock.advance(HOUR - 200)
    expect(await data('/open')).toContain('User.Read')
    expect(refreshes()).toBe(0)
    clock.advance(400)
    expect(await data('/open')).toContain('refresh_required')
    expect(refreshes()).toBe(0)
    // The guard refreshes the session before the loader, and the promise uses the new token.
    expect(await data('/guarded')).toContain('User.Read')
    expect(await data('/open')).toContain('User.Read')
    expect(refreshes()).toBe(1)
  })

  const account = (auth: Auth): RouteModules => ({
    '/account': {
      ...page,
      loader: auth.loginRequired((_args, { user }) => ({ name: user.name })),
      action: auth.loginRequired(async ({ request }) => ({
        saved: (await request.formData()).get('note'),
      })),
    },
  })

  /** The redirect that the router of the browser follows. */
  const reloadOf = (text: string): string | undefined =>
    /"redirect","(?<url>[^"]+)"/.exec(text)?.groups?.['url']

  test('data of a guarded page makes the browser load the page, which starts the sign-in', async ({
    open,
  }) => {
    const { origin } = await open(account)

    const data = await new Browser().script(`${origin}/account.data?tab=1`)
    const document = await new Browser().navigate(`${origin}/account?tab=1`)

    expect(data.status).toBe(202)
    expect(reloadOf(data.text)).toBe(`${origin}/account?tab=1`)
    expect(data.text).toContain('"reload",true')
    expect(data.setCookies).toEqual([])
    expect(data.headers['cache-control']).toContain('no-store')
    expect(document.status).toBe(302)
  })

  test('a fetcher leads to the sign-in, and the user returns to its page', async ({ open }) => {
    const { origin } = await open(account)

    const data = await new Browser().script(`${origin}/account.data?_routes=%2Faccount`, {
      headers: { referer: `${origin}/list?page=2` },
    })

    const url = new URL(reloadOf(data.text) ?? '')
    expect(data.status).toBe(202)
    expect(url.pathname).toBe('/login')
    expect(url.searchParams.get('return_to')).toBe('/list?page=2')
  })

  // React Router 7 does not tell whether a request is for data of a page or from a script of the application.
  test.runIf('v8_passThroughRequests' in future)(
    'a link to edit the profile returns to the page whose data the router requests',
    async ({ open, provider }) => {
      const { origin } = await open(
        (auth) => ({ '/profile': { ...page, loader: (args) => auth.getEditProfileUrl(args) } }),
        { authority: undefined, b2c: provider.b2c },
      )
      const linkIn = async (query: string): Promise<string> => {
        const headers = { referer: `${origin}/list?page=2` }
        return (await new Browser().script(`${origin}/profile.data${query}`, { headers })).text
      }

      expect(await linkIn('?tab=1')).toContain('/login?return_to=%2Fprofile%3Ftab%3D1&')
      // A fetcher does not change the page.
      expect(await linkIn('?_routes=%2Fprofile')).toContain('/login?return_to=%2Flist%3Fpage%3D2&')
    },
  )

  test('a form leads to the sign-in, and the user returns to the page with the form', async ({
    open,
    provider,
  }) => {
    const { origin } = await open(account)
    const form = {
      method: 'POST',
      body: 'note=1',
      headers: {
        origin,
        referer: `${origin}/account`,
        'content-type': 'application/x-www-form-urlencoded',
      },
    }

    const visitor = await new Browser().script(`${origin}/account.data`, form)
    const browser = await signIn({ origin }, provider, { path: '/account' })
    const user = await browser.script(`${origin}/account.data`, form)

    expect(new URL(reloadOf(visitor.text) ?? '').searchParams.get('return_to')).toBe('/account')
    expect([user.status, user.text]).toEqual([200, expect.stringContaining('"saved"')])
  })

  test('a form of another site is rejected', async ({ open, provider }) => {
    const { origin } = await open(account)
    const browser = await signIn({ origin }, provider, { path: '/account' })

    const response = await browser.script(`${origin}/account.data`, {
      method: 'POST',
      body: 'note=1',
      headers: {
        // React Router checks only this header.
        origin,
        'sec-fetch-site': 'same-site',
        'content-type': 'application/x-www-form-urlencoded',
      },
    })

    expect(response.status).toBe(403)
    expect(response.text).toContain('access_denied')
    expect(response.text).not.toContain('"saved"')
  })

  const unguarded = (auth: Auth): RouteModules => ({
    '/token': {
      ...page,
      loader: async (args: HandlerArgs) => {
        const { scopes } = await auth.getTokenForUser(args, ['Mail.Read'])
        return { scopes }
      },
    },
    '/token-or-not': {
      ...page,
      loader: (args: HandlerArgs) =>
        auth.getTokenForUser(args, ['Mail.Read']).catch((error: unknown) => {
          if (IdentityError.is(error)) return { code: error.code }
          throw error
        }),
    },
    '/sdk': {
      ...page,
      loader: (args: HandlerArgs) =>
        auth.getTokenForUser(args, ['Mail.Read']).catch((cause: unknown) => {
          throw new Error('The SDK failed.', { cause })
        }),
    },
    '/resource': { loader: (args) => auth.getTokenForUser(args, ['Mail.Read']) },
    '/account': { ...page, loader: auth.loginRequired(() => null) },
  })

  test('a token that needs the user leads to the provider from a loader without a guard', async ({
    open,
    provider,
  }) => {
    const { origin } = await open(unguarded)
    const browser = await signIn({ origin }, provider, { path: '/account' })

    const document = await browser.navigate(`${origin}/token`)
    const data = await browser.script(`${origin}/token.data`)
    const visitor = await new Browser().navigate(`${origin}/token`)
    const sdk = await browser.navigate(`${origin}/sdk`)
    const resource = await browser.navigate(`${origin}/resource`)
    const script = await browser.script(`${origin}/resource`)

    for (const { status, location } of [document, visitor, sdk, resource]) {
      expect(status).toBe(302)
      expect(new URL(location ?? '').searchParams.get('scope')).toContain('Mail.Read')
    }
    expect(reloadOf(data.text)).toBe(`${origin}/token`)
    expect([script.status, script.json()]).toMatchObject([
      401,
      { error: 'interaction_required', loginUrl: expect.stringContaining('/login?') },
    ])
  })

  test('an error that the loader handles is not a reason to sign in', async ({ open }) => {
    const { origin } = await open(unguarded)

    const document = await new Browser().navigate(`${origin}/token-or-not`)
    const data = await new Browser().script(`${origin}/token-or-not.data`)

    expect([document.status, document.text]).toEqual([
      200,
      expect.stringContaining('login_required'),
    ])
    expect(data.status).toBe(200)
  })

  test('loaders of one request share a refreshed session, and the response stores it', async ({
    open,
    provider,
    clock,
  }) => {
    const { origin } = await open((auth) => ({
      '/account': { ...page, loader: auth.loginRequired(() => null) },
      '/name': {
        ...page,
        loader: async (args) => [await auth.getUser(args), await auth.getUser(args)].length,
      },
    }))
    provider.behave({ reuseDetection: true })
    const browser = await signIn({ origin }, provider, { path: '/account' })

    for (const path of ['/name', '/name.data']) {
      clock.advance(HOUR + 600)
      const response = await browser.script(origin + path)
      expect(response.status).toBe(200)
      expect(response.setCookies.join()).toContain('identity=')
      expect(response.headers['cache-control']).toBe('private, no-store')
    }
    const refreshes = provider.requests.filter(({ grantType }) => grantType === 'refresh_token')
    expect(refreshes).toHaveLength(2)
  })

  test('a link of the router to a route of sign-in makes the browser load it', async ({
    open,
    provider,
  }) => {
    const { origin } = await open(account)
    const browser = await signIn({ origin }, provider, { path: '/account' })

    const data = await browser.script(`${origin}/logout.data`)
    const after = await browser.navigate(`${origin}/account`)
    const document = await browser.navigate(`${origin}/logout`)

    expect(reloadOf(data.text)).toBe(`${origin}/logout`)
    expect(after.status).toBe(200)
    expect(document.location).toContain(new URL(provider.authority()).origin)
    expect(browser.cookies.has('identity')).toBe(false)
  })

  test('redirects contain the basename once', async ({ open, provider }) => {
    const { origin } = await open(account, { basename: '/shop/eu' })
    const browser = await signIn({ origin }, provider, { path: '/account' })

    const data = await new Browser().script(`${origin}/account.data?a=1`)
    const logout = await browser.script(`${origin}/logout.data`)
    const document = await browser.navigate(`${origin}/account`)

    expect(reloadOf(data.text)).toBe(`${origin}/account?a=1`)
    expect(reloadOf(logout.text)).toBe(`${origin}/logout`)
    expect(document.status).toBe(200)
  })

  test('a user who is not allowed sees the page for 403, and an action gets the reason', async ({
    open,
    provider,
  }) => {
    const { origin } = await open((auth) => {
      const guarded = auth.loginRequired({ roles: ['Todos.Approver'] }, () => 'in')
      return {
        ...account(auth),
        '/approve': { ...page, loader: guarded, action: guarded },
      }
    })
    const browser = await signIn({ origin }, provider, { path: '/account' })

    const document = await browser.navigate(`${origin}/approve`)
    const data = await browser.script(`${origin}/approve.data`)
    const action = await browser.script(`${origin}/approve.data`, {
      method: 'POST',
      headers: { origin },
    })

    expect(document.status).toBe(403)
    expect(document.text).toContain('You do not have access')
    expect(reloadOf(data.text)).toBe(`${origin}/approve`)
    expect(action.status).toBe(403)
    expect(action.text).toContain('access_denied')
  })

  test('a middleware guards the routes of its route', async ({ open, provider }) => {
    const { origin } = await open((auth) => ({
      '/inner': {
        ...page,
        middleware: [auth.loginRequired()],
        loader: (args) => ({ name: auth.contextOf(args).user.name }),
      },
    }))

    const visitor = await new Browser().navigate(`${origin}/inner`)
    const data = await new Browser().script(`${origin}/inner.data`)
    const browser = await signIn({ origin }, provider, { path: '/inner' })
    const user = await browser.navigate(`${origin}/inner`)

    expect(visitor.status).toBe(302)
    expect(reloadOf(data.text)).toBe(`${origin}/inner`)
    expect([user.status, user.text]).toEqual([200, expect.stringContaining('Alex Rivera')])
  })

  test('an API that needs consent below a guard in a middleware leads to the provider', async ({
    open,
    provider,
  }) => {
    const { origin } = await open(
      (auth) => ({
        '/inner': {
          ...page,
          middleware: [auth.loginRequired()],
          loader: (args) => auth.contextOf(args).api['mail']!.fetch('/1'),
        },
        '/account': { ...page, loader: auth.loginRequired(() => null) },
      }),
      { apis: { mail: { baseUrl: 'http://localhost:1', scopes: ['Mail.Read'] } } },
    )
    const browser = await signIn({ origin }, provider, { path: '/account' })

    const document = await browser.navigate(`${origin}/inner`)
    const data = await browser.script(`${origin}/inner.data`)

    expect(document.status).toBe(302)
    expect(new URL(document.location ?? '').searchParams.get('scope')).toContain('Mail.Read')
    expect(reloadOf(data.text)).toBe(`${origin}/inner`)
  })

  test('an SDK that needs consent below a guard in a middleware leads to the provider', async ({
    open,
    provider,
  }) => {
    const { origin } = await open((auth) => ({
      '/inner': {
        ...page,
        middleware: [auth.loginRequired()],
        loader: (args) => sdkToken(auth.contextOf(args)),
      },
      // A resource route, because the router responds itself to the errors of pages.
      '/failing': {
        middleware: [
          async (args, next) => {
            try {
              await auth.getTokenForUser(args, ['Mail.Read'])
              return await next()
            } catch (cause) {
              throw new Error('The SDK failed.', { cause })
            }
          },
        ],
        loader: () => null,
      },
      '/account': { ...page, loader: auth.loginRequired(() => null) },
    }))
    const browser = await signIn({ origin }, provider, { path: '/account' })

    for (const path of ['/inner', '/failing']) {
      const document = await browser.navigate(origin + path)
      expect(document.status).toBe(302)
      expect(new URL(document.location ?? '').searchParams.get('scope')).toContain('Mail.Read')
    }
    expect(reloadOf((await browser.script(`${origin}/inner.data`)).text)).toBe(`${origin}/inner`)
  })

  test('an SDK that needs consent below a guard of an API in a middleware gets a challenge', async ({
    open,
    provider,
  }) => {
    const api = new ApiAuth({
      authority: provider.authority(),
      clientId: provider.api.clientId,
      clientCredential: provider.api.clientSecret ?? '',
      audience: provider.api.idUri,
      logger: false,
    })
    const { origin } = await open(() => ({
      '/api': {
        middleware: [api.authorizationRequired()],
        loader: (args) => sdkToken(api.contextOf(args)),
      },
    }))
    const authorization = `Bearer ${await provider.accessToken({ as: 'alex' })}`

    const response = await fetch(`${origin}/api`, { headers: { authorization } })

    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toContain('error="consent_required"')
  })

  test('an unknown page has the status 404, and shows the error boundary', async ({ open }) => {
    const { origin } = await open(account)

    const document = await new Browser().navigate(`${origin}/unknown`)
    const data = await new Browser().script(`${origin}/unknown.data`)

    expect([document.status, document.text]).toEqual([404, expect.stringContaining('Not Found')])
    expect(data.status).toBe(404)
  })

  test('a request without the middleware fails with the remedy', async ({ open }) => {
    const forget: Middleware = ({ context }, next) => {
      Object.assign(context, { get: () => null })
      return next()
    }
    const { origin } = await open((auth) => ({
      '/account': { ...page, middleware: [forget], loader: auth.loginRequired(() => null) },
    }))

    const { text } = await new Browser().navigate(`${origin}/account`)

    expect(text).toContain('export const middleware = [auth.middleware]')
  })

  test('a query that ends like a URL of data is not changed', async ({ open }) => {
    const { origin } = await open(account)

    const document = await new Browser().script(
      `${origin}/account.data?file=a.data&_routes=%2Faccount`,
    )
    const script = await new Browser().script(`${origin}/redirect?file=a.data`)

    expect(reloadOf(document.text)).toContain('/login?')
    expect(script.status).toBe(400)
  })

  test('data of a URL with two slashes does not lead to another site', async ({ open }) => {
    const { origin } = await open(
      (auth) => ({ '/*': { ...page, loader: auth.loginRequired(() => null) } }),
      { signIn: deviceCode(), redirectUri: undefined },
    )

    const data = await new Browser().send(`${origin}//evil.example/page.data`, {
      headers: { accept: '*/*', 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' },
    })

    expect(reloadOf(data.text)).toBe('/evil.example/page')
  })
})
