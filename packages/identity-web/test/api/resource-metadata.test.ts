import { createServer } from 'node:http'
import express from 'express'
import { ApiAuth, type ApiAuthOptions } from 'identity-web/express'
import { onTestFinished } from 'vitest'
import { describe, expect, test as base, vi } from '../support/fixtures.ts'
import type { ProtectedApi } from '../support/protected-api.ts'
import { close, listen } from '../support/site.ts'

const CONTOSO = 'c0000000-0000-4000-8000-000000000001'
const FABRIKAM = 'fab00000-0000-4000-8000-000000000002'
const CONSUMERS = '9188040d-6c67-4c5b-b112-36a304b66dad'
const PATH = '/.well-known/oauth-protected-resource'
const RESOURCE = 'https://api.contoso.example'

const test = base
  .extend('open', ({ openApi }) => (options: ApiAuthOptions): Promise<ProtectedApi> => {
    return openApi(options, (app, { authorizationRequired: guard }) => {
      app.get(
        '/todos',
        guard({ scopes: ['Todos.Read'] }, (_req, res) => void res.json('in')),
      )
    })
  })

  /** Returns the metadata of an API with these options, and checks its form. */
  .extend(
    'describeApi',
    ({ open }) =>
      async (options: ApiAuthOptions, path = PATH): Promise<Record<string, unknown>> => {
        const api = await open({ resource: RESOURCE, ...options })
        const reply = await api.call(path)
        expect(reply.status).toBe(200)
        expect(reply.headers.get('content-type')).toMatch(/^application\/json/)
        return reply.body as Record<string, unknown>
      },
  )
  .extend(
    'serversOf',
    ({ describeApi }) =>
      async (options: ApiAuthOptions) =>
        (await describeApi(options))['authorization_servers'] as string[],
  )
  .extend('api', ({ open }) => open({ resource: RESOURCE }))
  .extend(
    'issuerOf',
    ({ provider }) =>
      (tenant: string): string =>
        `${provider.origin}/${tenant}/v2.0`,
  )

describe('the URL of the API metadata', () => {
  test.for([
    [RESOURCE, PATH, RESOURCE],
    [`${RESOURCE}/`, PATH, RESOURCE],
    [`${RESOURCE}:8443`, PATH, `${RESOURCE}:8443`],
    [`${RESOURCE}/v1`, `${PATH}/v1`, `${RESOURCE}/v1`],
    [`${RESOURCE}/v1/`, `${PATH}/v1/`, `${RESOURCE}/v1/`],
    [`${RESOURCE}/a/b`, `${PATH}/a/b`, `${RESOURCE}/a/b`],
    ['https://API.contoso.example/Mixed', `${PATH}/Mixed`, `${RESOURCE}/Mixed`],
  ] as const)('%s is at %s', async ([resource, path, named], { open }) => {
    const api = await open({ resource })
    const challenged = await api.call('/todos')
    const reply = await api.call(path)

    expect(reply.status).toBe(200)
    expect(reply.body).toMatchObject({ resource: named, bearer_methods_supported: ['header'] })
    expect(challenged.challenge?.['resource_metadata']).toBe(new URL(path, resource).href)
  })

  test.for(['', '/v1/x', '/V1', '/v1/', '//v1', '/v2'])(
    'and not at %s',
    async (suffix, { open }) => {
      const api = await open({ resource: `${RESOURCE}/v1` })

      expect((await api.call(PATH + suffix)).status).toBe(404)
      expect((await api.call('/v1/.well-known/oauth-protected-resource')).status).toBe(404)
    },
  )

  test('a query does not change anything', async ({ api }) => {
    expect((await api.call(`${PATH}?x=/y`)).status).toBe(200)
  })

  test('does not exist without a resource, and challenges do not contain one', async ({ open }) => {
    const api = await open({})

    expect((await api.call(PATH)).status).toBe(404)
    expect((await api.call('/todos')).headers.get('www-authenticate')).not.toContain('metadata')
  })

  test('does not exist without an application, except after initApp', async ({ provider }) => {
    const app = express()
    const server = createServer(app)
    const origin = await listen(server)
    onTestFinished(() => close(server))
    const api = new ApiAuth({
      authority: provider.authority(),
      clientId: provider.api.clientId,
      resource: origin,
    })
    expect((await fetch(origin + PATH)).status).toBe(404)

    expect(api.initApp(app)).toBe(api)

    expect((await fetch(origin + PATH)).status).toBe(200)
  })

  test('accepts only GET and HEAD', async ({ api }) => {
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
      expect((await api.call(PATH, undefined, { method })).status).not.toBe(200)
    }
    const head = await api.call(PATH, undefined, { method: 'HEAD' })
    expect([head.status, head.body]).toEqual([200, ''])
  })

  test('may be read by any page and cached for a while', async ({ api }) => {
    const { headers } = await api.call(PATH, undefined, {
      headers: { origin: 'https://other.example' },
    })

    expect(headers.get('access-control-allow-origin')).toBe('*')
    expect(headers.has('access-control-allow-credentials')).toBe(false)
    expect(headers.get('cache-control')).toBe('max-age=3600')
    expect(headers.getSetCookie()).toEqual([])
  })

  test('does not need a token and ignores an invalid one', async ({ api }) => {
    expect((await api.call(PATH, 'a.b.c')).status).toBe(200)
  })
})

describe('the issuer of the tokens', () => {
  test('is the tenant by its ID if the authority names its domain', async ({
    serversOf,
    provider,
    issuerOf,
  }) => {
    expect(await serversOf({ authority: provider.authority('contoso.onmicrosoft.com') })).toEqual([
      issuerOf(CONTOSO),
    ])
  })

  test('is the issuer that the metadata at the same URL names', async ({ serversOf }) => {
    const [server = ''] = await serversOf({})
    const metadata = (await (
      await fetch(`${server}/.well-known/openid-configuration`)
    ).json()) as Record<string, unknown>

    expect(metadata['issuer']).toBe(server)
  })

  test.for([
    ['common', 'any'],
    ['common', 'work'],
    ['organizations', undefined],
  ] as const)(
    'is missing if %s may call (%s)',
    async ([tenant, tenants], { describeApi, provider }) => {
      const description = await describeApi({ authority: provider.authority(tenant), tenants })

      expect(description).not.toHaveProperty('authorization_servers')
      expect(JSON.stringify(description)).not.toMatch(/tenantid|common|organizations/)
    },
  )

  test('is each tenant of a list', async ({ serversOf, provider, issuerOf }) => {
    expect(
      await serversOf({
        authority: provider.authority('common'),
        tenants: [FABRIKAM.toUpperCase(), CONTOSO],
      }),
    ).toEqual([issuerOf(FABRIKAM), issuerOf(CONTOSO)])
  })

  test('is the tenant of personal accounts at consumers', async ({
    serversOf,
    provider,
    issuerOf,
  }) => {
    expect(await serversOf({ authority: provider.authority('consumers') })).toEqual([
      issuerOf(CONSUMERS),
    ])
  })

  test('is the URL of the policy metadata at Azure AD B2C', async ({ serversOf, provider }) => {
    const [server = ''] = await serversOf({
      authority: provider.b2cAuthority(),
      audience: undefined,
      clientId: '33333333-4444-4555-8666-777777777777',
    })

    expect(server).toBe(`${provider.b2cAuthority()}/v2.0`)
    expect((await fetch(`${server}/.well-known/openid-configuration`)).status).toBe(200)
  })

  test('is the provider at other providers', async ({ serversOf, provider }) => {
    expect(
      await serversOf({ authority: undefined, oidcAuthority: provider.oidcAuthority }),
    ).toEqual([provider.oidcAuthority])
  })

  test('is not available during an outage of the provider (503) and available afterwards', async ({
    open,
    provider,
  }) => {
    let now = Date.now()
    const api = await open({ resource: RESOURCE, now: () => now })
    provider.behave({ faults: { metadata: { kind: 'drop' } } })

    const away = await api.call(PATH)
    expect(away.status).toBe(503)
    expect(away.headers.get('retry-after')).toBe('5')
    expect(away.headers.get('cache-control')).toBe('no-store')

    provider.behave({ faults: {} })
    now += 2000
    expect((await api.call(PATH)).status).toBe(200)
  })
})

describe('the scopes', () => {
  test('of all guarded routes are listed once, as clients request them', async ({ openApi }) => {
    const api = await openApi({ resource: RESOURCE }, (app, { authorizationRequired: guard }) => {
      app.use('/a', guard({ scopes: ['Todos.Read'] }))
      app.use(
        '/b',
        guard({ scopes: 'Todos.Read Todos.ReadWrite', appPermissions: ['Todos.Admin.All'] }),
      )
      app.use(
        '/c',
        guard({ scopes: { anyOf: ['Any.One', 'api://todos.contoso.example/Todos.Read'] } }),
      )
      app.use('/d', guard({ appPermissions: ['Jobs.All'] }))
      app.use('/e', guard())
    })

    const { body } = await api.call(PATH)

    expect((body as Record<string, unknown>)['scopes_supported']).toEqual([
      'api://todos.contoso.example/Any.One',
      'api://todos.contoso.example/Todos.Read',
      'api://todos.contoso.example/Todos.ReadWrite',
    ])
  })

  test('are missing if no route has any', async ({ openApi }) => {
    const api = await openApi({ resource: RESOURCE }, (app, { authorizationRequired }) => {
      app.use('/', authorizationRequired({ appPermissions: ['Jobs.All'] }))
    })

    // The route is declared before the guard for all routes.
    expect((await api.call(PATH)).body).not.toHaveProperty('scopes_supported')
  })

  test('start with the client ID without an App ID URI, and have no prefix at other providers', async ({
    describeApi,
    provider,
  }) => {
    const byId = await describeApi({ audience: undefined })
    const plain = await describeApi({
      authority: undefined,
      oidcAuthority: provider.oidcAuthority,
      audience: 'https://api.contoso.example',
    })

    expect(byId['scopes_supported']).toEqual([`api://${provider.api.clientId}/Todos.Read`])
    expect(plain['scopes_supported']).toEqual(['Todos.Read'])
  })

  test('of routes for both kinds of callers are listed as well', async ({ openApi, provider }) => {
    const { Auth } = await import('identity-web/express')
    const api = await openApi({ resource: RESOURCE }, (app, guards) => {
      const auth = new Auth({
        authority: provider.authority(),
        clientId: provider.app.clientId,
        redirectUri: 'http://localhost:3000/redirect',
        session: { secret: 'a-secret-of-thirty-two-characters' },
      })
      app.get(
        '/both',
        auth
          .orBearer(guards)
          .required({ authorization: { scopes: ['Todos.Both'] } }, (_req, res) => void res.end()),
      )
    })

    expect((await api.call(PATH)).body).toMatchObject({
      scopes_supported: ['api://todos.contoso.example/Todos.Both'],
    })
  })
})

test('a misconfigured API does not have metadata', async ({ open }) => {
  vi.spyOn(console, 'error').mockReturnValue()
  const api = await open({ resource: RESOURCE, clientId: 7 as unknown as string })

  expect((await api.call(PATH)).status).toBe(404)
})

test('the metadata contains only the required properties', async ({ describeApi }) => {
  expect(Object.keys(await describeApi({})).toSorted()).toEqual([
    'authorization_servers',
    'bearer_methods_supported',
    'resource',
    'scopes_supported',
  ])
})
