import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DevProvider } from 'identity-web-dev'
import { STEPS } from '../../src/commands/verify/checks/index.js'
import { describe, expect, test, type Variables } from '../support/fixtures.js'
import { collectSecrets, TODO_API, TODO_SCOPE } from './setups.js'
import { verifyWithPerson, type PersonOptions } from './person.js'

const IDS = STEPS.flatMap(({ checks }) => checks.map(({ id }) => id))
const MICROSOFT_ONLY = ['on-behalf-of', 'claims-challenge', 'step-up']

/** A kind of provider, and the checks that do not apply to it. */
interface Kind {
  readonly name: string
  readonly provider: string
  env(provider: DevProvider): Variables
  api(provider: DevProvider): Variables
  readonly scope: string
  readonly args?: readonly string[]
  readonly person?: (provider: DevProvider) => PersonOptions
  readonly skipped: readonly string[]
}

/** Registers a logout URL as soon as the port of the run is known. */
const registering =
  (name: 'frontChannelLogoutUri' | 'backChannelLogoutUri', path: string) =>
  (provider: DevProvider): PersonOptions => ({
    before: (_check, origin) => provider.register({ [name]: origin + path }),
  })

const KINDS: readonly Kind[] = [
  {
    name: 'Entra ID',
    provider: 'entra',
    env: (provider) => ({ IDENTITY_AUTHORITY: provider.authority() }),
    api: (provider) => ({
      IDENTITY_AUTHORITY: provider.authority(),
      IDENTITY_CLIENT_ID: provider.api.clientId,
      IDENTITY_CLIENT_SECRET: 'dev-api-secret-not-for-production',
    }),
    scope: TODO_SCOPE,
    args: ['--front-channel'],
    person: registering('frontChannelLogoutUri', '/front-channel-logout'),
    skipped: ['back-channel'],
  },
  {
    name: 'Entra ID with an authentication context',
    provider: 'entra',
    env: (provider) => ({ IDENTITY_AUTHORITY: provider.authority() }),
    api: (provider) => ({
      IDENTITY_AUTHORITY: provider.authority(),
      IDENTITY_CLIENT_ID: provider.api.clientId,
      IDENTITY_CLIENT_SECRET: 'dev-api-secret-not-for-production',
    }),
    scope: TODO_SCOPE,
    args: ['--acrs', 'c1'],
    skipped: ['front-channel', 'back-channel'],
  },
  {
    name: 'External ID',
    // The path of the development provider does not show this kind. Entra ID and External ID have the same rules.
    provider: 'entra',
    env: (provider) => ({ IDENTITY_AUTHORITY: provider.externalIdAuthority }),
    api: (provider) => ({
      IDENTITY_AUTHORITY: provider.externalIdAuthority,
      IDENTITY_CLIENT_ID: provider.api.clientId,
      IDENTITY_CLIENT_SECRET: 'dev-api-secret-not-for-production',
    }),
    scope: TODO_SCOPE,
    person: () => ({ as: 'nora' }),
    skipped: ['consent', 'front-channel', 'back-channel'],
  },
  {
    name: 'Azure AD B2C',
    provider: 'b2c',
    env: (provider) => ({ IDENTITY_AUTHORITY: provider.b2cAuthority() }),
    api: (provider) => ({
      IDENTITY_AUTHORITY: provider.b2cAuthority(),
      IDENTITY_CLIENT_ID: '33333333-4444-4555-8666-777777777777',
    }),
    scope: 'https://fabrikamb2c.onmicrosoft.com/todos/Todos.Read',
    person: () => ({ as: 'mia' }),
    skipped: [...MICROSOFT_ONLY, 'user-token', 'consent', 'front-channel', 'back-channel'],
  },
  {
    name: 'AD FS',
    provider: 'adfs',
    env: (provider) => ({ IDENTITY_AUTHORITY: provider.adfsAuthority }),
    api: (provider) => ({
      IDENTITY_AUTHORITY: provider.adfsAuthority,
      IDENTITY_CLIENT_ID: provider.api.clientId,
      IDENTITY_AUDIENCE: TODO_API,
    }),
    scope: TODO_SCOPE,
    args: ['--front-channel'],
    person: registering('frontChannelLogoutUri', '/front-channel-logout'),
    // The app of the development provider has no app permission at AD FS.
    skipped: [
      ...MICROSOFT_ONLY,
      'user-token',
      'consent',
      'app-token',
      'api-rejects-app',
      'back-channel',
    ],
  },
  {
    name: 'another OpenID Connect provider',
    provider: 'oidc',
    env: (provider) => ({ IDENTITY_OIDC_AUTHORITY: provider.oidcAuthority }),
    api: (provider) => ({
      IDENTITY_OIDC_AUTHORITY: provider.oidcAuthority,
      IDENTITY_CLIENT_ID: provider.api.clientId,
      IDENTITY_AUDIENCE: TODO_API,
    }),
    scope: TODO_SCOPE,
    args: ['--back-channel', '--resource', TODO_API],
    person: registering('backChannelLogoutUri', '/back-channel-logout'),
    skipped: [...MICROSOFT_ONLY, 'user-token', 'consent', 'api-rejects-app', 'front-channel'],
  },
]

describe.each(KINDS)('$name', (kind) => {
  test('passes every check that applies, and keeps secrets and IDs', async ({
    provider,
    folder,
    write,
    variables,
  }) => {
    const secrets = collectSecrets(provider)
    const api = Object.entries(kind.api(provider)).map(([name, value]) => `${name}=${value}`)
    write('api.env', api.join('\n'))
    const { IDENTITY_CLIENT_ID, IDENTITY_CLIENT_SECRET } = variables

    const run = await verifyWithPerson({
      folder,
      env: { IDENTITY_CLIENT_ID, IDENTITY_CLIENT_SECRET, ...kind.env(provider) },
      args: ['--scope', kind.scope, '--api-env', 'api.env', ...(kind.args ?? [])],
      person: kind.person?.(provider),
    })

    const verdicts = Object.values(run.checks).map(({ check, verdict }) => [check, verdict])
    const expected = IDS.map((id) => [id, kind.skipped.includes(id) ? 'skipped' : 'passed'])
    expect(verdicts, run.out).toEqual(expected)
    expect(run.report?.provider).toBe(kind.provider)
    expect(run.code).toBe(0)
    expect(run.state).toBeUndefined()
    const found = secrets.list()
    expect(found.length).toBeGreaterThan(10)
    expect(found.filter((secret) => run.written.includes(secret))).toEqual([])
    expect(secrets.ids.filter((id) => run.written.includes(id))).toEqual([])
    expect(run.written).not.toContain(new URL(TODO_API).hostname)
    if (kind.name !== 'Entra ID') return
    mkdirSync(join(folder, TENANTS), { recursive: true })
    // A release accepts such a report of a real tenant.
    write(`${TENANTS}/a.json`, JSON.stringify({ ...run.report, isLocalProvider: false }))
    const version = run.report?.versions['identity-web'] ?? ''
    expect(releaseProblems(folder, version)).toBe('')
    expect(releaseProblems(folder, '0.1.0')).toContain(`a.json is about ${version}`)
  })
})

const TENANTS = 'docs/evidence/tenants'

function releaseProblems(folder: string, version: string): string {
  const script = new URL('../../../../scripts/release/tenant-report.mjs', import.meta.url).href
  const program = `import { problemsOfReport } from '${script}'
process.stdout.write(problemsOfReport('${folder}', '${version}').join())`
  return execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
    encoding: 'utf8',
  })
}

test('without an API, the checks that need one say which option to add', async ({
  provider,
  folder,
  variables,
}) => {
  const { IDENTITY_REDIRECT_URI: _own, IDENTITY_AUTHORITY: _other, ...env } = variables

  const run = await verifyWithPerson({
    folder,
    env: { ...env, IDENTITY_OIDC_AUTHORITY: provider.oidcAuthority },
  })

  expect(run.checks['refresh']?.verdict).toBe('passed')
  expect(run.checks['user-token']?.verdict).toBe('passed')
  expect(run.checks['api-token']).toMatchObject({
    verdict: 'skipped',
    found: expect.stringContaining('Add --scope') as unknown,
  })
  expect(run.code).toBe(0)
})

test('the report contains the IDs with --include-ids, and the output is the one of the guide', async ({
  provider,
  folder,
  variables,
}) => {
  const { IDENTITY_REDIRECT_URI: _own, ...env } = variables

  const run = await verifyWithPerson({ folder, env, args: ['--include-ids'] })

  const { oid, tenant } = provider.user('alex')
  const guide = readFileSync(new URL('../../../../docs/cli.md', import.meta.url), 'utf8')
  const [, shown = ''] = /## Verify at your tenant\n.*?```text\n(.*?)\n```/s.exec(guide) ?? []
  const out = run.out.replaceAll(/localhost:\d+/g, 'localhost:3000').replaceAll(/key=\S+/g, 'key=…')
  expect(out.slice(0, shown.length)).toBe(shown)
  const ids = { tenantId: tenant, clientId: provider.app.clientId, objectId: oid }
  expect(run.report?.ids).toEqual(ids)
  for (const id of Object.values(ids)) {
    expect(run.markdown).toContain(id)
    expect(run.out).not.toContain(id)
  }
})

test('a message of the provider that names the tenant, the app and the user is redacted', async ({
  provider,
  folder,
  variables,
}) => {
  const { oid, username, tenant } = provider.user('alex')
  const { clientId, clientSecret = '' } = provider.app
  const names = [oid, username, tenant, clientId, clientSecret, await provider.accessToken()]
  const { IDENTITY_REDIRECT_URI: _own, ...env } = variables

  const run = await verifyWithPerson({
    folder,
    env,
    person: {
      before(check) {
        if (check !== 'consent') return
        const description = `Look at ${names.join(', ')}.`
        const error = { kind: 'error', error: 'invalid_client', description, status: 401 } as const
        provider.behave({ faults: { token: error } })
      },
    },
  })

  expect(run.checks['consent']?.found).toMatch(
    /Look at \[id \d+\], \[[\w -]+\], \[id \d+\], \[id \d+\], \[\w+\], \[hidden\]/,
  )
  expect(names.filter((name) => run.written.includes(name))).toEqual([])
})

test('the report names the versions, the times and the findings', async ({
  folder,
  provider,
  variables,
}) => {
  provider.behave({ faults: { graph: { kind: 'status', status: 500 } } })
  const { IDENTITY_REDIRECT_URI: _own, ...env } = variables

  const run = await verifyWithPerson({ folder, env })

  expect(run.code).toBe(1)
  expect(run.report).toMatchObject({
    versions: {
      node: process.versions.node,
      'identity-web': expect.stringMatching(/^\d/) as unknown,
    },
    isLocalProvider: true,
    summary: { failed: 1 },
  })
  const [row = ''] = /^\| `user-token` .*$/m.exec(run.markdown) ?? []
  expect(row).toMatch(/failed .*status 500 for \/me.*\*\*Change:\*\* Wait a few minutes/)
  expect(run.markdown).toContain('on the same computer (not a real tenant)')
})

test.for([
  [['--create', '--scope', 'x'], '--scope is not for --create'],
  [['--create'], 'needs a token of Microsoft Graph'],
  [['--wait', 'long'], "--wait is 'long'. Set it to a number"],
  [
    ['--create', '--redirect-uri', 'https://app.example/redirect', '--token-file', 'token'],
    'http://localhost',
  ],
] as const)(
  '%s is a mistake of the command line',
  async ([args, message], { run, write, provider }) => {
    write('token', await provider.accessToken({ api: 'https://graph.microsoft.com', as: 'sam' }))
    const { code, error } = await run(['verify', ...args])
    expect(error).toContain(message)
    expect(code).toBe(2)
  },
)

test('a file that exports an Auth is a mistake of the command line', async ({ run, write }) => {
  write(
    'auth.mjs',
    'export const auth = { problems: [], paths: {}, ready() {}, getTokenForClient() {}, close() {} }\n',
  )
  const { code, error } = await run(['verify', '--config', 'auth.mjs'])
  expect(error).toContain('Export the options of the Auth as "options"')
  expect(code).toBe(2)
})

test.for(['https://app.contoso.com/redirect', 'http://192.0.2.1:3000/redirect'])(
  'the redirect URI %s is a mistake of the settings',
  async (redirectUri, { run, variables }) => {
    const { code, error } = await run(['verify'], {
      ...variables,
      IDENTITY_REDIRECT_URI: redirectUri,
    })
    expect(error).toContain('verify needs a redirect URI with http://localhost')
    expect(code).toBe(2)
  },
)
