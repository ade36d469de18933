import { decodeJwt } from 'jose'
import type { AuthOptions, TokenContext } from 'identity-web/express'
import { describe, expect, test as base } from '../support/fixtures.ts'
import { startApi } from '../support/api.ts'
import { type Site } from '../support/site.ts'
import { signInThrough } from '../support/steps.ts'

const TODOS_SCOPE = 'api://todos.contoso.example/Todos.Read'

/** The result of a page that calls an API: its response, or the error. */
interface Called {
  readonly status?: number
  readonly body?: Readonly<Record<string, unknown>>
  readonly error?: string
}

const test = base
  .extend('site', ({ openSite }) => openSite())
  .extend(
    'openCalling',
    ({ openSite }) =>
      async (
        scopes: string,
        call: (context: TokenContext) => Promise<Response>,
        options: AuthOptions = {},
      ): Promise<Site> => {
        const site = await openSite(options)
        site.app.get(
          '/call',
          site.auth.loginRequired({ scopes }, async (_req, res, context) => {
            const response = await call(context).catch((error: Error) => error)
            if (response instanceof Error) res.json({ error: response.message })
            else res.json({ status: response.status, body: await response.json() })
          }),
        )
        return site
      },
  )
  .extend('call', () => async (site: Site): Promise<Called> => {
    const browser = await site.signIn({ path: '/call' })
    return (await browser.navigate(`${site.origin}/call`)).json() as Called
  })

describe('context.fetch()', () => {
  test('appends a path to Microsoft Graph', async ({ openCalling, call }) => {
    const site = await openCalling('User.Read', ({ fetch }) => fetch('/me'))

    expect(await call(site)).toMatchObject({ status: 200, body: { displayName: 'Alex Rivera' } })
  })

  test.for([
    ['/1?done=false', '/v1/1?done=false'],
    ['1', '/v1/1'],
    ['?top=3', '/v1?top=3'],
    ['', '/v1'],
    ['/a%2Fb', '/v1/a%2Fb'],
    ['/a:b', '/v1/a:b'],
  ] as const)(
    'appends %j to the base URL of the API that the scopes belong to',
    async ([path, expected], { openCalling, call }) => {
      const api = await startApi()
      const site = await openCalling(TODOS_SCOPE, ({ fetch }) => fetch(path), {
        apis: { todos: { baseUrl: `${new URL(api.url).origin}/v1/`, scopes: TODOS_SCOPE } },
      })

      expect(await call(site)).toMatchObject({ status: 200 })
      expect(api.calls.map((received) => received.url)).toEqual([expected])
    },
  )

  test.for([
    '/../v2',
    '/%2e%2e/v2',
    String.raw`/..\v2`,
    '//evil.example',
    String.raw`/\evil.example`,
  ])('does not leave the base URL: %s', async (path, { openCalling, call }) => {
    const api = await startApi()
    const site = await openCalling(TODOS_SCOPE, ({ fetch }) => fetch(path), {
      apis: { todos: { baseUrl: `${new URL(api.url).origin}/v1`, scopes: TODOS_SCOPE } },
    })

    expect(await call(site)).toEqual({
      error: expect.stringMatching(
        /does not stay below the base URL .*encodeURIComponent/,
      ) as string,
    })
    expect(api.calls).toEqual([])
  })

  test('needs a URL, and JavaScript code without one gets an example', async ({
    openCalling,
    call,
  }) => {
    const site = await openCalling('User.Read', ({ fetch }) => fetch(undefined as never))

    expect(await call(site)).toEqual({
      error: "context.fetch() needs a URL or a path, for example context.fetch('/me').",
    })
  })

  test('does not send a token for Microsoft Graph to another server', async ({
    openCalling,
    call,
  }) => {
    const api = await startApi()
    const site = await openCalling('User.Read', ({ fetch }) => fetch(api.url))

    expect(await call(site)).toEqual({
      error: expect.stringMatching(
        /User\.Read of the token belong to the API at .*apis: \{ other/,
      ) as string,
    })
    expect(api.calls).toEqual([])
  })

  test('does not send a token of the development provider to Microsoft', async ({
    openCalling,
    call,
  }) => {
    const site = await openCalling('User.Read', ({ fetch }) =>
      fetch('https://graph.microsoft.com/v1.0/me'),
    )

    expect((await call(site)).error).toContain('did not send the access token')
  })

  test('calls any URL with a token for an API whose base URL is not known', async ({
    openCalling,
    call,
  }) => {
    const api = await startApi()
    const site = await openCalling(TODOS_SCOPE, ({ fetch }) => fetch(api.url))

    expect(await call(site)).toMatchObject({ status: 200 })
  })

  test('says what to configure for a path of such an API', async ({ openCalling, call }) => {
    const site = await openCalling(TODOS_SCOPE, ({ fetch }) => fetch('/1'))

    expect((await call(site)).error).toMatch(
      /cannot find the API of the path \/1.*scopes: \['api:\/\/todos\.contoso\.example\/Todos\.Read'\]/,
    )
  })

  test('finds the API by its scopes at a provider whose scopes have no prefix', async ({
    openCalling,
    call,
    provider,
  }) => {
    const [todos, other] = [await startApi(), await startApi()]
    const site = await openCalling('Todos.Read', ({ fetch }) => fetch('/1'), {
      authority: undefined,
      oidcAuthority: provider.oidcAuthority,
      apis: {
        other: { baseUrl: new URL(other.url).origin, scopes: 'Other.Read' },
        todos: { baseUrl: new URL(todos.url).origin, scopes: ['Todos.Read', 'Todos.Write'] },
      },
    })

    expect(await call(site)).toMatchObject({ status: 200 })
    expect([todos.calls.length, other.calls.length]).toEqual([1, 0])
  })
})

describe('context.api', () => {
  test('gets a token for the scopes of the API, after the user consented', async ({
    openSite,
    provider,
  }) => {
    const api = await startApi()
    const { origin } = new URL(api.url)
    const site = await openSite({ apis: { todos: { baseUrl: origin, scopes: [TODOS_SCOPE] } } })
    site.app.get(
      '/todos',
      site.auth.loginRequired(async (_req, res, context) => {
        const response = await context.api['todos']?.fetch('/1')
        res.json({ status: response?.status, user: context.claims.oid })
      }),
    )
    const browser = await site.signIn()

    await signInThrough(browser, provider, `${site.origin}/todos`)
    const page = await browser.navigate(`${site.origin}/todos`)

    const { status, user } = page.json() as { status: number; user: string }
    expect(status).toBe(200)
    expect(api.calls.map(({ token, url }) => [decodeJwt(token)['oid'], url])).toEqual([
      [user, '/1'],
    ])
  })

  test('calls its own base URL, if several APIs have the same scopes', async ({ openSite }) => {
    const [main, beta, other] = [await startApi(), await startApi(), await startApi()]
    const origin = (url: string): string => new URL(url).origin
    const site = await openSite({
      apis: {
        graph: { baseUrl: `${origin(main.url)}/v1`, scopes: 'User.Read' },
        beta: { baseUrl: `${origin(beta.url)}/beta`, scopes: 'User.Read Mail.Read' },
      },
    })
    site.app.get(
      '/both',
      site.auth.loginRequired({ scopes: 'User.Read' }, async (_req, res, context) => {
        await context.api['graph']?.fetch('/me')
        await context.fetch('/path')
        await context.fetch(`${origin(beta.url)}/absolute`)
        const foreign = [
          await context.fetch(other.url).catch(({ code }: { code: string }) => code),
          await context.api['graph']?.fetch(beta.url).catch(({ code }: { code: string }) => code),
        ]
        res.json(foreign)
      }),
    )
    const browser = await site.signIn({ path: '/both' })

    const page = await browser.navigate(`${site.origin}/both`)

    expect(page.json()).toEqual(['configuration', 'configuration'])
    expect(main.calls.map(({ url }) => url)).toEqual(['/v1/me', '/v1/path'])
    expect(beta.calls.map(({ url }) => url)).toEqual(['/absolute'])
    expect(other.calls).toEqual([])
  })

  test('explains a name that is not configured', async ({ openCalling, call }) => {
    const apis = { todos: { baseUrl: 'https://todos.contoso.com', scopes: TODOS_SCOPE } }
    const read = (context: TokenContext): Promise<Response> =>
      Promise.resolve().then(() => context.api['todo']?.fetch() ?? Response.json({}))

    const some = await call(await openCalling('User.Read', read, { apis }))
    const none = await call(await openCalling('User.Read', read))

    expect(some.error).toMatch(
      /context\.api\.todo is not configured\. The configured APIs are todos/,
    )
    expect(none.error).toMatch(/context\.api\.todo is not configured\. Set, for example/)
  })
})

describe('the option apis', () => {
  test.for([
    [[], /apis must be an object/],
    [{ todos: undefined }, /apis\.todos\.baseUrl must be/],
    [{ todos: { baseUrl: 'http://todos.contoso.com', scopes: 'x/Y' } }, /baseUrl must be an https/],
    [{ todos: { baseUrl: '/todos', scopes: 'x/Y' } }, /baseUrl must be an https/],
    [{ todos: { baseUrl: 'https://a.example/?b', scopes: 'x/Y' } }, /without a query/],
    [{ todos: { baseUrl: 'https://u:p@a.example', scopes: 'x/Y' } }, /baseUrl must be/],
    [
      { todos: { baseUrl: 'https://a.example', scopes: [] } },
      /apis\.todos\.scopes must contain at least one/,
    ],
    [{ todos: { baseUrl: 'https://a.example', scopes: 'x/Y z/Q' } }, /scopes of one API only/],
  ] as const)('rejects %j', async ([apis, problem], { openSite }) => {
    const site = await openSite({ apis: apis as never })

    expect(site.logs.join('\n')).toMatch(problem)
  })
})
