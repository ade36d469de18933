import { IdentityError } from 'identity-web'
import type { AuthorizationRequirement, McpAuth } from 'identity-web/express'
import { describe, expect, test } from '../support/fixtures.ts'
import { startMcpServer } from './mcp-server.ts'

describe('a scope that implies others', () => {
  const scopeImplies = {
    'Todos.Manage': ['Todos.ReadWrite'],
    'Todos.ReadWrite': ['Todos.Read', 'Todos.Manage'],
  }

  test.for([
    ['Todos.Read', ['Todos.Read']],
    ['Todos.ReadWrite', ['Todos.ReadWrite', 'Todos.Read', 'Todos.Manage']],
  ] as const)('%s is accepted', async ([scope, all], { provider }) => {
    const { call, resource } = await startMcpServer(provider, { scopeImplies })
    const token = await provider.accessToken({ as: 'alex', scopes: [scope] })

    const response = await call('/mcp', token)
    const { scopes } = (await response.json()) as { scopes: string[] }

    expect(response.status).toBe(200)
    expect(scopes.toSorted()).toEqual(
      [...all, ...all.map((name) => `${resource}/${name}`)].toSorted(),
    )
  })

  test('can have the prefix that clients request it with', async ({ provider }) => {
    const { call } = await startMcpServer(provider, (origin) => ({
      scopeImplies: { [`${origin}/mcp/Todos.ReadWrite`]: [`${origin}/mcp/Todos.Read`] },
      resource: `${origin}/mcp`,
    }))
    const token = await provider.accessToken({ as: 'alex', scopes: ['Todos.ReadWrite'] })

    expect((await call('/mcp', token)).status).toBe(200)
  })

  test('does not help a scope that it does not imply', async ({ provider }) => {
    const { call } = await startMcpServer(provider, { scopeImplies: { Other: ['Todos.Read'] } })
    const token = await provider.accessToken({ as: 'alex', scopes: ['Todos.ReadWrite'] })

    expect((await call('/mcp', token)).status).toBe(403)
  })
})

describe('the scopes of a requirement', () => {
  test('replace those of the option, and are challenged together', async ({ provider }) => {
    const { call, resource } = await startMcpServer(provider, {}, (app, mcp) => {
      const requirement = { scopes: ['Todos.Read', 'Todos.ReadWrite'] }
      app.all('/mcp', mcp.authorizationRequired(requirement), (_req, res) => void res.json('in'))
    })
    const token = await provider.accessToken({ as: 'alex', scopes: ['Todos.Read'] })

    const { headers, status } = await call('/mcp', token)

    expect(status).toBe(403)
    expect(headers.get('www-authenticate')).toContain(
      `error="insufficient_scope", error_description="`,
    )
    expect(headers.get('www-authenticate')).toContain(
      `scope="${resource}/Todos.Read ${resource}/Todos.ReadWrite", resource_metadata=`,
    )
  })

  test('apply to users, and applications need app permissions', async ({ provider }) => {
    const { call } = await startMcpServer(provider, {}, (app, mcp) => {
      app.all(
        '/mcp',
        mcp.authorizationRequired(
          { scopes: ['Todos.Read'], appPermissions: ['Todos.Read.All'] },
          (_req, res, { app: client, authInfo }) => {
            res.json({
              app: client?.clientId,
              scopes: authInfo.scopes,
              roles: authInfo.extra.roles,
            })
          },
        ),
      )
    })
    const token = await provider.accessToken({ roles: ['Todos.Read.All'] })

    const response = await call('/mcp', token)

    expect(await response.json()).toEqual({
      app: provider.app.clientId,
      scopes: [],
      roles: ['Todos.Read.All'],
    })
  })
})

describe('the scopes of an error response outside a guard', () => {
  const challengeOf = async (
    mcp: McpAuth,
    error: unknown,
    options?: Parameters<McpAuth['toResponse']>[2],
  ): Promise<[status: number, challenge: string | null]> => {
    const { status, headers } = await mcp.toResponse({ headers: {} }, error, options)
    return [status, headers.get('www-authenticate')]
  }

  test('are those that authenticate() required', async ({ provider }) => {
    const { mcp } = await startMcpServer(provider)
    const token = await provider.accessToken({ as: 'alex', scopes: ['Todos.Read'] })
    const required: AuthorizationRequirement[] = [
      {},
      { scopes: ['Todos.Read', 'Todos.ReadWrite'] },
      { roles: ['Admin'] },
    ]
    const results = [
      ...required.map((requirement) => mcp.authenticate({ headers: {} }, requirement)),
      mcp.authenticate({ headers: {} }, { token, scopes: ['Todos.ReadWrite'] }),
      mcp.authenticate({ headers: {} }, { token: 'x' }),
    ]

    for (const result of await Promise.all(results)) {
      if (result.ok) throw new Error('The request was accepted.')
      expect(result.headers['www-authenticate']).toMatch(/scope="http/)
      expect(await challengeOf(mcp, result.error)).toEqual([
        result.status,
        result.headers['www-authenticate'],
      ])
    }
  })

  test('are those of the option for other errors, or the given ones', async ({ provider }) => {
    const { mcp, resource } = await startMcpServer(provider)
    const error = new IdentityError('insufficient_scope', 'x')

    expect(await challengeOf(mcp, error)).toEqual([
      403,
      expect.stringContaining(`scope="${resource}/Todos.Read"`),
    ])
    expect(await challengeOf(mcp, error, { scopes: 'Todos.ReadWrite' })).toEqual([
      403,
      expect.stringContaining(`scope="${resource}/Todos.ReadWrite"`),
    ])
  })

  test('are missing if an administrator must consent, because a client would sign in again', async ({
    provider,
  }) => {
    const { call, mcp } = await startMcpServer(provider, {}, (app, auth) => {
      app.all(
        '/mcp',
        auth.authorizationRequired(async (_req, res, { getTokenOnBehalfOf }) => {
          res.json(await getTokenOnBehalfOf('Mail.Read'))
        }),
      )
    })
    const token = await provider.accessToken({ as: 'alex', scopes: ['Todos.Read'] })
    const error = new IdentityError('interaction_required', 'x', { reason: 'consent' })

    const response = await call('/mcp', token)

    expect([response.status, response.headers.get('www-authenticate')]).toEqual([403, null])
    expect(await response.json()).toMatchObject({
      error: 'consent_required',
      error_description: expect.stringContaining('at another API: Mail.Read. Signing in again'),
    })
    expect(await challengeOf(mcp, error)).toEqual([403, null])
  })

  test('are all scopes of the tool that called requireScopes()', async ({ provider }) => {
    const { call, resource } = await startMcpServer(provider, {}, (app, mcp) => {
      app.all(
        '/mcp',
        mcp.authorizationRequired(async (req, res, { authInfo }) => {
          try {
            mcp.requireScopes({ authInfo }, ['Todos.ReadWrite'])
          } catch (error) {
            await mcp.sendResponse(req, res, error)
          }
        }),
      )
    })
    const token = await provider.accessToken({ as: 'alex', scopes: ['Todos.Read'] })

    const { headers, status } = await call('/mcp', token)

    expect(status).toBe(403)
    expect(headers.get('www-authenticate')).toContain(
      `scope="${resource}/Todos.Read ${resource}/Todos.ReadWrite"`,
    )
  })
})

test.for([
  [{ scopes: undefined }, ['Challenged', 'Todos.Read', 'Todos.ReadWrite']],
  [
    { scopes: undefined, scopesSupported: 'Other' },
    ['Challenged', 'Other', 'Todos.Read', 'Todos.ReadWrite'],
  ],
  // Some clients request the whole list, so the option keeps it short.
  [{ scopesSupported: ['Other'] }, ['Other', 'Todos.Read']],
] as const)('with %o, the metadata contains %o', async ([options, expected], { provider }) => {
  const { call, resource } = await startMcpServer(provider, options, (app, mcp) => {
    const tools = { write: { scopes: ['Todos.ReadWrite'] } }
    app.all('/mcp', mcp.authorizationRequired({ scopes: ['Todos.Read'], tools }))
    mcp.scopeChallenge(['Challenged'])
  })

  const response = await call('/.well-known/oauth-protected-resource/mcp')

  expect(await response.json()).toMatchObject({
    scopes_supported: expected.map((name) => `${resource}/${name}`),
  })
})

test('the metadata at the root describes the only MCP server of the origin', async ({
  provider,
}) => {
  const root = '/.well-known/oauth-protected-resource'
  const { call, origin } = await startMcpServer(provider, {}, (app, first) => {
    app.all('/mcp', first.authorizationRequired())
  })
  expect((await call(root)).status).toBe(200)

  const { McpAuth } = await import('identity-web/express')
  const other = new McpAuth({
    authority: provider.authority(),
    clientId: provider.api.clientId,
    resource: `${origin}/other`,
    logger: false,
  })

  expect((await call(root)).status).toBe(404)
  expect((await call(`${root}/mcp`)).status).toBe(200)

  // A development server can create the objects again.
  other.close()
  expect((await call(root)).status).toBe(200)
})
