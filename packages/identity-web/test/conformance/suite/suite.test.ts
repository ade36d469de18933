import { describe, expect, test as base } from 'vitest'
import { startApplication } from '../application.ts'
import { plans } from '../plans.ts'
import { createVisitor } from '../visitor.ts'
import { createSuiteClient } from './client.ts'
import { formatResults, isAccepted } from './report.ts'
import { runPlan, type SuiteResult } from './run-plan.ts'
import { startStandInSuite, type StandInFaults, type StandInSuite } from './stand-in.ts'

const test = base
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('application', async ({}, { onCleanup }) => {
    const application = await startApplication()
    onCleanup(() => application.close())
    return application
  })
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('openSuite', ({}, { onCleanup }) => {
    const suites: StandInSuite[] = []
    onCleanup(async () => void (await Promise.all(suites.map((suite) => suite.close()))))
    return async (faults?: StandInFaults) => {
      const suite = await startStandInSuite(plans, faults)
      suites.push(suite)
      return suite
    }
  })
  /** Runs the plans whose names contain a string. */
  .extend(
    'runPlans',
    ({ application }) =>
      async (suite: StandInSuite, part: string, token?: string): Promise<SuiteResult[]> => {
        const results: SuiteResult[] = []
        for (const plan of plans.filter(({ name }) => name.includes(part))) {
          const run = {
            suite: createSuiteClient(suite.url, token),
            application,
            openVisitor: () => Promise.resolve(createVisitor()),
            waitSeconds: 0.2,
            onResult: (result: SuiteResult) => void results.push(result),
          }
          await runPlan(run, plan)
        }
        return results
      },
  )

describe('the runner for the conformance suite', () => {
  test('creates a plan, starts each module, acts as its user, and reads the results', async ({
    openSuite,
    runPlans,
  }) => {
    const suite = await openSuite()

    const results = await runPlans(suite, 'config-certification')

    expect(results.map(({ module, result }) => `${module} ${result}`)).toEqual([
      'oidcc-client-test-discovery-openid-config PASSED',
      'oidcc-client-test-discovery-jwks-uri-keys PASSED',
      'oidcc-client-test-discovery-issuer-mismatch PASSED',
      'oidcc-client-test-idtoken-sig-none SKIPPED',
      'oidcc-client-test-signing-key-rotation-just-before-signing PASSED',
      'oidcc-client-test-signing-key-rotation PASSED',
    ])
    expect(suite.calls.filter((call) => call === 'POST plan')).toHaveLength(1)
    expect(suite.calls.filter((call) => call === 'POST runner')).toHaveLength(6)
    expect(results.every(isAccepted)).toBe(true)
  })

  test('signs out through the back channel and the front channel', async ({
    openSuite,
    runPlans,
  }) => {
    const suite = await openSuite()

    const results = await runPlans(suite, 'channel-logout-rp')

    expect(results.map(({ result }) => result)).toEqual(Array<string>(9).fill('PASSED'))
  })

  test('opens the URL that the suite asks for', async ({ openSuite, runPlans }) => {
    const suite = await openSuite()

    await runPlans(suite, '3rd-party')

    expect(suite.runs.map(({ visited }) => visited)).toEqual([
      ['https://application.example/login'],
    ])
  })

  test('names the modules that identity-web does not support', async ({ openSuite, runPlans }) => {
    const suite = await openSuite()

    const results = await runPlans(suite, 'client-logout-test-plan')

    expect(results[1]).toMatchObject({
      module: 'oidcc-client-test-session-management',
      result: 'NOT RUN',
      note: expect.stringContaining('third-party cookies'),
    })
    expect(formatResults(results)).toContain('| `oidcc-client-test-session-management` | NOT RUN |')
  })

  test('cancels a module that does not end, and reports a failure', async ({
    openSuite,
    runPlans,
  }) => {
    const suite = await openSuite({ endless: ['oidcc-client-test-rp-frontchannel-rpinitlogout'] })

    const [result] = await runPlans(suite, 'front-channel')

    expect(result).toMatchObject({ result: 'FAILED', note: 'The module did not end: WAITING.' })
    expect(result && isAccepted(result)).toBe(false)
    expect(suite.runs[0]?.isCancelled).toBe(true)
  })

  test('reports a module that the suite interrupts', async ({ openSuite, runPlans }) => {
    const suite = await openSuite({ interrupted: ['oidcc-client-test-rp-init-logout'] })

    const results = await runPlans(suite, 'rp-initiated')

    expect(results.map(({ result }) => result)).toEqual(['FAILED', 'PASSED', 'PASSED'])
  })

  test('sends the token of the API, and stops with the response of the suite', async ({
    openSuite,
    runPlans,
  }) => {
    const suite = await openSuite({ token: 'token-1' })

    expect(await runPlans(suite, 'front-channel', 'token-1')).toHaveLength(1)
    await expect(runPlans(suite, 'front-channel')).rejects.toThrow(
      /The suite responded to POST \/api\/plan\?.* with 401/,
    )
  })
})
