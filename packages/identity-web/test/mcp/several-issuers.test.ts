import { McpAuth, type IdentityEvent } from 'identity-web/express'
import {
  CONTOSO,
  describe,
  expect,
  PLAIN_API,
  test as base,
  TODO_API,
} from '../support/issuers-fixtures.ts'
import { startMcpServer, type McpRoutes, type McpServer } from './mcp-server.ts'

/** An MCP server whose users sign in at Entra ID or at a plain OpenID provider. */
const test = base.extend(
  'openMcp',
  ({ provider, entries: { plain, workforce } }) =>
    (routes?: McpRoutes, options = {}): Promise<McpServer> =>
      startMcpServer(
        provider,
        {
          authority: undefined,
          clientId: undefined,
          clientCredential: undefined,
          issuers: { workforce, plain },
          ...options,
        },
        routes,
      ),
)

const PLAIN = { as: 'alex', api: PLAIN_API, authority: 'oidc' } as const
const TOOL = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'manage' } }

describe('an MCP server with several issuers', () => {
  test('accepts their tokens, and names the scopes as each issuer does', async ({
    openMcp,
    provider,
  }) => {
    const server = await openMcp()
    const scopesFor = async (token: string): Promise<unknown> =>
      ((await (await server.call('/mcp', token)).json()) as { scopes: unknown }).scopes

    const alex = await provider.accessToken({
      as: 'alex',
      api: TODO_API,
      scopes: ['Todos.Read'],
    })
    expect(await scopesFor(alex)).toEqual(['Todos.Read', `${server.resource}/Todos.Read`])
    const plain = await provider.accessToken({ ...PLAIN, scopes: ['Todos.Read'] })
    expect(await scopesFor(plain)).toEqual(['Todos.Read'])
  })

  test.for([undefined, 'workforce', 'plain'] as const)(
    'with the issuer %s, has one issuer in its metadata, because clients use only the first',
    async (issuer, { openMcp, provider }) => {
      const server = await openMcp(undefined, issuer && { issuer })
      const response = await server.call('/.well-known/oauth-protected-resource/mcp')
      const isPlain = issuer === 'plain'

      expect(await response.json()).toMatchObject({
        authorization_servers: [
          isPlain ? provider.oidcAuthority : `${provider.origin}/${CONTOSO}/v2.0`,
        ],
        scopes_supported: [isPlain ? 'Todos.Read' : `${server.resource}/Todos.Read`],
      })
      expect(server.logs.join('\n').includes('sign in at one issuer only')).toBe(
        issuer === undefined,
      )
    },
  )

  test('with the option issuer, rejects tokens of the others', async ({ openMcp, provider }) => {
    const server = await openMcp(undefined, { issuer: 'plain' })
    const alex = await provider.accessToken({ as: 'alex', api: TODO_API, scopes: ['Todos.Read'] })
    const plain = await provider.accessToken({ ...PLAIN, scopes: ['Todos.Read'] })

    const rejected = await server.call('/mcp', alex)

    expect([rejected.status, (await server.call('/mcp', plain)).status]).toEqual([401, 200])
    expect(rejected.headers.get('www-authenticate')).toContain('scope="Todos.Read"')
  })

  test('challenges a token with the scopes of its issuer', async ({ openMcp, provider }) => {
    const server = await openMcp()
    const scopeFor = async (token: string): Promise<string | undefined> =>
      /scope="([^"]*)"/.exec(
        (await server.call('/mcp', token)).headers.get('www-authenticate') ?? '',
      )?.[1]

    const alex = await provider.accessToken({
      as: 'alex',
      api: TODO_API,
      scopes: ['Todos.ReadWrite'],
    })
    expect(await scopeFor(alex)).toBe(`${server.resource}/Todos.Read`)
    expect(await scopeFor(await provider.accessToken({ ...PLAIN, scopes: ['Other'] }))).toBe(
      'Todos.Read',
    )
  })

  test('checks the issuer of a tool', async ({ openMcp, provider }) => {
    const requirement = {
      tools: { manage: { issuer: 'workforce', scopes: ['Todos.Manage'] } },
    } as const
    const issuers: unknown[] = []
    const routes: McpRoutes = (app, mcp) => {
      app.all(
        '/mcp',
        mcp.authorizationRequired(requirement, (_req, res, { issuer }) => void res.json(issuer)),
      )
    }
    const server = await openMcp(routes, {
      onEvent: ({ issuer, type }: IdentityEvent) =>
        type === 'configuration.warning' || issuers.push(issuer),
    })
    const call = async (token: string): Promise<Response> =>
      server.call('/mcp', token, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(TOOL),
      })
    const claims = { scp: 'Todos.Read Todos.Manage' }

    const alex = await call(await provider.accessToken({ as: 'alex', api: TODO_API, claims }))
    expect([alex.status, await alex.json()]).toEqual([200, 'workforce'])
    const missing = await call(await provider.accessToken({ as: 'alex', api: TODO_API }))
    expect(missing.headers.get('www-authenticate')).toContain(
      `scope="${server.resource}/Todos.Read ${server.resource}/Todos.Manage"`,
    )
    const plain = await call(
      await provider.accessToken({ ...PLAIN, scopes: ['Todos.Read', 'Todos.Manage'] }),
    )
    expect(plain.status).toBe(403)
    expect(await plain.json()).toMatchObject({ error: 'access_denied' })
    expect(issuers).toEqual(['workforce', 'plain'])
  })

  test('does not let a role of any issuer open a tool', async ({ openMcp }) => {
    await openMcp((_app, mcp) => {
      expect(() => mcp.authorizationRequired({ tools: { manage: { roles: ['Admin'] } } })).toThrow(
        'The requirement of the tool manage is wrong. authorizationRequired() requires issuer together with roles, because McpAuth has several issuers',
      )
      expect(() => mcp.scopeChallenge({ roles: ['Admin'] })).not.toThrow()
    })
  })

  test.for([
    [
      undefined,
      [
        "mirrorMetadata works only with one issuer, because clients would not find the other issuers. Remove McpAuth({ mirrorMetadata }), or set McpAuth({ issuer: 'workforce' }).",
      ],
    ],
    ['workforce', []],
    ['staff', ['issuer must be a name in the option issuers (workforce, b2c).']],
  ] as const)(
    'can publish a mirror of one of them: %s',
    ([issuer, expected], { entries: { workforce, b2c } }) => {
      const { problems } = new McpAuth({
        issuers: { workforce, b2c },
        issuer: issuer as 'workforce' | undefined,
        resource: 'https://tools.contoso.com/mcp',
        mirrorMetadata: true,
        logger: false,
      })

      expect(problems.map(({ message }) => message)).toEqual(expected)
    },
  )

  test('warns of an issuer whose clients do not find out where to sign in', async ({
    openMcp,
    entries: { plain, workforce },
    provider,
  }) => {
    const partners = { ...workforce, authority: provider.authority('organizations') }
    const { logs } = await openMcp(undefined, { issuers: { partners, plain } })

    expect(logs.join('\n')).toContain(
      "Set McpAuth({ issuers: { partners: { authority } } }) to the URL with your tenant ID, or set McpAuth({ issuers: { partners: { tenants: ['<tenant ID>'] } } }).",
    )
  })
})
