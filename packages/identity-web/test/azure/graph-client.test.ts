import { Client, type Context, type Middleware } from '@microsoft/microsoft-graph-client'
import { azureCredential } from 'identity-web/azure'
import { signIn, type Browser, type Site } from '../support/site.ts'
import { followToCallback, requestedClaims, requestParams } from '../support/steps.ts'
import { describe, expect, issuedAfter, permissions, STEP_UP, test as base } from './fixtures.ts'
import { sdks, type GraphUser, type Sdk } from './sdks.ts'

// Version 3 of the client does not read claims challenges. The guide shows this middleware, because `context.fetch` does.
const viaContext = (fetch: (url: string, init?: RequestInit) => Promise<Response>): Middleware => ({
  async execute(context: Context) {
    context.response = await fetch(String(context.request), context.options)
  },
})

const test = base
  .extend('meOf', ({ provider }) => async (fetch: typeof globalThis.fetch) => {
    const middleware = viaContext(fetch as (url: string, init?: RequestInit) => Promise<Response>)
    const client = Client.initWithMiddleware({ middleware, baseUrl: provider.origin })
    return ((await client.api('/me').get()) as GraphUser).userPrincipalName
  })
  .extend('site', async ({ openSite, meOf }) => {
    const site = await openSite({ clientCapabilities: ['cp1'] })
    site.app.get(
      '/sdk',
      site.auth.loginRequired({ scopes: ['User.Read'] }, async (_req, res, context) => {
        res.json(await meOf(context.fetch as typeof fetch))
      }),
    )
    return site
  })
  .extend('api', ({ openApi, meOf }) =>
    openApi({ clientCapabilities: ['cp1'] }, (app, api) => {
      app.get(
        '/sdk',
        api.authorizationRequired({ scopes: ['Todos.Read'] }, async (_req, res, context) => {
          const call = (url: string | URL | Request, init?: RequestInit) =>
            context.fetch(url as string, { ...init, scopes: ['User.Read'] })
          res.json(await meOf(call))
        }),
      )
    }),
  )

async function userAt(site: Site, browser: Browser): Promise<unknown> {
  const page = await browser.navigate(`${site.origin}/sdk`)
  expect(page.status, page.text).toBe(200)
  return page.json()
}

describe('version 3 of the client of Graph, with a middleware over context.fetch', () => {
  test('gets the data of the user, and another token after a revocation', async ({
    site,
    provider,
    clock,
  }) => {
    for (const as of ['alex', 'robin']) {
      provider.behave({ graphClaims: undefined })
      const browser = await signIn(site, provider, { as, path: '/sdk' })
      expect(await userAt(site, browser)).toBe(provider.user(as).username)
      clock.advance(60)
      provider.behave({ graphClaims: JSON.stringify(issuedAfter(clock.now())) })
      expect(await userAt(site, browser)).toBe(provider.user(as).username)
    }
  })

  test('leads the user to the sign-in that Graph requires', async ({ site, provider }) => {
    const browser = await signIn(site, provider, { path: '/sdk' })
    provider.behave({ graphClaims: JSON.stringify(STEP_UP) })

    const redirect = await browser.navigate(`${site.origin}/sdk`)
    await followToCallback(browser, provider, redirect)

    expect(requestedClaims(redirect)).toMatchObject(STEP_UP)
    expect(requestParams(redirect).get('scope')).toContain('User.Read')
    expect(await userAt(site, browser)).toBe(provider.user('alex').username)
  })

  test('tells the caller of an API the claims that Graph requires', async ({ api, provider }) => {
    await provider.userTokens({ as: 'alex', app: provider.api.clientId, scopes: permissions })
    const caller = await provider.accessToken({ as: 'alex', scopes: ['Todos.Read'] })
    expect((await api.call('/sdk', caller)).body).toBe(provider.user('alex').username)
    provider.behave({ graphClaims: JSON.stringify(STEP_UP) })

    expect(await api.call('/sdk', caller)).toMatchObject({
      status: 401,
      challenge: { error: 'insufficient_claims' },
    })
  })
})
