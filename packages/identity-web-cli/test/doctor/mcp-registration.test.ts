import type { AppConfig, DevProvider, Fault } from 'identity-web-dev'
import type { McpAuthOptions } from 'identity-web/fetch'
import { givenOnly } from '../../../identity-web/test/support/given.js'
import type { NamedFinding, Result } from '../../src/commands/doctor/report/finding.js'
import { allOutputs, describe, expect, test as base } from '../support/fixtures.js'
import { startMcp } from '../support/servers.js'

const SECRET = 'tools-secret-not-for-production'
const OTHER = '44444444-5555-4666-8777-888888888889'
const CHECKS = 'settings,credential,token-version,mcp-metadata,registration'

interface Setup {
  /** Changes the registration of the server. The function receives its URL. */
  readonly registration?: (resource: string) => Partial<AppConfig>
  readonly others?: (resource: string) => readonly AppConfig[]
  /** The options of the running server. */
  readonly options?: McpAuthOptions
  readonly routeScopes?: string[]
  readonly variables?: Readonly<Record<string, string | undefined>>
  readonly args?: readonly string[]
  readonly fault?: Fault
}

interface Checked {
  readonly code: number
  readonly findings: readonly NamedFinding[]
  readonly resource: string
  /** Returns the findings of a check as text, with `result: found / change`. */
  of(check: string): string[]
}

const test = base
  /** The variables of the MCP server. */
  .extend('server', ({ provider }) => ({
    IDENTITY_CLIENT_ID: provider.api.clientId,
    IDENTITY_CLIENT_SECRET: SECRET,
    IDENTITY_REDIRECT_URI: undefined,
    IDENTITY_SESSION_SECRET: undefined,
  }))
  /** Starts a server, changes its registration, and checks it. */
  .extend(
    'check',
    ({ provider, doctor, server }) =>
      async (setup: Setup = {}): Promise<Checked> => {
        const { options, routeScopes, variables, args = [], fault } = setup
        const resource = await startMcp(
          givenOnly<McpAuthOptions>({
            authority: provider.authority(),
            clientId: provider.api.clientId,
            scopes: ['Todos.Read'],
            ...options,
          }),
          routeScopes,
        )
        configure(provider, setup, resource)
        if (fault !== undefined) provider.behave({ faults: { token: fault } })
        const given = ['--mcp', '--url', resource, '--only', CHECKS, ...args]
        const { code, findings } = await doctor({ ...server, ...variables }, ...given)
        return { code, findings, resource, of: (check) => textsOf(findings, check) }
      },
  )

function configure(provider: DevProvider, { registration, others }: Setup, resource: string): void {
  provider.configure({
    extends: 'default',
    apps: [
      {
        clientId: provider.api.clientId,
        clientSecret: SECRET,
        ...(registration?.(resource) ?? { otherIdUris: [resource] }),
      },
      ...(others?.(resource) ?? []),
    ],
  })
}

function textsOf(findings: readonly NamedFinding[], check: string): string[] {
  return findings
    .filter((finding) => finding.check === check)
    .map(({ result, found, change = '' }) => `${result}: ${found} / ${change}`)
}

function reject(code: number, error: string, limit: { readonly times?: number } = {}): Fault {
  return { kind: 'error', error, codes: [code], description: 'Rejected.', ...limit }
}

test('a registration that works', async ({ check }) => {
  const { code, of, resource } = await check()

  expect(of('settings')).toEqual([
    'ok: All options and variables are set, and have the right form. / ',
  ])
  expect(of('credential')).toEqual([expect.stringMatching(/^ok/)])
  expect(of('token-version')).toEqual([expect.stringMatching(/^ok: .*version 2/)])
  expect(of('mcp-metadata')).toEqual([
    `ok: The metadata of ${resource} contains the scopes ${resource}/Todos.Read and the authorization server. / `,
  ])
  expect(of('registration')).toEqual([
    `ok: ${resource} is an Application ID URI of the app registration. / `,
    expect.stringMatching(/^skipped: .*"Expose an API" contains Todos\.Read,/),
    expect.stringMatching(/^skipped: .*--client vscode/),
  ])
  expect(code).toBe(0)
})

describe('a fault of the registration', () => {
  test('the URL is not an Application ID URI', async ({ check }) => {
    const { code, of, resource } = await check({ registration: () => ({}) })

    expect(of('registration')[0]).toMatch(
      new RegExp(
        `^error: ${resource} is not an Application ID URI .*AADSTS500011.* / Add this URI under "Expose an API"`,
      ),
    )
    expect(of('credential')).toEqual([expect.stringMatching(/^ok/)])
    expect(of('token-version')).toEqual([expect.stringMatching(/^ok/)])
    expect(code).toBe(1)
  })

  test.for([
    ['a slash at the end', (resource: string) => `${resource}/`],
    ['another case', (resource: string) => resource.replace('/mcp', '/MCP')],
  ] as const)('the spelling differs: %s', async ([_name, spell], { check }) => {
    const { of } = await check({
      registration: (resource) => ({ otherIdUris: [spell(resource)] }),
    })

    expect(of('registration')[0]).toMatch(/^error: .*AADSTS9010010/)
  })

  test('another registration has the Application ID URI', async ({ check }) => {
    const { of } = await check({
      registration: () => ({}),
      others: (resource) => [
        { clientId: OTHER, name: 'Other', redirectUris: [], idUri: resource, scopes: [] },
      ],
    })

    expect(of('registration')[0]).toContain(`another app registration, ${OTHER}.`)
  })

  test('it issues tokens of version 1', async ({ check }) => {
    const { of, resource } = await check({
      registration: (url) => ({ otherIdUris: [url], accessTokenVersion: 1 }),
    })

    expect(of('registration')[0]).toMatch(/^ok/)
    expect(of('token-version')).toEqual([
      expect.stringMatching(
        new RegExp(`^error: .*audience is ${resource}\\..*requestedAccessTokenVersion to 2`),
      ),
    ])
  })

  test('version 1 with the client ID as audience works', async ({ check }) => {
    const { code, of } = await check({
      registration: (resource) => ({
        otherIdUris: [resource],
        accessTokenVersion: 1,
        v1Audience: 'clientId',
      }),
    })

    expect(of('registration')[0]).toMatch(/^ok/)
    expect(of('token-version')).toEqual([expect.stringMatching(/^ok: .*use_guid/)])
    expect(code).toBe(0)
  })

  test('version 1 is visible although the Application ID URI is missing', async ({ check }) => {
    const { of } = await check({ registration: () => ({ accessTokenVersion: 1 }) })

    expect(of('registration')[0]).toMatch(/^error/)
    expect(of('token-version')).toEqual([expect.stringMatching(/^error/)])
  })

  test('the secret is wrong', async ({ check }) => {
    const { of } = await check({ variables: { IDENTITY_CLIENT_SECRET: 'stale-secret-value' } })

    expect(of('credential')).toEqual([expect.stringMatching(/^error: .*AADSTS7000215/)])
    expect(of('registration')[0]).toMatch(/^skipped: .*AADSTS7000215.*see "credential"/)
    expect(of('token-version')).toEqual([expect.stringMatching(/^skipped/)])
  })

  test('the tenant does not contain the registration', async ({ check }) => {
    const { of } = await check({ variables: { IDENTITY_CLIENT_ID: OTHER } })

    expect(of('credential')).toEqual([expect.stringMatching(/^error: .*AADSTS700016/)])
    expect(of('registration')[0]).toMatch(/^skipped/)
  })
})

describe('the codes of Microsoft', () => {
  test.for([
    7000215, 7000222, 7000216, 7000218, 700021, 70021, 700027, 700211, 700212, 700213, 50012,
    700016, 7000112, 7000229, 90002, 900023,
  ])('AADSTS%i is about the credential, whatever the error', async (code, { check }) => {
    const { of } = await check({ fault: reject(code, 'unauthorized_client') })

    expect(of('credential')).toEqual([
      expect.stringMatching(new RegExp(`^error: .*AADSTS${code}\\b`)),
    ])
    expect(of('registration')[0]).toMatch(/^skipped: .*see "credential"/)
  })

  test.for([500011, 9010010, 901002])(
    'AADSTS%i is about the Application ID URI',
    async (code, { check }) => {
      const { of } = await check({ fault: reject(code, 'invalid_resource') })

      expect(of('registration')[0]).toMatch(/^error: .*is not an Application ID URI/)
      expect(of('registration')[0]).toContain(`(AADSTS${code})`)
      expect(of('credential')).toEqual([expect.stringMatching(/^ok/)])
    },
  )

  // The development provider issues a token for the server itself. Entra ID may require its client ID instead.
  test.for([
    [90009, 'invalid_resource'],
    [501051, 'invalid_grant'],
  ] as const)(
    'AADSTS%i proves that the Application ID URI is right',
    async ([code, error], { check }) => {
      const { of } = await check({ fault: reject(code, error) })

      expect(of('registration')[0]).toMatch(
        new RegExp(`^ok: .*is an Application ID URI .*AADSTS${code}`),
      )
      expect(of('token-version')).toEqual([expect.stringMatching(/^skipped/)])
    },
  )

  test('another code proves nothing', async ({ check }) => {
    const { of } = await check({ fault: reject(1234567, 'invalid_request') })

    expect(of('registration')[0]).toMatch(/^skipped: .*\(AADSTS1234567\)/)
  })
})

describe('what is not visible', () => {
  test('without a credential, no token is requested', async ({ check, provider }) => {
    const { code, of } = await check({ variables: { IDENTITY_CLIENT_SECRET: undefined } })

    expect(of('registration')[0]).toMatch(/^skipped: .*IDENTITY_CLIENT_SECRET/)
    expect(provider.requests.filter(({ endpoint }) => endpoint === 'token')).toEqual([])
    expect(code).toBe(0)
  })

  test('an authority of many tenants needs --tenant', async ({ check, provider }) => {
    const variables = { IDENTITY_AUTHORITY: provider.authority('organizations') }
    const without = await check({ variables })
    const named = await check({ variables, args: ['--tenant', 'contoso.onmicrosoft.com'] })

    expect(without.of('registration')[0]).toMatch(/^skipped: .*--tenant/)
    expect(named.of('registration')[0]).toMatch(/^ok/)
  })

  test('another provider', async ({ check, provider }) => {
    const { of } = await check({
      options: { authority: undefined, oidcAuthority: provider.oidcAuthority },
      variables: { IDENTITY_AUTHORITY: undefined, IDENTITY_OIDC_AUTHORITY: provider.oidcAuthority },
    })

    expect(of('mcp-metadata')).toEqual([expect.stringMatching(/^ok/)])
    expect(of('registration')).toEqual([expect.stringMatching(/^skipped: .*only with Entra ID/)])
  })

  test('wrong settings', async ({ check }) => {
    const { of } = await check({ variables: { IDENTITY_CLIENT_ID: '' } })

    expect(of('registration')).toEqual(['skipped: Settings are missing, see "settings". / '])
  })

  test.for(['hang', 'drop', 'html'] as const)(
    'a provider with the failure %s',
    async (kind, { check }) => {
      const { of } = await check({ fault: { kind }, args: ['--timeout', '5'] })

      expect(of('registration')[0]).toMatch(/^skipped: The provider did not issue a token/)
    },
  )
})

describe('the metadata of the server', () => {
  test('does not name a scope', async ({ check }) => {
    const { code, of } = await check({ options: { scopes: undefined } })

    expect(of('mcp-metadata')).toEqual([
      expect.stringMatching(/^error: .*does not contain a scope/),
    ])
    expect(code).toBe(1)
  })

  test('names the scopes of its routes', async ({ check }) => {
    const { of } = await check({ options: { scopes: undefined }, routeScopes: ['Mail.Read'] })

    expect(of('mcp-metadata')).toEqual([expect.stringMatching(/^ok: .*\/Mail\.Read/)])
    expect(of('registration')[1]).toContain('contains Mail.Read,')
  })

  test('names scopes of another API', async ({ check, provider, server, doctor }) => {
    const resource = await startMcp({
      oidcAuthority: provider.oidcAuthority,
      clientId: provider.api.clientId,
      scopes: ['https://other.example/Tools.Use'],
    })
    await check()
    const { findings } = await doctor(server, '--mcp', '--url', resource, '--only', 'mcp-metadata')

    expect(textsOf(findings, 'mcp-metadata')).toEqual([
      expect.stringMatching(/^error: Entra ID compares .*https:\/\/other\.example\/Tools\.Use/),
    ])
  })

  test('does not say where users sign in', async ({ check, provider }) => {
    const { of } = await check({
      options: { authority: provider.authority('organizations'), tenants: 'work' },
    })

    expect(of('mcp-metadata')).toEqual([
      expect.stringMatching(/^error: .*where users sign in.*mirrorMetadata/),
    ])
  })

  test('contains another URL than clients connect to', async ({ check }) => {
    const { of } = await check({ options: { resource: 'http://127.0.0.1:4000/mcp' } })

    expect(of('mcp-metadata')).toEqual([
      expect.stringMatching(/^error: .*publishes the URL http:\/\/127\.0\.0\.1:4000\/mcp\./),
    ])
    expect(of('registration')[0]).toMatch(/^error: http:\/\/127\.0\.0\.1:4000\/mcp is not/)
  })

  test('is not at this URL', async ({ check, doctor, server }) => {
    const { resource } = await check()
    const url = new URL('/other', resource).href
    const { findings } = await doctor(server, '--mcp', '--url', url, '--only', 'mcp-metadata')

    expect(textsOf(findings, 'mcp-metadata')).toEqual([
      expect.stringMatching(/^error: .*oauth-protected-resource\/other responds with 404/),
    ])
  })

  test('is at the origin, too', async ({ check, doctor, server }) => {
    const { resource } = await check()
    const variables = { ...server, IDENTITY_RESOURCE: resource }
    const { origin } = new URL(resource)
    const { findings } = await doctor(variables, '--mcp', '--url', origin, '--only', CHECKS)

    expect(textsOf(findings, 'mcp-metadata')).toEqual([expect.stringMatching(/^ok/)])
    expect(textsOf(findings, 'registration')[0]).toMatch(/^ok/)
  })
})

describe('the application without a running server', () => {
  test('its variables name the URL', async ({ check, doctor, server }) => {
    const { resource } = await check()
    const variables = { ...server, IDENTITY_RESOURCE: resource }
    const { findings } = await doctor(variables, '--mcp', '--only', CHECKS)

    expect(textsOf(findings, 'mcp-metadata')).toEqual([expect.stringMatching(/^skipped: .*--url/)])
    expect(textsOf(findings, 'registration')[0]).toMatch(/^ok/)
  })

  test.for([
    ['fetch', 'ok'],
    ['express', 'skipped'],
  ] as const)(
    'its McpAuth of identity-web/%s',
    async ([entry, result], { check, doctor, server, variables, write }) => {
      const { resource } = await check()
      const file = new URL(`../../../identity-web/src/adapters/${entry}/index.ts`, import.meta.url)
      const options = {
        authority: variables['IDENTITY_AUTHORITY'],
        clientId: server.IDENTITY_CLIENT_ID,
        clientCredential: SECRET,
        resource,
        scopes: ['Todos.Read'],
        logger: false,
      }
      write(
        'mcp.ts',
        `import { McpAuth } from '${file.pathname}'
export const mcp = new McpAuth(${JSON.stringify(options)})
`,
      )
      const { findings } = await doctor(
        { ...server, IDENTITY_RESOURCE: resource },
        `--config mcp.ts --only ${CHECKS}`,
      )

      expect(textsOf(findings, 'mcp-metadata')).toEqual([
        expect.stringMatching(new RegExp(`^${result}`)),
      ])
      expect(textsOf(findings, 'registration')[0]).toMatch(/^ok/)
    },
  )
})

describe('--client', () => {
  test('names what each client needs', async ({ check }) => {
    const { code, of, resource } = await check({
      args: ['vscode', 'Codex', OTHER].flatMap((client) => ['--client', client]),
    })

    const [, , vscode, codex, other] = of('registration')
    expect(vscode).toMatch(/^skipped: Visual Studio Code \(aebc6443-.*"Authorized client app/)
    expect(codex).toMatch(/^skipped: Codex: .*http:\/\/127\.0\.0\.1\/callback\/[\w-]{12} to its/)
    expect(codex).toContain('Source: https://github.com/openai/codex/pull/20237, 2026-05-13.')
    expect(other).toContain(OTHER)
    expect(resource).not.toBe('')
    expect(code).toBe(0)
  })

  test.for([
    [false, 'error'],
    [true, 'skipped'],
  ] as const)(
    'finds out if Claude needs the mirror (%s)',
    async ([mirrorMetadata, result]: readonly [boolean, Result], { check }) => {
      const { of } = await check({ options: { mirrorMetadata }, args: ['--client', 'claude'] })

      expect(of('registration')[2]).toMatch(new RegExp(`^${result}: Claude.*mirrorMetadata`))
      expect(of('registration').at(-1)).toMatch(/^skipped: Claude: .*"web"/)
    },
  )

  test('that is not known is a mistake of the command line', async ({ run }) => {
    const { code, error } = await run(['doctor', '--mcp', '--client', 'cloude'])

    expect(error).toContain('--client cloude is not known')
    expect(code).toBe(2)
  })
})

test('the findings of the registration contain no text of the provider', async ({ check }) => {
  const description = `Echo of ${SECRET}`
  for (const codes of [[], [7_000_215], [1_234_567]]) {
    const fault: Fault = { kind: 'error', error: 'invalid_client', codes, description }
    // oxlint-disable-next-line no-await-in-loop -- The provider has one fault at a time.
    const { of } = await check({ fault })

    expect(of('registration').join('\n')).not.toContain('Echo of')
    expect(of('token-version').join('\n')).not.toContain('Echo of')
  }
})

test('the outputs of all these runs contain no secret and no token', () => {
  const output = allOutputs.join('\n')

  expect(allOutputs.length).toBeGreaterThan(30)
  expect(output).not.toContain(SECRET)
  expect(output).not.toContain('stale-secret-value')
  expect(output).not.toMatch(/eyJ[\w-]{8,}\./)
})
