import { createHash } from 'node:crypto'
import type { AppConfig, DevProvider, Fault } from 'identity-web-dev'
import { knownMcpClients } from 'identity-web'
import type { McpAuthOptions, RegistrationReport } from 'identity-web/express'
import { describe, expect, test } from '../support/fixtures.ts'
import { IMPATIENT } from '../support/site.ts'
import { startMcpServer, type McpRoutes } from './mcp-server.ts'

const SECRET = 'tools-secret-not-for-production'
const OTHER = '44444444-5555-4666-8777-888888888889'
const OK = {
  credential: 'ok',
  clientId: 'ok',
  applicationIdUri: 'ok',
  audience: 'ok',
  tokenVersion: 'ok',
}

interface Setup {
  /** Changes the registration of the server. The function receives its URL. */
  readonly registration?: (resource: string) => Partial<AppConfig>
  readonly others?: (resource: string) => readonly AppConfig[]
  readonly options?: McpAuthOptions
  readonly routes?: McpRoutes
  /** Runs after the server has started. */
  readonly prepare?: (provider: DevProvider) => void
}

/** Starts a server, changes its registration, and checks it. */
async function check(
  provider: DevProvider,
  { registration, others, options, prepare, routes }: Setup = {},
): Promise<RegistrationReport & { readonly results: Record<string, string>; resource: string }> {
  const { mcp, resource } = await startMcpServer(provider, options, routes)
  provider.configure({
    extends: 'default',
    apps: [
      {
        clientId: provider.api.clientId,
        clientSecret: provider.api.clientSecret ?? SECRET,
        ...(registration?.(resource) ?? { otherIdUris: [resource] }),
      },
      ...(others?.(resource) ?? []),
    ],
  })
  prepare?.(provider)
  const report = await mcp.checkRegistration()
  const results = Object.fromEntries(report.checks.map(({ name, result }) => [name, result]))
  return { ...report, results, resource }
}

const changeOf = (report: RegistrationReport, name: string): string => {
  const found = report.checks.find((entry) => entry.name === name)
  return `${found?.change} ${found?.code ?? ''}`
}

test('a registration that works', async ({ provider }) => {
  const report = await check(provider)

  expect(report.results).toEqual({
    resource: 'ok',
    ...OK,
    scopes: 'not visible',
    clients: 'not visible',
  })
  expect(report.ok).toBe(true)
  expect(String(report)).not.toBe('')
})

describe('a fault of the registration', () => {
  test('resource is not an Application ID URI', async ({ provider }) => {
    const report = await check(provider, { registration: () => ({}) })

    expect(report.ok).toBe(false)
    expect(report.results).toMatchObject({
      ...OK,
      applicationIdUri: 'failed',
      audience: 'not visible',
    })
    expect(changeOf(report, 'applicationIdUri')).toMatch(
      new RegExp(`^Add ${report.resource} as an Application ID URI .* AADSTS500011$`),
    )
  })

  test.for([
    ['a slash at the end', (resource: string) => `${resource}/`],
    ['another case', (resource: string) => resource.replace('/mcp', '/MCP')],
  ] as const)('the spelling differs: %s', async ([_name, spell], { provider }) => {
    const report = await check(provider, {
      registration: (resource) => ({ otherIdUris: [spell(resource)] }),
    })

    expect(report.results).toMatchObject({ applicationIdUri: 'failed', tokenVersion: 'ok' })
    expect(changeOf(report, 'applicationIdUri')).toContain('AADSTS9010010')
  })

  test('another registration has the Application ID URI', async ({ provider }) => {
    const report = await check(provider, {
      registration: () => ({}),
      others: (resource) => [
        { clientId: OTHER, name: 'Other', redirectUris: [], idUri: resource, scopes: [] },
      ],
    })

    expect(report.results).toMatchObject({ applicationIdUri: 'failed', audience: 'failed' })
    expect(changeOf(report, 'applicationIdUri')).toContain(OTHER)
  })

  test('it issues tokens of version 1', async ({ provider }) => {
    const report = await check(provider, {
      registration: (resource) => ({ otherIdUris: [resource], accessTokenVersion: 1 }),
    })

    expect(report.results).toMatchObject({
      applicationIdUri: 'ok',
      audience: 'failed',
      tokenVersion: 'failed',
    })
    expect(changeOf(report, 'tokenVersion')).toContain('api.requestedAccessTokenVersion to 2')
    expect(changeOf(report, 'audience')).toContain(report.resource)
  })

  test('version 1 with the client ID as audience works', async ({ provider }) => {
    const report = await check(provider, {
      registration: (resource) => ({
        otherIdUris: [resource],
        accessTokenVersion: 1,
        v1Audience: 'clientId',
      }),
    })

    expect(report.results).toMatchObject(OK)
    expect(changeOf(report, 'tokenVersion')).toContain('use_guid')
  })

  test('version 1 is visible although the Application ID URI is missing', async ({ provider }) => {
    const report = await check(provider, { registration: () => ({ accessTokenVersion: 1 }) })

    expect(report.results).toMatchObject({ applicationIdUri: 'failed', tokenVersion: 'failed' })
  })

  test('the secret is wrong', async ({ provider }) => {
    const report = await check(provider, { options: { clientCredential: 'stale-secret-value' } })

    expect(report.results).toMatchObject({
      credential: 'failed',
      applicationIdUri: 'not visible',
      tokenVersion: 'not visible',
    })
    expect(changeOf(report, 'credential')).toMatch(/AADSTS7000215$/)
    expect(JSON.stringify(report)).not.toContain('stale-secret-value')
  })

  test('the tenant does not contain the registration', async ({ provider }) => {
    const report = await check(provider, { options: { clientId: OTHER } })

    expect(report.results).toMatchObject({ clientId: 'failed', applicationIdUri: 'not visible' })
    expect(changeOf(report, 'clientId')).toMatch(/AADSTS700016$/)
  })

  test('the server does not name scopes', async ({ provider }) => {
    const report = await check(provider, {
      options: { scopes: undefined },
      routes: () => undefined,
    })

    expect(report.results).toMatchObject({ scopes: 'failed' })
  })

  test('without the option, the report contains the scopes of the routes', async ({ provider }) => {
    const report = await check(provider, {
      options: { scopes: undefined },
      routes: (app, mcp) => app.all('/mcp', mcp.authorizationRequired({ scopes: ['Mail.Read'] })),
    })

    expect(changeOf(report, 'scopes')).toContain('Mail.Read')
  })
})

describe('what the server cannot see', () => {
  test('without a credential, it says so and sends no request', async ({ provider }) => {
    const report = await check(provider, {
      options: { clientCredential: undefined },
    })

    expect(report.ok).toBe(true)
    expect(report.results).toMatchObject({
      credential: 'not visible',
      applicationIdUri: 'not visible',
      tokenVersion: 'not visible',
    })
    expect(changeOf(report, 'credential')).toContain('IDENTITY_CLIENT_SECRET')
    expect(provider.requests.filter(({ endpoint }) => endpoint === 'token')).toEqual([])
  })

  test('an authority of many tenants', async ({ provider }) => {
    const report = await check(provider, {
      options: { authority: provider.authority('organizations'), tenants: 'work' },
    })

    expect(report.results).toMatchObject({ credential: 'not visible', clientId: 'not visible' })
    expect(changeOf(report, 'credential')).toContain('your tenant ID')
  })

  test('another provider', async ({ provider }) => {
    const report = await check(provider, {
      options: { authority: undefined, oidcAuthority: provider.oidcAuthority },
    })

    expect(report.results).toEqual({ audience: 'not visible' })
  })

  // The development provider issues a token for the server itself. Entra ID may require its client ID instead.
  test('AADSTS90009 proves that the Application ID URI is right', async ({ provider }) => {
    const report = await check(provider, {
      prepare: () =>
        provider.behave({ faults: { token: reject(90009, 'invalid_resource', { times: 1 }) } }),
    })

    expect(report.results).toMatchObject(OK)
  })

  test('a registration that requires assignment', async ({ provider }) => {
    const report = await check(provider, {
      prepare: () => provider.behave({ faults: { token: reject(501051, 'invalid_grant') } }),
    })

    expect(report.results).toMatchObject({ applicationIdUri: 'ok', tokenVersion: 'not visible' })
    expect(changeOf(report, 'tokenVersion')).toContain('AADSTS501051')
  })

  test('a code that it does not know', async ({ provider }) => {
    const report = await check(provider, {
      prepare: () => provider.behave({ faults: { token: reject(1234567, 'invalid_request') } }),
    })

    expect(report.results).toMatchObject({ applicationIdUri: 'not visible' })
    expect(changeOf(report, 'applicationIdUri')).toContain('AADSTS1234567')
  })

  test.for(['hang', 'drop', 'html'] as const)(
    'a provider with the failure %s',
    async (kind, { provider }) => {
      const report = await check(provider, {
        options: IMPATIENT,
        prepare: () => provider.behave({ faults: { token: { kind } } }),
      })

      expect(report.results).toMatchObject({
        credential: 'not visible',
        applicationIdUri: 'not visible',
      })
      expect(report.ok).toBe(true)
    },
  )
})

describe('the text', () => {
  test('contains no token and no secret', async ({ provider }) => {
    const report = await check(provider)
    const tokens = provider.requests.flatMap(({ path }) => (path.includes('token') ? [path] : []))

    expect(tokens).not.toEqual([])
    for (const text of [String(report), JSON.stringify(report), report.text]) {
      expect(text).not.toContain('eyJ')
      expect(text).not.toContain(provider.api.clientSecret)
    }
  })

  test('contains no text of the provider, which could repeat the secret', async ({ provider }) => {
    const description = `Echo of ${provider.api.clientSecret}`
    for (const codes of [[], [7_000_215], [1_234_567]]) {
      const token: Fault = { kind: 'error', error: 'invalid_client', codes, description }
      const report = await check(provider, {
        prepare: () => provider.behave({ faults: { token } }),
      })

      expect(report.results['tokenVersion']).toBe('not visible')
      expect(JSON.stringify(report)).not.toContain('Echo of')
      expect(JSON.stringify(report)).not.toContain(provider.api.clientSecret)
    }
  })

  test('contains commands whose JSON is valid, a Bicep file and the clients', async ({
    provider,
  }) => {
    const { text, resource } = await check(provider)
    const bodies = [...text.matchAll(/--body '(.*)'$/gm)].map(([, body]) =>
      JSON.parse(body!.replaceAll(`'"$SCOPE"'`, 'scope')),
    )

    expect(bodies).toEqual([
      { api: { requestedAccessTokenVersion: 2 } },
      {
        api: {
          preAuthorizedApplications: [
            {
              appId: 'aebc6443-996d-45c2-90f0-388ff96faa56',
              delegatedPermissionIds: ['scope'],
            },
          ],
        },
      },
    ])
    expect(text).toContain(`--identifier-uris 'api://${provider.api.clientId}' '${resource}'`)
    expect(text).toContain(`var resourceUrl = '${resource}'`)
    expect(text).toContain("value: 'Todos.Read'")
    for (const { name } of knownMcpClients) expect(text).toContain(`\n${name}`)
    // Of the client Codex.
    const hash = createHash('sha256').update(resource).digest('base64url').slice(0, 12)
    expect(text).toContain(`Redirect URIs (mobile and desktop): http://127.0.0.1/callback/${hash}`)
    expect(text).not.toContain('{server}')
    expect(text).toContain('mirrorMetadata')
  })
})

test('wrong options are an error', async ({ provider }) => {
  const { mcp } = await startMcpServer(provider, { clientId: '' })

  await expect(mcp.checkRegistration()).rejects.toMatchObject({ code: 'configuration' })
})

function reject(code: number, error: string, limit: { readonly times?: number } = {}): Fault {
  return { kind: 'error', error, codes: [code], description: 'Rejected.', ...limit }
}
