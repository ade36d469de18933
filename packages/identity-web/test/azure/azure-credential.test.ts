import type { IncomingMessage } from 'node:http'
import { IdentityError } from 'identity-web'
import { azureCredential, type AzureCredential, type ContextSource } from 'identity-web/azure'
import { ApiAuth, type LoginContext } from 'identity-web/express'
import { Auth as FetchAuth } from 'identity-web/fetch'
import { sessionFor } from 'identity-web-dev/testing'
import { decodeJwt } from 'jose'
import { callTool, serveWith2 } from '../mcp/sdk-servers.ts'
import { startMcpServer } from '../mcp/mcp-server.ts'
import {
  configurationError,
  CONTOSO,
  describe,
  errorOf,
  expect,
  FABRIKAM,
  LONG_RUNNING_SECRET,
  OBO,
  test as base,
  THINGS,
  TODOS,
  withResolvers,
} from '../support/azure-fixtures.ts'
import { Browser, signIn } from '../support/site.ts'
import { grants } from '../support/steps.ts'

const test = base.extend('behaviour', { consent: 'skip' })
const THINGS_ID = '44444444-5555-4666-8777-888888888888'
const USER_READ = 'https://graph.microsoft.com/User.Read'

/** Returns the audience and the user of a token. `oid` of an app-only token is the ID of the application. */
function ownerOf({ token }: { readonly token: string }): Record<string, unknown> {
  const { aud, azp, idtyp, oid, tid } = decodeJwt(token)
  return { aud, azp, oid, tid, ...(idtyp !== undefined && { idtyp }) }
}

function sourceOf(context: unknown): ContextSource {
  return context as ContextSource
}

describe('the context of a session', () => {
  test.for([undefined, 'User.Read'])(
    'of a route with the scopes %s returns tokens of its user',
    async (scopes, { openSiteWith, provider }) => {
      const { inside } = await openSiteWith({}, scopes)

      const [graph, todos] = await inside(async (context) => {
        const credential = azureCredential(context)
        return [
          await credential.getToken(USER_READ),
          await credential.getToken(`${TODOS}/Todos.Read`),
        ]
      })

      const { oid } = provider.user('alex')
      expect(ownerOf(graph)).toMatchObject({ aud: 'https://graph.microsoft.com', oid })
      expect(ownerOf(todos)).toMatchObject({ aud: provider.api.clientId, oid })
      expect(graph).toMatchObject({ tokenType: 'Bearer' })
    },
  )

  test('returns the token that auth.getTokenForUser returns', async ({
    workSite: { inside, site },
  }) => {
    const [token, expected] = await inside(async (context, req) => [
      (await azureCredential(context).getToken(USER_READ)).token,
      (await site.auth.getTokenForUser(req, USER_READ)).accessToken,
    ])

    expect(token).toBe(expected)
  })

  test('works in every form, and as a copy', async ({ workSite: { browser, site }, provider }) => {
    const copied = (context: LoginContext): LoginContext => ({ ...context })
    site.app.get('/middleware', site.auth.loginRequired(), async (req, res) => {
      const contexts = [site.auth.contextOf(req), req.identity, copied(site.auth.contextOf(req))]
      res.json(
        await Promise.all(
          contexts.map(async (context) =>
            ownerOf(await azureCredential(sourceOf(context)).getToken(USER_READ)),
          ),
        ),
      )
    })
    site.app.get('/open-to-all', async (req, res) => {
      const context = await site.auth.getContext(req)
      res.json(context && ownerOf(await azureCredential(context).getToken(USER_READ)))
    })

    const alex = expect.objectContaining({ oid: provider.user('alex').oid }) as unknown
    const middleware = await browser.navigate(`${site.origin}/middleware`)
    expect(middleware.json()).toEqual([alex, alex, alex])
    expect((await browser.navigate(`${site.origin}/open-to-all`)).json()).toEqual(alex)
  })

  test('of a WebSocket upgrade returns tokens, although it has no response', async ({
    workSite: { browser, site },
    provider,
  }) => {
    const cookie = [...browser.cookies].map(([name, { value }]) => `${name}=${value}`).join('; ')
    const headers = { cookie, upgrade: 'websocket', connection: 'Upgrade', origin: site.origin }
    const upgrade = { method: 'GET', url: '/socket', headers } as unknown as IncomingMessage

    const result = await site.auth.authenticate(upgrade)
    if (!result.ok) return expect.unreachable()
    const token = await azureCredential(result.context).getToken(USER_READ)

    expect(ownerOf(token)).toMatchObject({ oid: provider.user('alex').oid })
  })

  test('returns each user of a route their own token', async ({
    workSite: { browser, site },
    provider,
  }) => {
    const robin = await signIn(site, provider, { path: '/token', as: 'robin' })
    const both = withResolvers<undefined>()
    let waiting = 0
    site.app.get(
      '/files',
      site.auth.loginRequired(async (_req, res, context) => {
        // Both requests are in the handler before one of them gets a token.
        waiting += 1
        if (waiting === 2) both.resolve(undefined)
        await both.promise
        const { token } = await azureCredential(context).getToken(`${TODOS}/Todos.Read`)
        res.json([context.claims.oid, decodeJwt(token)['oid']])
      }),
    )

    const pages = await Promise.all(
      [browser, robin].map((one) => one.navigate(`${site.origin}/files`)),
    )

    const oids = ['alex', 'robin'].map((name) => provider.user(name).oid)
    expect(pages.map((page) => page.json())).toEqual(oids.map((oid) => [oid, oid]))
  })

  test('does not get tokens for a response that has been sent', async ({
    workSite: { browser, inside, site },
    provider,
  }) => {
    const kept = await inside((context, _req, res) => {
      const credential = azureCredential(context)
      res.json('early')
      return credential
    })
    const before = provider.requests.length

    const error = await errorOf(() => kept.getToken(USER_READ))

    expect(error).toMatchObject(configurationError('The response to this request has been sent'))
    // A client at module level does not get the token of its first user for the next one either.
    await browser.navigate(`${site.origin}/`)
    expect((await errorOf(() => kept.getToken(USER_READ))).message).toBe(error.message)
    expect(provider.requests).toHaveLength(before)
  })

  test('does not get tokens for a Response that a handler has returned', async ({ provider }) => {
    const settings = {
      authority: provider.authority(),
      clientId: provider.app.clientId,
      redirectUri: 'http://localhost/redirect',
    }
    const secret = 'a session secret of at least 32 characters'
    const auth = new FetchAuth({
      ...settings,
      clientCredential: provider.app.clientSecret ?? '',
      session: { secret },
      logger: false,
    })
    const { headers } = await sessionFor(
      { ...settings, secret },
      { as: 'alex', scopes: ['User.Read'] },
    )
    let kept: AzureCredential | undefined
    const handler = auth.loginRequired(async (_request, context) => {
      kept = azureCredential(context)
      return Response.json(ownerOf(await kept.getToken('User.Read')))
    })

    const response = await handler(new Request('http://localhost/files', { headers }))

    expect(await response.json()).toMatchObject({ oid: provider.user('alex').oid })
    expect((await errorOf(() => kept?.getToken('User.Read'))).message).toContain(
      'The response to this request has been sent',
    )
  })

  test('does not get a token after another request signed the user out', async ({
    openSite,
    provider,
    store,
  }) => {
    const site = await openSite({ session: { store } })
    const browser = await signIn(site, provider, { path: '/token' })
    const [started, finish] = [withResolvers<undefined>(), withResolvers<undefined>()]
    site.app.get(
      '/slow',
      site.auth.loginRequired(async (_req, res, context) => {
        const credential = azureCredential(context)
        await credential.getToken(USER_READ)
        started.resolve(undefined)
        await finish.promise
        res.json((await errorOf(() => credential.getToken(USER_READ))).code)
      }),
    )

    const slow = browser.navigate(`${site.origin}/slow`)
    await started.promise
    const other = new Browser()
    for (const [name, cookie] of browser.cookies) other.cookies.set(name, cookie)
    await other.send(`${site.origin}/logout`, { method: 'POST', headers: { origin: site.origin } })
    finish.resolve(undefined)

    expect((await slow).json()).toBe('login_required')
  })
})

describe('the context of an API', () => {
  test('returns tokens on behalf of its caller', async ({ workApi: api, provider }) => {
    for (const as of ['alex', 'robin']) {
      const { token } = await api.inside(await provider.accessToken({ as }), (context) =>
        azureCredential({ ...context }).getToken(`${THINGS}/Things.Read`),
      )
      expect(ownerOf({ token })).toMatchObject({
        aud: THINGS_ID,
        azp: provider.api.clientId,
        oid: provider.user(as).oid,
      })
    }
  })

  test('of an application as the caller says what to do instead', async ({
    workApi: api,
    provider,
  }) => {
    // Key Vault always requests a tenant.
    for (const tenantId of [undefined, FABRIKAM]) {
      const error = await api.inside(await provider.accessToken(), (context) =>
        errorOf(() => azureCredential(context).getToken(USER_READ, { tenantId })),
      )
      expect(error).toMatchObject(configurationError('The caller is an application'))
    }
    expect(grants(provider, 'client_credentials')).toEqual([])
  })

  test('does not get tokens after the token of its caller has expired', async ({
    openApiWith,
    provider,
    clock,
  }) => {
    const api = await openApiWith({ clockToleranceSeconds: 60 })
    const caller = await provider.accessToken({ as: 'alex', expiresIn: 600 })
    const credential = await api.inside(caller, (context) => azureCredential(context))
    const first = await credential.getToken(USER_READ)

    clock.advance(630)
    expect((await credential.getToken(USER_READ)).token).toBe(first.token)
    clock.advance(40)
    const error = await errorOf(() => credential.getToken(USER_READ))

    expect(error).toMatchObject({
      code: 'invalid_token',
      message: expect.stringContaining('azureCredential(api, { longRunningKey })'),
    })
    expect(grants(provider, OBO)).toHaveLength(1)
  })

  test('of a route for a session or a token is the one that the request has', async ({
    workSite: { browser, site },
    provider,
  }) => {
    const api = new ApiAuth(site.app, {
      authority: provider.authority(),
      clientId: provider.api.clientId,
      clientCredential: provider.api.clientSecret ?? '',
      audience: provider.api.idUri,
      logger: false,
    })
    site.app.get(
      '/either',
      site.auth.orBearer(api).required(async (_req, res, context) => {
        res.json(ownerOf(await azureCredential(context).getToken(USER_READ)))
      }),
    )
    const token = await provider.accessToken({ as: 'robin' })
    const headers = { authorization: `Bearer ${token}` }

    const page = await browser.navigate(`${site.origin}/either`)
    const call = await new Browser().send(`${site.origin}/either`, { headers })

    expect(page.json()).toMatchObject({
      oid: provider.user('alex').oid,
      azp: provider.app.clientId,
    })
    expect(call.json()).toMatchObject({
      oid: provider.user('robin').oid,
      azp: provider.api.clientId,
    })
  })

  test('of an MCP server returns tokens, in the endpoint and in a tool', async ({ provider }) => {
    const server = await startMcpServer(
      provider,
      {},
      serveWith2({
        tools: {
          me: async (extra, mcp) =>
            JSON.stringify(
              ownerOf(await azureCredential(mcp.contextOf(extra)).getToken(USER_READ)),
            ),
        },
      }),
    )
    server.app.get('/who', server.mcp.authorizationRequired(), async (req, res) => {
      res.json(ownerOf(await azureCredential(server.mcp.contextOf(req)).getToken(USER_READ)))
    })
    const token = await provider.accessToken({ as: 'alex' })

    const expected = { aud: 'https://graph.microsoft.com', oid: provider.user('alex').oid }
    expect(await (await server.call('/who', token)).json()).toMatchObject(expected)
    expect(JSON.parse((await callTool(server, 'me', token)).text)).toMatchObject(expected)
  })

  test('of a tool fails with a message for the user, and without text of the provider', async ({
    provider,
  }) => {
    provider.behave({ consent: 'ask' })
    const failures: IdentityError[] = []
    const server = await startMcpServer(
      provider,
      {},
      serveWith2({
        tools: {
          async mail(extra, mcp) {
            const { getToken } = azureCredential(mcp.contextOf(extra))
            const error = await errorOf(() => getToken('Mail.Read'))
            failures.push(error)
            throw error
          },
        },
      }),
    )

    const result = await callTool(server, 'mail', await provider.accessToken({ as: 'alex' }))

    expect(result).toMatchObject({
      isError: true,
      text: "The user has not consented to the permissions that this server needs at another API: Mail.Read. Signing in again doesn't help. An administrator can consent to these permissions for all users. Then repeat the call.",
    })
    expect(failures[0]).toMatchObject({ code: 'interaction_required' })
    expect(failures[0]?.cause).toMatchObject({ message: expect.stringContaining('AADSTS65001') })
  })
})

describe('an application', () => {
  test('gets its tokens from an Auth, an ApiAuth and an McpAuth', async ({
    openSite,
    openApi,
    provider,
  }) => {
    const { auth } = await openSite()
    const { api } = await openApi()
    const { mcp } = await startMcpServer(provider)

    const tokens = await Promise.all(
      [auth, api, mcp].map((source) => azureCredential(source).getToken(`${THINGS}/.default`)),
    )

    const apiId = provider.api.clientId
    expect(tokens.map((token) => ownerOf(token)['azp'])).toEqual([
      provider.app.clientId,
      apiId,
      apiId,
    ])
    for (const { token } of tokens) expect(decodeJwt(token)['oid']).toBe(decodeJwt(token).sub)
  })

  test('gets the tokens of the issuer that it names', async ({ openApi, provider }) => {
    const entry = (tenant?: string) => ({
      authority: provider.authority(tenant),
      clientId: provider.api.clientId,
      clientCredential: provider.api.clientSecret ?? '',
      audience: provider.api.idUri ?? '',
    })
    const { api } = await openApi({
      authority: undefined,
      clientId: undefined,
      clientCredential: undefined,
      audience: undefined,
      issuers: { workforce: entry(), partners: entry('fabrikam.onmicrosoft.com') },
    })
    const tenantOf = async (issuer: string) =>
      ownerOf(await azureCredential(api, { issuer }).getToken(`${THINGS}/.default`))['tid']

    expect(await tenantOf('workforce')).toBe(CONTOSO)
    expect(await tenantOf('partners')).not.toBe(CONTOSO)
    for (const options of [{}, { issuer: 'others' }, { issuer: undefined }]) {
      expect(
        await errorOf(() => azureCredential(api, options).getToken(`${THINGS}/.default`)),
      ).toMatchObject(
        configurationError('azureCredential() requires a name from the option issuers'),
      )
    }
  })

  test('gets the tokens of the user of a long-running process', async ({
    openApiWith,
    provider,
    clock,
  }) => {
    const api = await openApiWith({
      longRunning: { store: new Map(), secret: LONG_RUNNING_SECRET },
    })
    const longRunningKey = await api.inside(
      await provider.accessToken({ as: 'robin' }),
      (context) => context.startLongRunningProcess('User.Read'),
    )
    clock.advance(7 * 24 * 3600)

    const credential = azureCredential(api.api, { longRunningKey })

    expect(ownerOf(await credential.getToken(USER_READ))).toMatchObject({
      oid: provider.user('robin').oid,
    })
    await api.api.stopLongRunningProcess(longRunningKey)
    for (const tenantId of [undefined, CONTOSO]) {
      expect(await errorOf(() => credential.getToken(USER_READ, { tenantId }))).toMatchObject({
        code: 'interaction_required',
        message: expect.stringContaining('The long-running process does not exist.'),
      })
    }
    expect(grants(provider, 'client_credentials')).toEqual([])
  })

  test.for([undefined, '', null, 7, [], {}])(
    'does not act instead of a long-running process whose key is %o',
    async (longRunningKey, { openApi, provider }) => {
      const { api } = await openApi({
        longRunning: { store: new Map(), secret: LONG_RUNNING_SECRET },
      })

      const error = await errorOf(() =>
        azureCredential(api, { longRunningKey } as { longRunningKey: string }),
      )

      expect(error).toMatchObject(
        configurationError('The option longRunningKey of azureCredential()'),
      )
      expect(grants(provider, 'client_credentials')).toEqual([])
    },
  )

  test.for([{ longRunningKey: 'a-key' }, { issuer: 'workforce' }])(
    'that is an Auth does not ignore %o',
    async (options, { openSite, provider }) => {
      const { auth } = await openSite()

      const error = await errorOf(() =>
        azureCredential(auth, options).getToken(`${THINGS}/.default`),
      )

      expect(error).toMatchObject({ code: 'configuration' })
      expect(error.message).toContain(Object.keys(options)[0])
      expect(grants(provider, 'client_credentials')).toEqual([])
    },
  )

  test('without a long-running store gets an error', async ({ openApi }) => {
    const { api } = await openApi()
    const credential = azureCredential(api, { longRunningKey: 'a-key' })

    for (const tenantId of [undefined, CONTOSO]) {
      expect((await errorOf(() => credential.getToken(USER_READ, { tenantId }))).message).toContain(
        'longRunning is not configured.',
      )
    }
  })
})
