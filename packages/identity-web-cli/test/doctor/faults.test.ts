import { allOutputs, describe, expect, SECRET, test } from '../support/fixtures.js'
import { FAULTS, PASSWORDS } from './faults.js'
import { CHECKS } from '../../src/commands/doctor/checks/index.js'

describe.each(FAULTS)('$check: $name', ({ check, result, found, change, setUp }) => {
  test('is found', async ({ provider, folder, variables, write, doctor }) => {
    const setup = await setUp({ provider, folder, variables, write })
    const { changes, args = [] } = setup ?? {}
    const only = args.includes('--only') ? [] : ['--only', check]

    const run = await doctor(changes, ...args, ...only)

    const messages = run.findings.map((one) => `${one.result}: ${one.found} / ${one.change}`)
    const matches = run.findings.filter(
      (one) => one.result === result && found.test(one.found) && change.test(one.change ?? ''),
    )
    expect(matches, messages.join('\n')).toHaveLength(1)
    expect(run.code).toBe(run.findings.some((one) => one.result === 'error') ? 1 : 0)
  })
})

test('each check finds at least one fault', () => {
  const names = new Set(FAULTS.map(({ check }) => check))
  expect(CHECKS.map(({ name }) => name).filter((name) => !names.has(name))).toEqual([])
})

test('an error of the provider that contains a secret of the app is redacted', async ({
  provider,
  doctor,
}) => {
  const description = `Look at ${SECRET} and ${encodeURIComponent(SECRET)}.`
  const error = { kind: 'error', error: 'invalid_client', description, status: 401 } as const
  provider.behave({ faults: { token: error } })

  const { findings } = await doctor({}, '--only', 'credential')

  expect(findings).toEqual([
    expect.objectContaining({ found: expect.stringContaining('Look at [hidden] and [hidden].') }),
  ])
})

test.for<[place: string, options: string, changes: Readonly<Record<string, string>>]>([
  ['of an option with its date', "{ secret: 'marked-4711', expires: '2099-01-31' }", {}],
  ['in the variable of the date', "'other'", { IDENTITY_CLIENT_SECRET_EXPIRES: 'marked-4711' }],
])('a secret %s is redacted', async ([, credential, changes], { doctor, write }) => {
  write(
    'config.mjs',
    `export const options = { clientCredential: ${credential}, 'marked-4711': true }\n`,
  )

  const { findings } = await doctor(changes, '--config', 'config.mjs', '--only', 'settings')

  expect(findings).toContainEqual(
    expect.objectContaining({ found: expect.stringContaining('no option [hidden]') as unknown }),
  )
  expect(JSON.stringify(findings)).not.toContain('marked-4711')
})

test('the outputs of all these runs contain no secret and no token', ({ provider, variables }) => {
  const output = allOutputs.join('\n')
  expect(allOutputs.length).toBeGreaterThan(FAULTS.length)
  const secrets = [
    SECRET,
    variables['IDENTITY_CLIENT_SECRET'],
    ...provider.config.apps.map(({ clientSecret }) => clientSecret),
    ...Object.values(PASSWORDS),
    'wrong-client-secret',
    'api-client-secret',
    '7d4b1c1e-1111-4222-8333-444455556666',
    'PRIVATE KEY',
  ].filter((secret) => secret !== undefined)
  expect(secrets.filter((secret) => output.includes(secret))).toEqual([])
  expect(output).not.toMatch(/eyJ[\w-]{8,}\./)
})
