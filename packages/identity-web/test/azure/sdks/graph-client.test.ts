import { Client, type Context } from '@microsoft/microsoft-graph-client'
import { signIn, type Browser, type Site } from '../../support/site.ts'
import { followToCallback, requestedClaims, requestParams } from '../../support/steps.ts'
import { describe, expect, issuedAfter, permissions, STEP_UP, test as base } from '../fixtures.ts'
import type { GraphUser } from './sdks.ts'

type Fetch = (url: string, init?: RequestInit) => Promise<Response>

const test = base
  /** Returns the name of the user, with the middleware that the guide shows. */
  .extend('meOf', ({ provider }) => async (fetch: Fetch) => {
    const middleware = {
      async execute(call: Context) {
        call.response = await fetch(call.request as string, call.options)
      },
    }
    const client = Client.initWithMiddleware({ middleware, baseUrl: provider.origin })
    return ((await client.api('/me').get()) as GraphUser).userPrincipalName
  })
  .extend('site', async ({ openSite, meOf }) => {
    const site = await openSite({ clientCapabilities: ['cp1'] })
    site.app.get(
      '/sdk',
      site.auth.loginRequired({ scopes: ['User.Read'] }, async (_req, res, context) => {
        res.json(await meOf(context.fetch))
      }),
    )
    return site
  })
  .extend('api', ({ openApi, meOf }) =>
    openApi({ clientCapabilities: ['cp1'] }, (app, api) => {
      app.get(
        '/sdk',
        api.authorizationRequired({ scopes: ['Todos.Read'] }, async (_req, res, context) => {
          const scopes = ['User.Read']
          res.json(await meOf((url, init) => context.fetch(url, { ...init, scopes })))
        }),
      )
    }),
  )

async function userAt(site: Site, browser: Browser): Promise<unknown> {
  const page = await browser.navigate(`${site.origin}/sdk`)
  expect(page.status, page.text).toBe(200)
  return page.json()
}

describe('version 3 of the client of Graph reads claims challenges with context.fetch', () => {
  test('and gets the data of the user with another token after a revocation', async ({
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

  test('and leads the user to the sign-in that Graph requires', async ({ site, provider }) => {
    const browser = await signIn(site, provider, { path: '/sdk' })
    provider.behave({ graphClaims: JSON.stringify(STEP_UP) })

    const redirect = await browser.navigate(`${site.origin}/sdk`)
    await followToCallback(browser, provider, redirect)

    expect(requestedClaims(redirect)).toMatchObject(STEP_UP)
    expect(requestParams(redirect).get('scope')).toContain('User.Read')
    expect(await userAt(site, browser)).toBe(provider.user('alex').username)
  })

  test('and tells the caller of an API the claims that Graph requires', async ({
    api,
    provider,
  }) => {
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
