import { SecretClient } from '@azure/keyvault-secrets'
import type { Request, Response } from 'express'
import { azureCredential, type ContextSource } from 'identity-web/azure'
import type { Auth } from 'identity-web/express'
import { memoryStore } from 'identity-web'
import { SESSION_SECRET, signIn } from '../../support/site.ts'
import { grants, signInThrough } from '../../support/steps.ts'
import { describe, expect, issuedAfter, permissions, test as base } from '../fixtures.ts'
import { sdks } from './sdks.ts'
import { STORAGE } from '../../../../../examples/azure-sdk/src/stand-ins/blob-storage.ts'
import { unauthorized } from '../services/service.ts'
import { tlsOptions } from '../services/tls.ts'

const FABRIKAM = 'fab00000-0000-4000-8000-000000000002'
const { open: openBlobs } = sdks['@azure/storage-blob']!
const { open: openSecrets } = sdks['@azure/keyvault-secrets']!

const test = base
  .extend('siteOptions', { clientCapabilities: ['cp1'] })
  /** Signs a user in and visits `/sdk`, with the consent of the user. */
  .extend('signInTo', ({ site, provider }) => async (as: string) => {
    const browser = await signIn(site, provider, { as })
    await signInThrough(browser, provider, `${site.origin}/sdk`, { as })
    return browser
  })

describe('clients of two users at the same time', () => {
  test('get the data of their own user', async ({ site, signInTo, provider, origins }) => {
    site.app.get(
      '/sdk',
      site.auth.loginRequired(async (_req, res, context) => {
        const credential = azureCredential(context)
        const names = [openBlobs, openSecrets].map((open) => open(origins, credential)())
        res.json(await Promise.all(names))
      }),
    )
    const browsers = { alex: await signInTo('alex'), robin: await signInTo('robin') }
    // The consent for the second service.
    for (const [as, browser] of Object.entries(browsers))
      await signInThrough(browser, provider, `${site.origin}/sdk`, { as })

    const visits = Array.from({ length: 10 }, () => Object.entries(browsers)).flat()
    const seen = await Promise.all(
      visits.map(async ([as, browser]) => {
        const page = await browser.navigate(`${site.origin}/sdk`)
        return [as, page.json()]
      }),
    )

    expect(seen).toEqual(
      visits.map(([as]) => [as, [provider.user(as).username, provider.user(as).username]]),
    )
  })

  test('get an error if a route keeps the client of its first user', async ({
    site,
    signInTo,
    provider,
    origins,
  }) => {
    let kept: (() => Promise<string>) | undefined
    site.app.get(
      '/sdk',
      site.auth.loginRequired(async (_req, res, context) => {
        kept ??= openBlobs(origins, azureCredential(context))
        res.json(await kept())
      }),
    )
    const alex = await signInTo('alex')
    kept = undefined
    expect((await alex.navigate(`${site.origin}/sdk`)).json()).toBe(provider.user('alex').username)
    const robin = await signIn(site, provider, { as: 'robin' })

    const page = await robin.navigate(`${site.origin}/sdk`)

    expect(page.status).toBe(500)
    expect(page.text).toContain('Create the credential and the client of the SDK in the handler')
    expect(page.text).not.toContain(provider.user('alex').username)
  })
})

describe('calls of one client that a service rejects one after the other', () => {
  test('get the same token for the same claims', async ({
    site,
    signInTo,
    provider,
    clock,
    origins,
    requireClaims,
  }) => {
    // This SDK asks the credential for each call. Those of Azure share the calls.
    const { open } = sdks['@microsoft/msgraph-sdk']!
    site.app.get(
      '/sdk',
      site.auth.loginRequired(async (_req, res, context) => {
        const whoAmI = open(origins, azureCredential(context))
        res.json(await Promise.all([whoAmI(), whoAmI()]))
      }),
    )
    const browser = await signInTo('alex')
    await browser.navigate(`${site.origin}/sdk`)
    clock.advance(60)
    requireClaims(issuedAfter(clock.now()))
    // One of the rejections arrives after the other call has succeeded with another token.
    provider.behave({ faults: { graph: { kind: 'slow', ms: 500, times: 1 } } })
    const before = grants(provider, 'refresh_token').length

    const page = await browser.navigate(`${site.origin}/sdk`)

    const { username } = provider.user('alex')
    expect(page.json()).toEqual([username, username])
    expect(grants(provider, 'refresh_token')).toHaveLength(before + 1)
  })
})

describe('a client of the application itself', () => {
  test('is shared by requests, and uses one token', async ({ site, provider, origins }) => {
    const clients = [openBlobs, openSecrets].map((open) =>
      open(origins, azureCredential(site.auth)),
    )

    for (let call = 0; call < 3; call++) {
      const names = await Promise.all(clients.map((whoAmI) => whoAmI()))
      expect(names).toEqual([provider.app.clientId, provider.app.clientId])
    }
    expect(grants(provider, 'client_credentials')).toHaveLength(2)
  })

  test('gets another token after the service revoked the first one', async ({
    site,
    provider,
    clock,
    origins,
    requireClaims,
  }) => {
    const whoAmI = openBlobs(origins, azureCredential(site.auth))
    await whoAmI()
    clock.advance(60)
    const claims = issuedAfter(clock.now())
    requireClaims(claims)

    expect(await whoAmI()).toBe(provider.app.clientId)
    expect(await whoAmI()).toBe(provider.app.clientId)
    expect(grants(provider, 'client_credentials').slice(1)).toEqual([
      { claims: { access_token: expect.objectContaining(claims.access_token) } },
    ])
  })
})

describe('a service that names another tenant', () => {
  // The SDK then asks for a token of that tenant. So a service could choose where the application authenticates.
  const challenge = unauthorized(
    `authorization_uri=https://login.microsoftonline.com/${FABRIKAM}/oauth2/authorize resource_id=${STORAGE}`,
  )

  test('gets no token of a user, and the request ends at once', async ({
    site,
    signInTo,
    provider,
    blobs,
    origins,
  }) => {
    site.app.get(
      '/sdk',
      site.auth.loginRequired(async (_req, res, context) => {
        res.json(await openBlobs(origins, azureCredential(context))())
      }),
    )
    const browser = await signInTo('alex')
    await browser.navigate(`${site.origin}/sdk`)
    blobs.fault = { times: 1, reply: challenge }
    const before = provider.requests.length

    const page = await browser.navigate(`${site.origin}/sdk`)

    expect(page.status).toBe(500)
    expect(page.text).toContain(`A service requested a token of the tenant ${FABRIKAM}`)
    expect(provider.requests).toHaveLength(before)
  })

  test('gets no token of the application, unless the application allows the tenant', async ({
    site,
    provider,
    blobs,
    origins,
  }) => {
    const paths = (): readonly string[] =>
      provider.requests.filter(({ endpoint }) => endpoint === 'token').map(({ path }) => path)
    const whoAmI = openBlobs(origins, azureCredential(site.auth))
    await whoAmI()
    blobs.fault = { times: 1, reply: challenge }

    await expect(whoAmI()).rejects.toThrow('additionallyAllowedTenants')
    expect(paths().join()).not.toContain(FABRIKAM)

    const options = { additionallyAllowedTenants: [FABRIKAM] }
    const allowed = openBlobs(origins, azureCredential(site.auth, options))
    blobs.fault = { times: 1, reply: challenge }
    // The stand-in rejects the token, because it belongs to Contoso.
    await expect(allowed()).rejects.toMatchObject({ statusCode: 401 })
    expect(paths().at(-1)).toContain(FABRIKAM)
  })
})

describe('a client that works after the response', () => {
  test('gets an error', async ({ site, signInTo, provider, origins }) => {
    let kept: (() => Promise<string>) | undefined
    site.app.get(
      '/sdk',
      site.auth.loginRequired(async (_req, res, context) => {
        kept = openBlobs(origins, azureCredential(context))
        res.json(await kept())
      }),
    )
    const browser = await signInTo('alex')
    const page = await browser.navigate(`${site.origin}/sdk`)
    expect(page.json()).toBe(provider.user('alex').username)

    await expect(kept?.()).rejects.toThrow('The response to this request has been sent')
  })
})

describe('a job', () => {
  test('calls a service for its user after the token of the caller has expired', async ({
    openApi,
    provider,
    clock,
    origins,
  }) => {
    const { username } = provider.user('robin')
    await provider.userTokens({ as: 'robin', app: provider.api.clientId, scopes: permissions })
    let kept: (() => Promise<string>) | undefined
    const longRunning = { store: memoryStore(), secret: SESSION_SECRET }
    const api = await openApi({ longRunning }, (app, auth) => {
      app.get(
        '/start',
        auth.authorizationRequired({ scopes: ['Todos.Read'] }, async (_req, res, context) => {
          const key = await context.startLongRunningProcess([`${STORAGE}/.default`])
          kept = openBlobs(origins, azureCredential(context))
          res.json({ key, name: await kept() })
        }),
      )
    })
    const token = await provider.accessToken({ as: 'robin', scopes: ['Todos.Read'] })
    const { body } = await api.call('/start', token)
    expect(body).toMatchObject({ name: username })
    const { key } = body as { key: string }
    clock.advance(7200)

    await expect(kept?.()).rejects.toThrow('The access token of the caller has expired')
    const whoAmI = openBlobs(origins, azureCredential(api.api, { longRunningKey: key }))
    expect(await whoAmI()).toBe(username)
    const secrets = openSecrets(origins, azureCredential(api.api, { longRunningKey: key }))
    expect(await secrets()).toBe(username)
  })
})

describe('an aborted request', () => {
  test('ends at once, and the next one uses the token that arrived meanwhile', async ({
    site,
    provider,
    vault,
  }) => {
    await site.auth.ready()
    const client = new SecretClient(vault.origin, azureCredential(site.auth), { tlsOptions })
    provider.behave({ faults: { token: { kind: 'slow', ms: 1500, times: 1 } } })
    const started = Date.now()
    const abortSignal = AbortSignal.timeout(100)

    await expect(client.getSecret('me', { abortSignal })).rejects.toMatchObject({
      name: 'AbortError',
    })
    expect(Date.now() - started).toBeLessThan(1200)
    expect((await client.getSecret('me')).value).toBe(provider.app.clientId)
    expect(grants(provider, 'client_credentials')).toHaveLength(1)
  })
})

describe('the context of a session is a source of tokens', () => {
  const contexts: readonly [string, (auth: Auth, req: Request, res: Response) => unknown][] = [
    ['contextOf', (auth, req) => auth.contextOf(req)],
    ['getContext', (auth, req) => auth.getContext(req)],
    [
      'authenticate',
      async (auth, req, res) => {
        const session = await auth.authenticate(req, { res })
        return session.ok ? session.context : undefined
      },
    ],
  ]

  test.for(contexts)(
    'from %s, and the application sends the response to its error',
    async ([, contextOf], { site, signInTo, provider, origins }) => {
      site.app.get('/sdk', site.auth.loginRequired(), async (req, res) => {
        try {
          const context = (await contextOf(site.auth, req, res)) as ContextSource
          res.json(await openBlobs(origins, azureCredential(context))())
        } catch (error) {
          await site.auth.sendResponse(req, res, new Error('No files.', { cause: error }))
        }
      })

      const browser = await signInTo('alex')

      const page = await browser.navigate(`${site.origin}/sdk`)
      expect(page.json()).toBe(provider.user('alex').username)
    },
  )

  test('from a guard for sessions and tokens, and so is the context of a token', async ({
    site,
    openApi,
    signInTo,
    provider,
    origins,
  }) => {
    const { api } = await openApi()
    site.app.get(
      '/sdk',
      site.auth
        .orBearer(api)
        .required({ authorization: { scopes: ['Todos.Read'] } }, async (_req, res, context) => {
          res.json(await openBlobs(origins, azureCredential(context))())
        }),
    )
    await provider.userTokens({ as: 'robin', app: provider.api.clientId, scopes: permissions })
    const token = await provider.accessToken({ as: 'robin', scopes: ['Todos.Read'] })
    const headers = { authorization: `Bearer ${token}` }

    const browser = await signInTo('alex')
    const page = await browser.navigate(`${site.origin}/sdk`)
    const response = await fetch(`${site.origin}/sdk`, { headers })

    expect(page.json()).toBe(provider.user('alex').username)
    expect(await response.json()).toBe(provider.user('robin').username)
  })
})
