import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DevProvider } from 'identity-web-dev'
import { CHECKS } from '../../src/commands/verify/checks/index.js'
import type { Report } from '../../src/commands/verify/report.js'
import { describe, expect, type Variables } from '../support/fixtures.js'
import { idsWith, test, verifyWithPerson, type Verified } from './person.js'
import { collectSecrets, TODO_API, TODO_SCOPE, writeVariables } from './setups.js'

const LOGOUT = ['--front-channel', '--back-channel']
const OTHERS = ['responses', 'user-token', 'consent', 'on-behalf-of', 'claims-challenge', 'step-up']

/** A kind of provider, and the checks that do not apply to it. */
interface Kind {
  readonly name: string
  readonly kind: string
  readonly env: (provider: DevProvider) => Variables
  /** More variables of the API. */
  readonly api?: Variables
  readonly scope?: string
  readonly args?: readonly string[]
  readonly as?: string
  readonly others: readonly string[]
  readonly skipped?: readonly string[]
}

const KINDS: readonly Kind[] = [
  {
    name: 'Entra ID',
    kind: 'entra',
    env: (provider) => ({ IDENTITY_AUTHORITY: provider.authority() }),
    others: ['back-channel'],
  },
  {
    name: 'External ID',
    // Only the issuer shows this kind, as behind a domain of the company.
    kind: 'external-id',
    env: (provider) => ({ IDENTITY_AUTHORITY: provider.externalIdAuthority }),
    as: 'nora',
    others: ['responses', 'consent', 'back-channel'],
  },
  {
    name: 'Azure AD B2C',
    kind: 'b2c',
    env: (provider) => ({ IDENTITY_AUTHORITY: provider.b2cAuthority() }),
    api: { IDENTITY_CLIENT_ID: '33333333-4444-4555-8666-777777777777' },
    scope: 'https://fabrikamb2c.onmicrosoft.com/todos/Todos.Read',
    args: [],
    as: 'mia',
    others: [...OTHERS, 'back-channel'],
    skipped: ['front-channel'],
  },
  {
    name: 'AD FS',
    kind: 'adfs',
    env: (provider) => ({ IDENTITY_AUTHORITY: provider.adfsAuthority }),
    api: { IDENTITY_AUDIENCE: TODO_API },
    others: [...OTHERS, 'back-channel'],
    // The app of the development provider has no app permission at AD FS.
    skipped: ['app-token', 'api-rejects-app'],
  },
  {
    name: 'another OpenID Connect provider',
    kind: 'oidc',
    env: (provider) => ({ IDENTITY_OIDC_AUTHORITY: provider.oidcAuthority }),
    api: { IDENTITY_AUDIENCE: TODO_API },
    args: [...LOGOUT, '--resource', TODO_API],
    others: [...OTHERS, 'api-rejects-app'],
  },
]

describe.each(KINDS)('$name', ({ kind, env, api, scope = TODO_SCOPE, args = LOGOUT, ...given }) => {
  test('passes every check that applies, and keeps secrets and IDs', async ({
    provider,
    folder,
    write,
    variables,
  }) => {
    const secrets = collectSecrets(provider)
    const { IDENTITY_CLIENT_ID = '', IDENTITY_CLIENT_SECRET = '' } = variables
    writeVariables(write, provider, { ...env(provider), ...api })
    const { as = 'alex', others, skipped = [] } = given

    const run = await verifyWithPerson({
      folder,
      provider,
      env: { IDENTITY_CLIENT_ID, IDENTITY_CLIENT_SECRET, ...env(provider) },
      args: ['--scope', scope, '--api-env', 'api.env', ...args],
      person: { as },
    })

    expect(idsWith('failed', run), run.out).toEqual([])
    expect(new Set(idsWith('not-applicable', run))).toEqual(new Set(others))
    expect(idsWith('skipped', run)).toEqual(skipped)
    expect(run.report).toMatchObject({
      provider: kind,
      result: skipped.length === 0 ? 'passed' : 'incomplete',
    })
    expect(run.code).toBe(skipped.length === 0 ? 0 : 1)
    const found = secrets.list()
    expect(found.length).toBeGreaterThan(10)
    expect(found.filter((secret) => run.written.includes(secret))).toEqual([])
    expect(secrets.ids.filter((id) => run.written.includes(id))).toEqual([])
    expect(run.written).not.toContain(new URL(TODO_API).hostname)
    if (kind === 'entra') expect(releaseProblems(folder, run.report)).toBe('')
  })
})

test('a run with skipped checks is not a pass, and a release does not accept it', async ({
  folder,
  verify,
}) => {
  const { report, code, out, checks } = await verify()

  expect(report).toMatchObject({
    result: 'incomplete',
    isLocalProvider: true,
    versions: { node: process.versions.node },
    summary: { failed: 0, skipped: 11 },
  })
  expect(code).toBe(1)
  expect(out).toContain('The run is not a pass, because checks were skipped.')
  expect(checks['api-token']?.found).toContain('Add --scope')
  // Not even a checksum of the tenant, because tenants are public.
  expect(Object.keys(report ?? {}).join(', ')).toBe(
    'tool, versions, endedAt, provider, isLocalProvider, result, summary, checks',
  )
  expect(report?.checks.map(({ check, statement }) => [check, statement])).toEqual(
    CHECKS.map(({ id, statement }) => [id, statement]),
  )
  expect(releaseProblems(folder, report)).toContain('a.json skipped the checks api-token')
})

/** Asks a release about the report, as if it were of a real tenant. */
function releaseProblems(folder: string, report: Report | undefined): string {
  const reports = join(folder, 'docs/evidence/tenants')
  mkdirSync(reports, { recursive: true })
  writeFileSync(join(reports, 'a.json'), JSON.stringify({ ...report, isLocalProvider: false }))
  const script = new URL('../../../../scripts/release/tenant-report.mjs', import.meta.url).href
  const program = `import { problemsOfReport } from '${script}'
process.stdout.write(problemsOfReport('${folder}', '${report?.versions['identity-web']}').join())`
  const args = ['--input-type=module', '--eval', program]
  return execFileSync(process.execPath, args, { encoding: 'utf8' })
}

test('--only runs a check and those that it needs, and the guide shows the output', async ({
  verify,
}) => {
  const guide = readFileSync(new URL('../../../../docs/cli.md', import.meta.url), 'utf8')
  const [, shown = ''] = /## Verify at your tenant\n.*?```text\n(.*?)\n```/s.exec(guide) ?? []

  const run = await verify(['--only', 'responses,sign-in,refresh'])

  const ran = idsWith('passed', run)
  expect(ran).toEqual(['settings', 'discovery', 'responses', 'sign-in', 'refresh-token', 'refresh'])
  expect(run.report?.result).toBe('incomplete')
  const others = Object.values(run.checks).filter(({ verdict }) => verdict === 'skipped')
  const reasons = new Set(others.map(({ found }) => found))
  expect([...reasons]).toEqual(['--only does not contain this check.'])
  const text = run.out.replaceAll(/localhost:\d+/g, 'localhost:3000')
  expect(text.replaceAll(/key=\S+/g, 'key=…').slice(0, shown.length)).toBe(shown)
})

test('the report names the statements, and those that an earlier run proved', async ({
  folder,
  verify,
  provider,
}) => {
  const today = new Date().toISOString().slice(0, 10)
  const proofs = ({ report }: Verified) => report?.checks.flatMap(({ proves }) => proves)
  const keys = { id: 'entra-v2/keys-common', verdict: 'passed' }
  const signIn = { id: 'verify/sign-in', verdict: 'passed' }

  const first = await verify(['--only', 'responses,sign-in'])
  expect(proofs(first)).toEqual(expect.arrayContaining([keys, signIn]))

  const second = await verify(['--only', 'responses'])
  expect(proofs(second)).toEqual(expect.arrayContaining([keys, { ...signIn, earlier: today }]))
  expect(second.report).toMatchObject({ result: 'incomplete', summary: { skipped: 21 } })
  // Two days later, at the next run
  const file = join(folder, '.identity-verify-last.json')
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll(today, '2026-01-02'))
  const third = await verify(['--only', 'settings'])
  expect(proofs(third)).toEqual(
    expect.arrayContaining([
      { ...keys, earlier: '2026-01-02' },
      { ...signIn, earlier: '2026-01-02' },
    ]),
  )
  const other = await verify(['--only', 'settings'], undefined, {
    IDENTITY_AUTHORITY: provider.authority('fabrikam.onmicrosoft.com'),
  })
  expect(proofs(other)?.filter(({ earlier }) => earlier)).toEqual([])
})

test('--timeout is the limit of each request of responses', async ({ provider, verify }) => {
  provider.behave({ faults: { token: { kind: 'slow', ms: 300 } } })
  const { checks } = await verify(['--only', 'responses', '--timeout', '1'])
  expect(checks['responses']).toMatchObject({ verdict: 'passed' })
})

test('an authority of many tenants has no responses to compare', async ({ verify, provider }) => {
  const { checks } = await verify(['--only', 'responses'], undefined, {
    IDENTITY_AUTHORITY: provider.authority('common'),
  })

  expect(checks['responses']).toMatchObject({ verdict: 'not-applicable' })
})

test('a message of the provider that names the tenant, the app and the user is redacted', async ({
  provider,
  verify,
}) => {
  const { oid, username, tenant } = provider.user('alex')
  const { clientId, clientSecret = '' } = provider.app
  const names = [oid, username, tenant, clientId, clientSecret, await provider.accessToken()]

  const run = await verify(['--only', 'consent'], {
    before(check) {
      if (check !== 'consent') return
      const description = `Look at ${names.join(', ')}.`
      const error = { kind: 'error', error: 'invalid_client', description, status: 401 } as const
      provider.behave({ faults: { token: error } })
    },
  })

  expect(run.checks['consent']?.found).toMatch(
    /Look at \[id \d+\], \[[\w -]+\], \[id \d+\], \[id \d+\], \[\w+\], \[hidden\]/,
  )
  expect(names.filter((name) => run.written.includes(name))).toEqual([])
})

test('the help names the options that --create sets, and explains neighbors alike', async ({
  run,
}) => {
  const { out } = await run(['verify', '--help'])
  expect(out).toContain('--create sets --scope, --consent-scope and --front-channel itself')
  expect(out).toMatch(/--front-channel .*\n {2}--back-channel +The same/)
})

test('a scope of another registration needs --api-env', async ({ verify }) => {
  const { checks } = await verify(['--scope', TODO_SCOPE, '--only', 'api-token,mcp-audience'])

  expect(checks['api-token']?.change).toContain('add --api-env')
  expect(checks['mcp-audience']?.change).toContain('add --api-env')
})

test.for([
  [['--create', '--scope', 'x'], '--scope is not for --create', {}],
  [['--wait', 'long'], "--wait is 'long'. Set it to a number", {}],
  [['--only', 'sign'], "--only contains 'sign', which is not a check", {}],
  [['--api-env', 'missing.env'], '--api-env is missing.env, but this file does not exist', {}],
  [[], 'needs a redirect URI', { IDENTITY_REDIRECT_URI: 'https://app.contoso.com/redirect' }],
  [[], 'needs a redirect URI', { IDENTITY_REDIRECT_URI: 'http://192.0.2.1:3000/redirect' }],
] as const)('%s is a mistake: %s', async ([args, message, env], { run, variables }) => {
  const { code, error } = await run(['verify', ...args], { ...variables, ...env })
  expect(error).toContain(message)
  expect(code).toBe(2)
})
