import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DevProvider } from 'identity-web-dev'
import { STEPS } from '../../src/commands/verify/checks/index.js'
import type { Result } from '../../src/commands/verify/outcome.js'
import type { State } from '../../src/commands/verify/state-file.js'
import { onTestFinished } from 'vitest'
import { describe, expect, test as base, type Variables } from '../support/fixtures.js'
import { FAULTS, type Fault } from './faults.js'
import { verifyWithPerson, type Verified } from './person.js'

const CHECKS = STEPS.flatMap(({ checks }) => checks.map(({ id }) => id))
/** The checks that make the session. Each run needs them. */
const SESSION = ['settings', 'discovery', 'sign-in', 'id-token-claims', 'refresh-token']

/** At a plain OpenID provider, `resource` names the API, and not the scope. */
const SCOPES = { entra: 'api://todos.contoso.example/Todos.Read', oidc: 'Todos.Read' }

/** Stores that all other checks passed in an earlier run, so that only this check runs. */
function storeEarlierRun(folder: string, check: string): void {
  mkdirSync(join(folder, '.identity-verify'))
  const passed = CHECKS.filter((id) => id !== check && !SESSION.includes(id))
  const results = passed.map((id): Result => ({
    check: id,
    verdict: 'passed',
    found: 'earlier',
    seconds: 0,
  }))
  const startedAt = new Date().toISOString()
  const state: State = { run: 'earlier', isOwn: false, startedAt, results }
  writeFileSync(join(folder, '.identity-verify', 'state.json'), JSON.stringify(state))
}

/** Collects the codes and tokens of the provider, which must not occur in the output. */
function collectSecrets(provider: DevProvider, { tamper }: Fault): Set<string> {
  const secrets = new Set<string>()
  const add = (values: Iterable<unknown>): void => {
    for (const value of values)
      if (typeof value === 'string' && value.length > 30) secrets.add(value)
  }
  provider.tamper = {
    tokenResponse(body) {
      add([body['access_token'], body['refresh_token'], body['id_token']])
      return body
    },
    authorizationResponse: (params) => add([params.get('code'), params.get('state')]),
    ...tamper?.(provider),
  }
  return secrets
}

interface FaultyRun extends Verified {
  readonly secrets: readonly string[]
  readonly ids: readonly string[]
}

const test = base.extend(
  'verify',
  ({ provider, folder, write, variables }) =>
    async (fault: Fault): Promise<FaultyRun> => {
      const { check, at, args = [], behaviour = {}, from, act } = fault
      if (fault.setUp !== undefined) {
        const { config } = provider
        onTestFinished(() => provider.configure(config))
        fault.setUp(provider)
      }
      const secrets = collectSecrets(provider, fault)
      const { IDENTITY_REDIRECT_URI: _uri, IDENTITY_AUTHORITY, ...app } = variables
      const authority: Variables =
        at === 'oidc'
          ? { IDENTITY_OIDC_AUTHORITY: provider.oidcAuthority }
          : { IDENTITY_AUTHORITY: IDENTITY_AUTHORITY ?? '' }
      const { clientId, clientSecret } = provider.api
      const [[name = '', issuer = '']] = Object.entries(authority) as [[string, string]]
      write(
        'api.env',
        `${name}=${issuer}\nIDENTITY_CLIENT_ID=${clientId}\nIDENTITY_CLIENT_SECRET=${clientSecret}\n`,
      )
      storeEarlierRun(folder, check)
      if (from === undefined) provider.behave(behaviour)
      const user = provider.user('alex')
      const run = await verifyWithPerson({
        folder,
        env: { ...app, ...authority, ...fault.env },
        args: [
          '--timeout',
          '1',
          '--wait',
          '5',
          '--scope',
          SCOPES[at ?? 'entra'],
          '--api-env',
          'api.env',
          ...args,
        ],
        person: {
          before: (id) => {
            if (id === from) provider.behave(behaviour)
          },
          ...(act !== undefined && { act: (id, page) => act(id, page, provider) }),
        },
      })
      return {
        ...run,
        secrets: [...secrets, provider.app.clientSecret ?? '', clientSecret],
        ids: [user.username, user.oid, user.tenant, provider.app.clientId],
      }
    },
)

/** Returns whether the provider issues tokens before the fault. */
const hasTokens = ({ check }: Fault): boolean => !SESSION.includes(check)

describe.each(FAULTS)('$check: $name', (fault) => {
  const { check, verdict = 'failed', found, change } = fault

  test('is found', { timeout: 15_000 }, async ({ verify }) => {
    const run = await verify(fault)
    const result = run.checks[check]
    if (process.env.EXPLORE)
      console.log(
        check,
        '|',
        fault.name,
        '|',
        result ?? run.out + run.error,
        Object.values(run.checks)
          .filter((r) => r.verdict === 'failed' && r.check !== check)
          .map((r) => r.check + ' ' + r.found),
      )

    expect(result?.verdict).toBe(verdict)
    expect(result?.found).toMatch(found)
    expect(result?.change ?? '').toMatch(change ?? /(?:)/)
    expect(run.code).toBe(verdict === 'failed' ? 1 : 0)
    expect(run.secrets.length).toBeGreaterThan(hasTokens(fault) ? 4 : 1)
    expect(run.secrets.filter((secret) => run.written.includes(secret))).toEqual([])
    expect(run.ids.filter((id) => run.written.includes(id))).toEqual([])
    expect(run.written).not.toMatch(/eyJ[\w-]{8,}\./)
  })
})

test('each check has a fault that turns it red', () => {
  const red = new Set(
    FAULTS.filter(({ verdict }) => verdict === undefined).map(({ check }) => check),
  )
  expect(CHECKS.filter((id) => !red.has(id))).toEqual([])
})
