import { onTestFinished } from 'vitest'
import { CHECKS } from '../../src/commands/verify/checks/index.js'
import { HOLE } from '../../src/commands/verify/checks/own-api.js'
import { CLEANUP } from '../../src/commands/verify/registration.js'
import type { Trial } from '../../src/commands/verify/trial.js'
import { describe, expect, test as base } from '../support/fixtures.js'
import { API_ARGS, FAULTS, type Fault } from './faults.js'
import { idsWith, verifyWithPerson, type Verified } from './person.js'
import { collectSecrets, TODO_API, writeVariables, type Collected } from './setups.js'

const IDS = [...CHECKS.map(({ id }) => id), CLEANUP.id]
const ARGS = { entra: API_ARGS, oidc: [], created: ['--create', '--token-file', 'token'] }

/** A run of all checks. */
type WholeRun = Pick<Fault, 'behaviour'>

const test = base.extend(
  'verify',
  ({ provider, folder, write, variables }) =>
    async (fault: Fault | WholeRun): Promise<Verified & { readonly secrets: Collected }> => {
      const { check, at = 'entra', args = ARGS[at], from, ...given } = fault as Fault
      if (given.setUp !== undefined) {
        const config = structuredClone(provider.config)
        onTestFinished(() => provider.configure(config))
        given.setUp(provider)
      }
      const secrets = collectSecrets(provider)
      provider.tamper = { ...provider.tamper, ...given.tamper?.(provider) }
      const { IDENTITY_CLIENT_ID, IDENTITY_CLIENT_SECRET } = variables
      const issuer =
        at === 'oidc'
          ? { IDENTITY_OIDC_AUTHORITY: provider.oidcAuthority, IDENTITY_AUDIENCE: TODO_API }
          : { IDENTITY_AUTHORITY: provider.authority() }
      writeVariables(write, provider, issuer)
      const app = { IDENTITY_CLIENT_ID, IDENTITY_CLIENT_SECRET, ...issuer, ...given.env }
      const scopes = ['Application.ReadWrite.All']
      const api = 'https://graph.microsoft.com'
      write('token', await provider.accessToken({ api, as: 'sam', scopes }))
      if (from === undefined) provider.behave(given.behaviour ?? {})
      // The last check does not belong to the list.
      const only = check === CLEANUP.id ? 'sign-in' : check
      const run = await verifyWithPerson({
        folder,
        provider,
        env: at === 'created' ? {} : app,
        ask: () => Promise.resolve('yes'),
        args: [
          ...(hangs(fault) ? ['--timeout', '1', '--wait', '2'] : ['--wait', '4']),
          ...(check === undefined ? [] : ['--only', only]),
          ...args,
          ...(at === 'created' ? ['--graph', provider.graph] : []),
        ],
        person: {
          before: (id) => id === from && provider.behave(given.behaviour ?? {}),
        },
      })
      return { ...run, secrets }
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
    const secrets = run.secrets.list()
    expect(secrets.length).toBeGreaterThan(1)
    expect(secrets.filter((secret) => run.written.includes(secret))).toEqual([])
    expect(run.secrets.ids.filter((id) => run.written.includes(id))).toEqual([])
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

  expect(run.code).toBe(1)
  expect(idsWith('failed', run)).toEqual(['sign-in'])
  expect(idsWith('passed', run)).toEqual(['settings', 'discovery', 'responses', 'app-token'])
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

  expect(idsWith('failed', run), run.out).toEqual([])
})
