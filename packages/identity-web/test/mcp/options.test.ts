import { McpAuth, type McpAuthOptions } from 'identity-web/fetch'
import { describe, expect, test } from 'vitest'

const ENTRA = {
  authority: 'https://login.microsoftonline.com/c0000000-0000-4000-8000-000000000001',
  clientId: '11111111-2222-3333-4444-555555555555',
  resource: 'https://tools.contoso.com/mcp',
}
const OTHER = {
  oidcAuthority: 'https://accounts.example.com',
  clientId: 'tools',
  resource: 'https://tools.example.com/mcp',
}

/** Returns the options with problems, and the warnings. */
function findingsOf(options: McpAuthOptions): { problems: string[]; warnings: string[] } {
  const warnings: string[] = []
  const { problems } = new McpAuth(
    {
      ...options,
      logger: false,
      onEvent: ({ type, message }) =>
        void (type === 'configuration.warning' && warnings.push(message)),
    },
    {},
  )
  return { problems: problems.map(({ option, message }) => `${option}: ${message}`), warnings }
}

describe('the options of McpAuth', () => {
  test.for([
    ENTRA,
    OTHER,
    { ...ENTRA, resource: 'http://localhost:3000/mcp' },
    { ...ENTRA, resource: 'http://127.0.0.1:3000/a/b' },
    { ...ENTRA, scopes: ['Tools.Use', 'Files.Read'] },
    { ...ENTRA, scopes: 'Tools.Use https://tools.contoso.com/mcp/Files.Read' },
    { ...ENTRA, scopeImplies: { A: ['B'], B: ['A'] } },
    {
      ...ENTRA,
      allowedOrigins: ['https://a.example', 'http://localhost:1', 'chrome-extension://abc'],
    },
    { ...ENTRA, allowedHosts: ['a.example', 'a.example:80', '127.0.0.1:1', '[::1]:1'] },
    // Other providers do not add a prefix to scopes, and do not compare identifiers.
    { ...OTHER, resource: 'https://tools.example.com', scopes: ['api://x/y'] },
  ])('%o are valid', (options) => {
    expect(findingsOf(options)).toEqual({ problems: [], warnings: [] })
  })

  test.for([
    [
      { resource: undefined },
      /^resource: resource is not configured. Set McpAuth\(\{ resource \}\) or IDENTITY_RESOURCE/,
    ],
    [{ resource: '/mcp' }, /^resource: .*absolute URL/],
    [{ resource: 'http://tools.contoso.com/mcp' }, /^resource: .*https:\/\//],
    [{ resource: 'https://tools.contoso.com' }, /^resource: .*needs a path.*AADSTS9010010/],
    [{ resource: 'https://tools.contoso.com/' }, /^resource: .*needs a path/],
    [{ resource: 'https://tools.contoso.com/mcp/' }, /^resource: .*end with a slash/],
    [{ resource: 'https://tools.contoso.com/mcp#x' }, /^resource: .*fragment/],
    [{ resource: 'https://tools.contoso.com/mcp?x' }, /^resource: .*query/],
    [{ resource: 'https://a:b@tools.contoso.com/mcp' }, /^resource: .*user/],
    [
      { resource: 'https://Tools.Contoso.com/mcp' },
      /^resource: .*https:\/\/tools.contoso.com\/mcp/,
    ],
    [
      { resource: 'https://tools.contoso.com:443/mcp' },
      /^resource: .*https:\/\/tools.contoso.com\/mcp/,
    ],
    [{ scopes: 7 }, /^scopes: .*list/],
    [{ scopes: [] }, /^scopes: .*To accept every scope/],
    [{ scopes: undefined }, /^scopes: scopes is present but does not have a value/],
    [{ scopes: '' }, /^scopes: .*/],
    [{ scopes: ['offline_access'] }, /^scopes: offline_access is not a scope/],
    [{ scopes: ['api://x/Tools.Use'] }, /^scopes: .*Tools\.Use.*AADSTS9010010/],
    [{ scopesSupported: [] }, /^scopesSupported: .*list/],
    [{ scopesSupported: ['api://x/Tools.Use'] }, /^scopesSupported: .*AADSTS9010010/],
    [{ issuer: 'workforce' }, /^issuer: .*option issuers \(not set\)/],
    [{ issuer: 7 }, /^issuer: .*string/],
    [{ scopeImplies: ['A'] }, /^scopeImplies: /],
    [{ scopeImplies: { A: 'B' } }, /^scopeImplies: /],
    [{ scopeImplies: { 'api://x/A': ['B'] } }, /^scopeImplies: .*AADSTS9010010/],
    [{ scopeImplies: { A: ['openid'] } }, /^scopeImplies: openid is not a scope/],
    [{ allowedOrigins: ['*'] }, /^allowedOrigins: /],
    [{ allowedOrigins: ['null'] }, /^allowedOrigins: /],
    [{ allowedOrigins: ['https://a.example/'] }, /^allowedOrigins: /],
    [{ allowedOrigins: ['HTTPS://a.example'] }, /^allowedOrigins: /],
    [{ allowedHosts: ['*'] }, /^allowedHosts: /],
    [{ allowedHosts: ['https://a.example'] }, /^allowedHosts: /],
    [{ allowedHosts: ['A.example'] }, /^allowedHosts: /],
    [
      { allowedOrgins: [] },
      /^allowedOrgins: McpAuth has no option allowedOrgins. Did you mean allowedOrigins\?/,
    ],
  ] as const)('%o has a problem', ([changes, message]) => {
    const { problems } = findingsOf({ ...ENTRA, ...(changes as McpAuthOptions) })

    expect(problems).toEqual([expect.stringMatching(message)])
  })

  test('all problems are reported together, and name McpAuth', () => {
    const { problems } = findingsOf({ scopes: ['openid'] })

    expect(problems.map((problem) => problem.split(':', 1)[0])).toEqual([
      'authority',
      'clientId',
      'resource',
      'scopes',
    ])
    expect(problems.join()).not.toMatch(/\b(Api)?Auth\(\{/)
  })

  test.for(['any', 'work'] as const)('an authority for %s tenants gets a warning', (tenants) => {
    const authority = 'https://login.microsoftonline.com/organizations'

    expect(findingsOf({ ...ENTRA, authority, tenants })).toEqual({
      problems: [],
      warnings: [expect.stringMatching(/do not find out where to sign in.*tenants: \[/)],
    })
    expect(
      findingsOf({ ...ENTRA, authority, tenants: ['c0000000-0000-4000-8000-000000000001'] }),
    ).toEqual({ problems: [], warnings: [] })
  })

  test('a guard rejects scopes in another form when it is declared', () => {
    const mcp = new McpAuth({ ...ENTRA, logger: false }, {})

    for (const scopes of [['api://x/Tools.Use'], 'offline_access', { anyOf: ['openid'] }]) {
      expect(() => mcp.authorizationRequired({ scopes }, () => new Response())).toThrow(
        /AADSTS9010010|not a scope/,
      )
    }
  })
})
