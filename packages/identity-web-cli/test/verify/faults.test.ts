import { randomUUID } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CLEANUP } from '../../src/commands/verify/created/prepare-app.js'
import { STEPS } from '../../src/commands/verify/checks/index.js'
import type { Result, Verdict } from '../../src/commands/verify/outcome.js'
import type { State } from '../../src/commands/verify/state-file.js'
import { onTestFinished } from 'vitest'
import { describe, expect, test as base, type Variables } from '../support/fixtures.js'
import { fingerprintOf } from '../../src/commands/verify/settings.js'
import { API_ARGS, FAULTS, type Fault } from './faults.js'
import { collectSecrets, TODO_API } from './setups.js'
import { verifyWithPerson, type Verified } from './person.js'

const CHECKS = [...STEPS.flatMap(({ checks }) => checks.map(({ id }) => id)), CLEANUP.id]
/** The checks that make the session. Each run needs them. */
const SESSION = ['settings', 'discovery', 'sign-in', 'id-token-claims', 'refresh-token']

const GRAPH = 'https://graph.microsoft.com'
const ARGS = {
  entra: API_ARGS,
  oidc: [],
  created: ['--create', '--yes', '--token-file', 'token'],
}

/** Stores that all other checks passed in an earlier run, so that only this check runs. */
function storeEarlierRun(folder: string, { check, at }: Fault, app: Variables): void {
  mkdirSync(join(folder, '.identity-verify'))
  const passed = CHECKS.filter((id) => id !== check && !SESSION.includes(id))
  const results = passed.map((id): Result => ({
    check: id,
    verdict: 'passed',
    found: 'earlier',
    seconds: 0,
  }))
  const startedAt = new Date().toISOString()
  const variables = { all: app, inFile: {}, file: undefined }
  const settings = fingerprintOf({ kind: 'web', options: {}, variables, object: undefined })
  const state: State = {
    run: randomUUID(),
    // The registration of the earlier run does not exist, so the settings are new.
    ...(at !== 'created' && { settings }),
    isOwn: at === 'created',
    startedAt,
    results,
  }
  writeFileSync(join(folder, '.identity-verify', 'state.json'), JSON.stringify(state))
}

/** A run of all checks. */
type WholeRun = Omit<Fault, 'check' | 'name' | 'found' | 'change'>

interface FaultyRun extends Verified {
  readonly secrets: readonly string[]
  readonly ids: readonly string[]
}

const test = base.extend(
  'verify',
  ({ provider, folder, write, variables }) =>
    async (fault: Fault | WholeRun): Promise<FaultyRun> => {
      const { at = 'entra', args = ARGS[at], behaviour = {}, from } = fault
      if (fault.setUp !== undefined) {
        const config = structuredClone(provider.config)
        onTestFinished(() => provider.configure(config))
        fault.setUp(provider)
      }
      const secrets = collectSecrets(provider)
      provider.tamper = { ...provider.tamper, ...fault.tamper?.(provider) }
      const { IDENTITY_CLIENT_ID = '', IDENTITY_CLIENT_SECRET = '' } = variables
      const issuer: Variables =
        at === 'oidc'
          ? { IDENTITY_OIDC_AUTHORITY: provider.oidcAuthority }
          : { IDENTITY_AUTHORITY: provider.authority() }
      const { clientId, clientSecret } = provider.api
      const api: Variables = {
        ...issuer,
        IDENTITY_CLIENT_ID: clientId,
        IDENTITY_CLIENT_SECRET: clientSecret,
        ...(at === 'oidc' && { IDENTITY_AUDIENCE: TODO_API }),
      }
      write(
        'api.env',
        Object.entries(api)
          .map((entry) => entry.join('='))
          .join('\n'),
      )
      const app = { IDENTITY_CLIENT_ID, IDENTITY_CLIENT_SECRET, ...issuer, ...fault.env }
      if ('check' in fault) storeEarlierRun(folder, fault, app)
      if (at === 'created') {
        const scopes = ['Application.ReadWrite.All']
        write('token', await provider.accessToken({ api: GRAPH, as: 'sam', scopes }))
      }
      if (from === undefined) provider.behave(behaviour)
      const run = await verifyWithPerson({
        folder,
        env: at === 'created' ? {} : app,
        args: [
          ...(hangs(fault) ? ['--timeout', '1', '--wait', '2'] : ['--wait', '4']),
          ...args,
          ...(at === 'created' ? ['--graph', provider.graph] : []),
        ],
        person: {
          before: (id, origin) => {
            provider.register(fault.addresses?.(origin) ?? {})
            if (id === from) provider.behave(behaviour)
          },
        },
      })
      return { ...run, secrets: secrets.list(), ids: secrets.ids }
    },
)

/** Returns whether the provider does not respond, so that the run waits for the whole time limit. */
const hangs = ({ behaviour }: WholeRun): boolean =>
  Object.values(behaviour?.faults ?? {}).some(({ kind }) => kind === 'hang')

/** Returns whether the provider issues tokens before the fault. */
const hasTokens = ({ check }: Fault): boolean => !SESSION.includes(check)

describe.each(FAULTS)('$check: $name', (fault) => {
  const { check, verdict = 'failed', found, change } = fault

  test('is noticed, explained, and shows no secret', { timeout: 20_000 }, async ({ verify }) => {
    const run = await verify(fault)
    const result = run.checks[check]
    expect(result?.verdict, run.out + run.error).toBe(verdict)
    expect(result?.found).toMatch(found)
    expect(result?.change ?? '').toMatch(change)
    expect(run.code).toBe(verdict === 'failed' ? 1 : 0)
    // The next run needs the ID of the registration to delete it.
    if (check === CLEANUP.id) expect(run.state).toContain('"created"')
    expect(run.secrets.length).toBeGreaterThan(hasTokens(fault) ? 5 : 1)
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

test('a failed sign-in skips the checks that need it, and nothing else', async ({ verify }) => {
  const run = await verify({ behaviour: { deviations: ['id-token-other-nonce'] } })
  const results = Object.values(run.checks)
  const namesOf = (wanted: Verdict): readonly string[] =>
    results.filter(({ verdict }) => verdict === wanted).map(({ check }) => check)

  expect(run.code).toBe(1)
  expect(namesOf('failed')).toEqual(['sign-in'])
  expect(namesOf('passed')).toEqual(['settings', 'discovery', 'app-token'])
  for (const { found } of results.filter(({ verdict }) => verdict === 'skipped'))
    expect(found).toMatch(/^This check needs "|^Register http|^The issuers of Microsoft/)
  expect([...results.map(({ check }) => check), CLEANUP.id]).toEqual(CHECKS)
})

test('differences that the specifications allow are not failures', async ({ verify }) => {
  const run = await verify({
    behaviour: {
      reuseDetection: true,
      prefixGraphScopes: true,
      pkceInMetadata: true,
      clockOffsetSeconds: -30,
      refreshInSeconds: 600,
      // RFC 6749, section 5.1: `scope` is optional if it is identical to the request.
      deviations: ['scope-missing'],
      faults: { token: { kind: 'slow', ms: 100 } },
    },
  })

  expect(Object.values(run.checks).filter(({ verdict }) => verdict === 'failed')).toEqual([])
  expect(run.code).toBe(0)
})
