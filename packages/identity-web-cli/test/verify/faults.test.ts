import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { STEPS } from '../../src/commands/verify/checks/index.js'
import type { Result } from '../../src/commands/verify/outcome.js'
import type { State } from '../../src/commands/verify/state-file.js'
import { onTestFinished } from 'vitest'
import { describe, expect, test as base, type Variables } from '../support/fixtures.js'
import { fingerprintOf } from '../../src/commands/verify/settings.js'
import { API_ARGS, FAULTS, type Fault } from './faults.js'
import { collectSecrets, TODO_API } from './setups.js'
import { verifyWithPerson, type Verified } from './person.js'

const CHECKS = STEPS.flatMap(({ checks }) => checks.map(({ id }) => id))
/** The checks that make the session. Each run needs them. */
const SESSION = ['settings', 'discovery', 'sign-in', 'id-token-claims', 'refresh-token']

/** Stores that all other checks passed in an earlier run, so that only this check runs. */
function storeEarlierRun(folder: string, check: string, app: Variables): void {
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
  const state: State = { run: 'earlier', settings, isOwn: false, startedAt, results }
  writeFileSync(join(folder, '.identity-verify', 'state.json'), JSON.stringify(state))
}

interface FaultyRun extends Verified {
  readonly secrets: readonly string[]
  readonly ids: readonly string[]
}

const test = base.extend(
  'verify',
  ({ provider, folder, write, variables }) =>
    async (fault: Fault): Promise<FaultyRun> => {
      const { check, at, args = at === 'oidc' ? [] : API_ARGS, behaviour = {}, from } = fault
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
      storeEarlierRun(folder, check, app)
      if (from === undefined) provider.behave(behaviour)
      const run = await verifyWithPerson({
        folder,
        env: app,
        args: ['--timeout', hangs(fault) ? '1' : '10', '--wait', '4', ...args],
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
const hangs = ({ behaviour }: Fault): boolean =>
  Object.values(behaviour?.faults ?? {}).some(({ kind }) => kind === 'hang')

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
