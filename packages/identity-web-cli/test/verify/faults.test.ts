import { onTestFinished } from 'vitest'
import type { Verdict } from '../../src/commands/verify/check.js'
import { CHECKS } from '../../src/commands/verify/checks/index.js'
import { HOLE } from '../../src/commands/verify/checks/own-api.js'
import { CLEANUP } from '../../src/commands/verify/registration.js'
import type { Trial } from '../../src/commands/verify/trial.js'
import { describe, expect, test as base, type Variables } from '../support/fixtures.js'
import { API_ARGS, FAULTS, type Fault } from './faults.js'
import { verifyWithPerson, type Verified } from './person.js'
import { collectSecrets, TODO_API } from './setups.js'

const IDS = [...CHECKS.map(({ id }) => id), CLEANUP.id]
const ARGS = {
  entra: API_ARGS,
  oidc: [],
  created: ['--create', '--token-file', 'token'],
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
          ? { IDENTITY_OIDC_AUTHORITY: provider.oidcAuthority, IDENTITY_AUDIENCE: TODO_API }
          : { IDENTITY_AUTHORITY: provider.authority() }
      const { clientId, clientSecret = '' } = provider.api
      const api = { ...issuer, IDENTITY_CLIENT_ID: clientId, IDENTITY_CLIENT_SECRET: clientSecret }
      const lines = Object.entries(api).map((entry) => entry.join('='))
      write('api.env', lines.join('\n'))
      const app = { IDENTITY_CLIENT_ID, IDENTITY_CLIENT_SECRET, ...issuer, ...fault.env }
      if (at === 'created') {
        const scopes = ['Application.ReadWrite.All']
        const graph = 'https://graph.microsoft.com'
        write('token', await provider.accessToken({ api: graph, as: 'sam', scopes }))
      }
      if (from === undefined) provider.behave(behaviour)
      const only = 'check' in fault && at !== 'created' ? ['--only', fault.check] : []
      const run = await verifyWithPerson({
        folder,
        ask: () => Promise.resolve('yes'),
        env: at === 'created' ? {} : app,
        args: [
          ...(hangs(fault) ? ['--timeout', '1', '--wait', '2'] : ['--wait', '4']),
          ...only,
          ...args,
          ...(at === 'created' ? ['--only', 'sign-in', '--graph', provider.graph] : []),
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

describe.each(FAULTS)('$check: $name', (fault) => {
  const { check, verdict = 'failed', found, change } = fault

  test('is noticed, explained, and shows no secret', { timeout: 20_000 }, async ({ verify }) => {
    const run = await verify(fault)
    const result = run.checks[check]
    expect(result?.verdict, run.out + run.error).toBe(verdict)
    expect(result?.found).toMatch(found)
    expect(result?.change ?? '').toMatch(change)
    expect(run.code).toBe(1)
    // The next run needs the ID of the registration to delete it.
    if (check === CLEANUP.id) expect(run.left).toContain('"appId"')
    expect(run.secrets.length).toBeGreaterThan(1)
    expect(run.secrets.filter((secret) => run.written.includes(secret))).toEqual([])
    expect(run.ids.filter((id) => run.written.includes(id))).toEqual([])
    expect(run.written).not.toMatch(/eyJ[\w-]{8,}\./)
  })
})

// The library accepts no wrong token, so only another API can show that these checks notice it.
const HOLES = ['api-scope', 'api-rejects-changed', 'api-rejects-other', 'api-rejects-app']

test.for(HOLES)('%s fails at an API that accepts every token', async (id) => {
  const token = 'e30.e30.x'
  const trial = {
    kind: 'entra',
    graphScope: 'User.Read',
    settings: { scope: 'api://todos/Todos.Read' },
    recorder: { last: () => ({ response: { id_token: token } }) },
    auth: { getTokenForClient: () => Promise.resolve({ accessToken: token }) },
    token: () => Promise.resolve(token),
    callApi: () => Promise.resolve(new Response()),
  } as unknown as Trial
  const run = async (): Promise<unknown> => CHECKS.find((check) => check.id === id)?.run(trial)
  await expect(run()).rejects.toMatchObject({
    message: expect.stringContaining('returned status 200') as unknown,
    change: HOLE,
  })
})

test('each check has a fault that turns it red', () => {
  const faults = FAULTS.filter(({ verdict }) => verdict === undefined)
  const red = new Set([...HOLES, ...faults.map(({ check }) => check)])
  expect(IDS.filter((id) => !red.has(id))).toEqual([])
})

test('a failed sign-in skips the checks that need it, and nothing else', async ({ verify }) => {
  const run = await verify({ behaviour: { deviations: ['id-token-other-nonce'] } })
  const namesOf = (wanted: Verdict): readonly string[] =>
    Object.values(run.checks).flatMap(({ check, verdict }) => (verdict === wanted ? check : []))

  expect(run.code).toBe(1)
  expect(namesOf('failed')).toEqual(['sign-in'])
  expect(namesOf('passed')).toEqual(['settings', 'discovery', 'app-token'])
  expect([...Object.keys(run.checks), CLEANUP.id]).toEqual(IDS)
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

  expect(run.report?.summary.failed, run.out).toBe(0)
})
