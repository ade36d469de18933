// oxlint-disable-next-line import/no-unassigned-import -- Angular compiles the components of the tests with it.
import '@angular/compiler'
import { createServer } from 'node:http'
import { PlatformLocation } from '@angular/common'
import { HttpClient, provideHttpClient, withFetch, withInterceptors } from '@angular/common/http'
import {
  Component,
  enableProdMode,
  ErrorHandler,
  inject,
  InjectionToken,
  provideZonelessChangeDetection,
  REQUEST,
  REQUEST_CONTEXT,
  RESPONSE_INIT,
  signal,
  type ApplicationConfig,
  type WritableSignal,
} from '@angular/core'
import { bootstrapApplication } from '@angular/platform-browser'
import {
  BEFORE_APP_SERIALIZED,
  provideServerRendering,
  renderApplication,
} from '@angular/platform-server'
import { provideRouter, RouterOutlet } from '@angular/router'
import {
  identityInterceptor,
  injectExpiring,
  injectSession,
  provideIdentity,
  signedIn,
  type BrowserSession,
} from 'identity-web/angular'
import { describe, expect, onTestFinished, test } from 'vitest'
import { close, listen } from '../support/server.ts'

interface View {
  readonly name: string
}

const SIGNED_IN: BrowserSession<View> = {
  user: { name: 'Alex' },
  expiresInSeconds: 1800,
  absoluteExpiresInSeconds: 86_400,
  loginUrl: '/login',
  logoutUrl: '/logout',
}
const SIGNED_OUT: BrowserSession<View> = { user: null, loginUrl: '/login' }

// Angular prints less.
enableProdMode()

/** What a request of the page has returned. */
const RESULT = new InjectionToken<WritableSignal<string>>('result')

// Decorators are functions, so the tests do not need a compiler for their syntax.
const pageOf = (title: string) =>
  Component({ template: '<h1>{{ title }}</h1>' })(
    class {
      protected readonly title = title
    },
  )
const Account = pageOf('Account')
const Forbidden = pageOf('Forbidden')
const App = Component({
  selector: 'app-root',
  imports: [RouterOutlet],
  template: `<p>{{ s.status() }}: {{ s.user()?.name }} {{ s.isSignedIn() }} {{ s.loginUrl() }} {{ s.logoutUrl() }} {{ s.expiresInSeconds() }}
    {{ s.secondsLeft() }} {{ expiring()?.secondsLeft ?? 'no warning' }}</p><output>{{ result() }}</output><router-outlet />`,
})(
  class {
    protected readonly s = injectSession<View>()
    protected readonly expiring = injectExpiring()
    protected readonly result = inject(RESULT)
  },
)
interface Render {
  readonly path?: string
  readonly context?: unknown
  readonly isPrerendered?: boolean
  readonly origin?: string
  readonly providers?: ApplicationConfig['providers']
}

/** Renders a page as `@angular/ssr` does. */
async function render({
  path = '/',
  context,
  isPrerendered = false,
  origin = 'http://localhost:4000',
  providers = [],
}: Render) {
  const init = { status: 200, headers: new Headers({ 'cache-control': 'public, max-age=600' }) }
  const errors: string[] = []
  let location = ''
  const result = signal('')
  const html = await renderApplication(
    (platform) =>
      bootstrapApplication(
        App,
        {
          providers: [
            provideServerRendering(),
            provideZonelessChangeDetection(),
            provideRouter([
              { path: '', children: [] },
              { path: 'account', component: Account, canActivate: [signedIn()] },
              { path: 'old', redirectTo: '/account?tab=1' },
              { path: 'match', component: Account, canMatch: [signedIn()] },
              {
                path: 'managers',
                component: Account,
                canActivate: [
                  signedIn<View>({ allow: ({ name }) => name === 'Bo', otherwise: '/forbidden' }),
                ],
              },
              { path: 'forbidden', component: Forbidden },
              { path: '**', component: Forbidden },
            ]),
            provideHttpClient(withFetch(), withInterceptors([identityInterceptor])),
            provideIdentity(),
            { provide: RESULT, useValue: result },
            {
              provide: ErrorHandler,
              useValue: { handleError: (e: Error) => errors.push(e.message) },
            },
            {
              provide: BEFORE_APP_SERIALIZED,
              multi: true,
              useFactory: () => {
                const found = inject(PlatformLocation)
                return () => {
                  location = found.pathname + found.search
                }
              },
            },
            ...providers,
          ],
        },
        platform,
      ),
    {
      document:
        '<!doctype html><html><head><base href="/"></head><body><app-root></app-root></body></html>',
      url: origin + path,
      allowedHosts: ['localhost', '127.0.0.1'],
      platformProviders: isPrerendered
        ? []
        : [
            { provide: REQUEST, useValue: new Request(origin + path) },
            { provide: REQUEST_CONTEXT, useValue: context },
            { provide: RESPONSE_INIT, useValue: init },
          ],
    },
  )
  const shown = /<p[^>]*>([^<]*)/.exec(html)?.[1]?.replace(/\s+/g, ' ')
  return {
    html,
    shown,
    errors,
    location,
    cacheControl: new Headers(init.headers).get('cache-control'),
  }
}

const MISSING = 'A route with signedIn() has no session on the server.'

describe('while a server renders a page of Angular', () => {
  test('the page shows the user of the request, and contains the session for the browser', async () => {
    const { html, shown, cacheControl } = await render({ context: { identity: SIGNED_IN } })

    expect(shown).toBe('signed-in: Alex true /login /logout 1800 1800 no warning')
    const state = /<script id="ng-state"[^>]*>(.*?)<\/script>/.exec(html)?.[1]
    expect(JSON.parse(state ?? '{}')).toMatchObject({ 'identity-web': SIGNED_IN })
    expect(cacheControl).toBe('private, no-store')
  })

  test('the page of a visitor is not for other visitors either', async () => {
    const { shown, cacheControl } = await render({ context: { identity: SIGNED_OUT } })

    expect(shown).toBe('signed-out: false /login 0 no warning')
    expect(cacheControl).toBe('private, no-store')
  })

  test.each([undefined, null, 'text', {}, { identity: null }])(
    'without a session in the context %j, the state is loading',
    async (context) => {
      const { shown, html, cacheControl } = await render({ context })

      expect(shown).toBe('loading: false 0 no warning')
      expect(html).not.toContain('"identity-web"')
      expect(cacheControl).toBe('public, max-age=600')
    },
  )

  test('the name of a user cannot end the script of the page', async () => {
    const user = { name: '</script><script>alert(1)</script>' }
    const { html } = await render({ context: { identity: { ...SIGNED_IN, user } } })

    expect(html).not.toContain('<script>alert(1)')
  })

  test('two renders at the same time do not share a user', async () => {
    const names = ['Alex', 'Bo', 'Chris']
    const pages = await Promise.all(
      names.map((name) => render({ context: { identity: { ...SIGNED_IN, user: { name } } } })),
    )

    for (const [index, { html }] of pages.entries())
      expect(names.filter((name) => html.includes(name))).toEqual([names[index]])
  })
})

describe('signedIn() on a server', () => {
  test.each(['/account?tab=1', '/match?tab=1'])(
    'lets a signed-in user see %s, and redirects a visitor to the sign-in',
    async (path) => {
      const user = await render({ path, context: { identity: SIGNED_IN } })
      const visitor = await render({ path, context: { identity: SIGNED_OUT } })

      expect(user.html).toContain('<h1>Account</h1>')
      expect(user.location).toBe(path)
      expect(visitor.html).not.toContain('<h1>')
      expect(visitor.location).toBe(`/login?return_to=${encodeURIComponent(path)}`)
      expect([...user.errors, ...visitor.errors]).toEqual([])
    },
  )

  test('returns to the route that another one redirects to', async () => {
    const { location } = await render({ path: '/old', context: { identity: SIGNED_OUT } })

    expect(location).toBe('/login?return_to=%2Faccount%3Ftab%3D1')
  })

  test('uses the login route of App Service authentication', async () => {
    const loginUrl = '/.auth/login/aad?post_login_redirect_uri=%2F'
    const { location } = await render({
      path: '/account',
      context: { identity: { user: null, loginUrl } },
    })

    expect(location).toBe('/.auth/login/aad?post_login_redirect_uri=%2Faccount')
  })

  test('redirects only to its own origin', async () => {
    const identity = { user: null, loginUrl: 'https://evil.example/login' }
    const { errors, location } = await render({ path: '/account', context: { identity } })

    expect(location).not.toContain('evil')
    expect(errors).toContain('https://evil.example/login has another origin.')
  })

  test('sends a user whom it does not allow to another route', async () => {
    const path = '/managers'
    const alex = await render({ path, context: { identity: SIGNED_IN } })
    const bo = await render({
      path,
      context: { identity: { ...SIGNED_IN, user: { name: 'Bo' } } },
    })

    expect([alex.location, bo.location]).toEqual(['/forbidden', '/managers'])
    expect(alex.html).not.toContain('<h1>Account</h1>')
  })

  test('says what to change if the session is missing', async () => {
    const served = await render({ path: '/account' })
    const inAdvance = await render({ path: '/account', isPrerendered: true })

    expect(served.errors.join()).toContain(MISSING)
    expect(inAdvance.errors.join()).toContain('in advance, so identity-web cannot know the visitor')
    for (const { html } of [served, inAdvance]) expect(html).not.toContain('<h1>Account</h1>')
  })
})

describe('a request of HttpClient while a server renders', () => {
  /** Renders a page that sends a request to a server, and returns the headers of the request and the result. */
  async function request(url: (origin: string) => string, isOwn = true) {
    const received: unknown[] = []
    const server = createServer((req, res) => {
      received.push(req.headers['x-csrf'], req.headers.cookie)
      res.statusCode = req.url === '/public.json' ? 200 : 401
      res.setHeader('content-type', 'application/json')
      const guarded = '{"error":"login_required","loginUrl":"/login?return_to=%2F"}'
      res.end(req.url === '/upstream' ? '{"error":"login_required"}' : guarded)
    })
    const origin = await listen(server)
    onTestFinished(() => close(server))
    let failure: unknown
    await render({
      ...(isOwn && { origin }),
      context: { identity: SIGNED_IN },
      providers: [
        {
          provide: RESULT,
          useFactory: () => {
            const result = signal('')
            inject(HttpClient)
              .get(url(origin))
              .subscribe({ error: (error: unknown) => (failure = error) })
            return result
          },
        },
      ],
    })
    return { received, failure: failure as Error | undefined }
  }

  test('says what to do if the API requires a user, because the server sends no cookie', async () => {
    const { failure, received } = await request(() => '/api/todos')

    expect(failure?.message).toMatch(
      /\/api\/todos requires a signed-in user, but the server sends no cookie/,
    )
    expect(received).toEqual([undefined, undefined])
  })

  test('changes neither other responses nor those of other origins', async () => {
    const open = await request(() => '/public.json')
    const upstream = await request(() => '/upstream')
    const foreign = await request((origin) => `${origin}/api/todos`, false)

    expect(open.failure).toBeUndefined()
    expect([upstream.failure, foreign.failure]).toMatchObject([{ status: 401 }, { status: 401 }])
  })
})
