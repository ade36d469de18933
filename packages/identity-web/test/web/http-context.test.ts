import { azureCredential } from 'identity-web/azure'
import { IdentityError } from 'identity-web/express'
import { webOf } from '../../src/classes/auth.ts'
import type { HttpContext } from '../../src/http-context.ts'
import type { LoginContext } from '../../src/web/guard/context.ts'
import type { LoginRequirement } from '../../src/web/guard/requirement.ts'
import { describe, expect, test as base } from '../support/fixtures.ts'

// What a guard does for each thing that an adapter can say of a request and of its response.

type Handler = (context: LoginContext<never>) => Promise<Response> | Response

/** More than the lifetime of a token, in seconds. */
const HOURS = 2 * 3600

const PAGE = { accept: 'text/html' }

const test = base
  .extend('siteOptions', { scopes: 'User.Read' })
  .extend('refreshes', ({ provider }) => (): number => {
    return provider.requests.filter(({ grantType }) => grantType === 'refresh_token').length
  })
  /** A request of the signed-in user, of which the adapter says something. */
  .extend(
    'request',
    ({ signedIn }) =>
      (said: Partial<HttpContext>, headers: Readonly<Record<string, string>> = PAGE) => {
        const cookie = [...signedIn.cookies].map(([name, { value }]) => `${name}=${value}`)
        const usual: HttpContext = {
          method: 'GET',
          url: '/page',
          header: (name) => ({ cookie: cookie.join('; '), ...headers })[name],
          setCookies: () => true,
          noStore: () => undefined,
          isResponseSent: false,
        }
        // `said` can have getters.
        return Object.defineProperties(usual, Object.getOwnPropertyDescriptors(said))
      },
  )
  .extend(
    'run',
    ({ site, request }) =>
      async (
        said: Partial<HttpContext>,
        requirement: LoginRequirement = {},
        handler: Handler = () => new Response('in'),
        headers: Readonly<Record<string, string>> = PAGE,
      ): Promise<Response | undefined> =>
        webOf(site.auth).guard(requirement)(request(said, headers), handler as never),
  )
  /** Returns the error for a token of a session that must be refreshed. */
  .extend(
    'refusal',
    ({ site, request }) =>
      async (said: Partial<HttpContext>): Promise<IdentityError | undefined> =>
        webOf(site.auth)
          .getTokenForUser(request(said), 'User.Read')
          .then(
            () => undefined,
            (error: unknown) => error as IdentityError,
          ),
  )

const consent = (): never => {
  throw new IdentityError('interaction_required', 'The user must consent.')
}

describe('delivery', () => {
  const DENIED: LoginRequirement = { roles: 'Admin' }

  test('response: a user without a session goes to the provider, and a denial is a page', async ({
    run,
  }) => {
    const start = await run({}, {}, undefined, { ...PAGE, cookie: '' })
    const denied = await run({}, DENIED)

    expect(start?.headers.get('location')).toContain('/oauth2/v2.0/authorize')
    expect([denied?.status, denied?.headers.get('content-type')]).toEqual([
      403,
      'text/html; charset=utf-8',
    ])
  })

  test('redirect: a user without a session goes to the login route, and a denial is a page', async ({
    run,
  }) => {
    const said = { delivery: 'redirect' } as const

    const start = await run(said, {}, undefined, { ...PAGE, cookie: '' })
    const denied = await run(said, DENIED)

    expect(start?.headers.get('location')).toContain('/login?return_to=%2Fpage')
    expect(denied?.status).toBe(403)
  })

  test('throw: a user without a session goes to the login route, and a denial is thrown', async ({
    run,
  }) => {
    const said = { delivery: 'throw' } as const

    const start = await run(said, {}, undefined, { ...PAGE, cookie: '' })

    expect(start?.headers.get('location')).toContain('/login?return_to=%2Fpage')
    await expect(run(said, DENIED)).rejects.toMatchObject({ code: 'access_denied' })
  })

  test('throw: a request that another site caused is thrown', async ({ run }) => {
    const said = { delivery: 'throw', method: 'POST' } as const
    const foreign = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }

    await expect(run(said, {}, undefined, foreign)).rejects.toMatchObject({
      code: 'access_denied',
    })
  })

  test('script: a user without a session gets JSON, whatever the headers and the route say', async ({
    run,
  }) => {
    for (const challenge of ['auto', 'redirect'] as const) {
      const response = await run({ delivery: 'script' }, { challenge }, undefined, {
        ...PAGE,
        cookie: '',
      })

      expect([challenge, response?.status]).toEqual([challenge, 401])
      expect(await response?.json()).toMatchObject({ error: 'login_required' })
    }
  })
})

describe('cookies', () => {
  test('open: a session is refreshed', async ({ refusal, clock, refreshes }) => {
    clock.advance(HOURS)

    expect(await refusal({})).toBeUndefined()
    expect(refreshes()).toBe(1)
  })

  test('closed: a session is not refreshed, and the user signs in', async ({
    run,
    refusal,
    clock,
    refreshes,
  }) => {
    clock.advance(HOURS)
    const error = await refusal({ cookies: 'closed' })
    const response = await run({ cookies: 'closed' }, { scopes: 'User.Read' })

    expect(refreshes()).toBe(0)
    expect(error?.code).toMatch(/^(login|interaction)_required$/)
    expect(error?.hint).toContain('before rendering')
    expect(response?.status).toBe(302)
  })

  test('closed during the request: a session is refreshed before, and not afterwards', async ({
    site,
    request,
    clock,
    refreshes,
  }) => {
    let isSent = false
    const http = request({
      get isResponseSent() {
        return isSent
      },
    })
    const getToken = async (): Promise<unknown> =>
      webOf(site.auth).getTokenForUser(http, 'User.Read')

    clock.advance(HOURS)
    await getToken()
    isSent = true
    clock.advance(HOURS)

    await expect(getToken()).rejects.toMatchObject({
      code: 'refresh_required',
      hint: expect.stringContaining('before the response starts') as string,
    })
    expect(refreshes()).toBe(1)
  })

  test('later: another request must refresh the session', async ({ refusal, clock, refreshes }) => {
    clock.advance(HOURS)
    const error = await refusal({ cookies: 'later' })

    expect(refreshes()).toBe(0)
    expect(error?.code).toBe('refresh_required')
    expect(error?.hint).toContain('connect again')
  })
})

describe('isResponseSent', () => {
  test('the error of a handler is a response before, and is thrown afterwards', async ({ run }) => {
    expect((await run({}, {}, consent))?.status).toBe(302)
    await expect(run({ isResponseSent: true }, {}, consent)).rejects.toMatchObject({
      code: 'interaction_required',
    })
  })
})

describe('isEnded', () => {
  test.for([
    [{ isEnded: true }, false],
    [{ isEnded: false, isResponseSent: true }, true],
    [{ isResponseSent: true }, false],
    [{}, true],
  ] as const)('with %j, an SDK gets a token: %j', async ([said, expected], { run }) => {
    let failure: unknown
    await run(said, {}, async (context) => {
      failure = await azureCredential(context)
        .getToken('User.Read')
        .then(
          () => undefined,
          (error: unknown) => error,
        )
      return new Response('in')
    })

    expect([failure === undefined, String(failure)]).toEqual([
      expected,
      expected ? 'undefined' : expect.stringContaining('has been sent'),
    ])
  })
})

describe('isAction', () => {
  test('an action that another site called is rejected, although its method is GET', async ({
    run,
  }) => {
    const foreign = { ...PAGE, 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }

    expect((await run({ isAction: true }, {}, undefined, foreign))?.status).toBe(403)
    expect(await (await run({}, {}, undefined, foreign))?.text()).toBe('in')
  })
})
