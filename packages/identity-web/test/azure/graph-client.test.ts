import { Client, type Context, type Middleware } from '@microsoft/microsoft-graph-client'
import { azureCredential, type AzureCredential } from 'identity-web/azure'
import { signIn, type Browser, type Site } from '../support/site.ts'
import { followToCallback, requestedClaims, requestParams } from '../support/steps.ts'
import { describe, expect, issuedAfter, permissions, STEP_UP, test as base } from './fixtures.ts'
import type { GraphUser } from './sdks.ts'

const SCOPE = 'https://graph.microsoft.com/User.Read'

/** Sends the requests of the client with `context.fetch`. */
const viaFetch = (fetch: (url: string, init?: RequestInit) => Promise<Response>): Middleware => ({
  async execute(context: Context) {
    context.response = await fetch(context.request as string, context.options)
  },
})

/** Sends the requests of the client with a token of the credential, and answers one claims challenge. */
const viaCredential = (credential: AzureCredential): Middleware => ({
  async execute(context: Context) {
    const send = async (claims?: string): Promise<Response> => {
      const { token } = await credential.getToken(SCOPE, { claims })
      const headers = new Headers(context.options?.headers)
      headers.set('authorization', `Bearer ${token}`)
      return fetch(context.request, { ...context.options, headers })
    }
    context.response = await send()
    const challenge = context.response.headers.get('www-authenticate') ?? ''
    const claims = /claims="([^"]+)"/.exec(challenge)?.[1]
    if (context.response.status === 401 && claims !== undefined)
      context.response = await send(atob(claims))
  },
})

const test = base
  .extend('meOf', ({ provider }) => async (middleware: Middleware) => {
    const client = Client.initWithMiddleware({ middleware, baseUrl: provider.origin })
    return ((await client.api('/me').get()) as GraphUser).userPrincipalName
  })
  .extend('site', async ({ openSite, meOf }) => {
    const site = await openSite({ clientCapabilities: ['cp1'] })
    site.app.get(
      '/sdk',
      site.auth.loginRequired({ scopes: ['User.Read'] }, async (req, res, context) => {
        const middleware = Object.hasOwn(req.query, 'fetch')
          ? viaFetch(context.fetch)
          : viaCredential(azureCredential(context))
        res.json(await meOf(middleware))
      }),
    )
    return site
  })
  .extend('api', ({ openApi, meOf }) =>
    openApi({ clientCapabilities: ['cp1'] }, (app, api) => {
      app.get(
        '/sdk',
        api.authorizationRequired({ scopes: ['Todos.Read'] }, async (_req, res, context) => {
          res.json(await meOf(viaCredential(azureCredential(context))))
        }),
      )
    }),
  )

async function userAt(site: Site, browser: Browser, path = '/sdk'): Promise<unknown> {
  const page = await browser.navigate(site.origin + path)
  expect(page.status, page.text).toBe(200)
  return page.json()
}

describe('version 3 of the client of Graph, which does not read claims challenges', () => {
  test.for(['/sdk', '/sdk?fetch'])(
    'gets the data of the user at %s, and another token after a revocation',
    async (path, { site, provider, clock }) => {
      for (const as of ['alex', 'robin']) {
        provider.behave({ graphClaims: undefined })
        const browser = await signIn(site, provider, { as, path })
        expect(await userAt(site, browser, path)).toBe(provider.user(as).username)
        clock.advance(60)
        provider.behave({ graphClaims: JSON.stringify(issuedAfter(clock.now())) })
        expect(await userAt(site, browser, path)).toBe(provider.user(as).username)
      }
    },
  )

  test('leads the user to the sign-in that Graph requires', async ({ site, provider }) => {
    const browser = await signIn(site, provider, { path: '/sdk' })
    provider.behave({ graphClaims: JSON.stringify(STEP_UP) })

    const redirect = await browser.navigate(`${site.origin}/sdk`)
    await followToCallback(browser, provider, redirect)

    expect(requestedClaims(redirect)).toMatchObject(STEP_UP)
    expect(requestParams(redirect).get('scope')).toContain('User.Read')
    expect(await userAt(site, browser)).toBe(provider.user('alex').username)
  })

  test('hides the sign-in that Graph requires from the guard if it uses context.fetch', async ({
    site,
    provider,
  }) => {
    const browser = await signIn(site, provider, { path: '/sdk?fetch' })
    provider.behave({ graphClaims: JSON.stringify(STEP_UP) })

    // The guide names this limit. The client drops the error, and keeps its message.
    expect((await browser.navigate(`${site.origin}/sdk?fetch`)).status).toBe(500)
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
