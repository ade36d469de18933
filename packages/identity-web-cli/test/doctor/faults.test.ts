import { describe, expect, test } from '../support/fixtures.js'
import { FAULTS } from './faults.js'
import { CHECKS } from '../../src/commands/doctor/checks/index.js'

describe.each(FAULTS)('$check: $name', ({ check, result, found, change, setUp }) => {
  test('is found', async ({ provider, folder, variables, write, doctor }) => {
    const { changes, args = [] } = await setUp({ provider, folder, variables, write })
    const only = args.includes('--only') ? [] : ['--only', check]

    const run = await doctor(changes, ...args, ...only)

    const messages = run.findings.map((one) => `${one.result}: ${one.found} / ${one.change}`)
    const matches = run.findings.filter(
      (one) => one.result === result && found.test(one.found) && change.test(one.change ?? ''),
    )
    if (process.env['SHOW']) console.log(messages.join('\n'))
    expect(matches, messages.join('\n')).toHaveLength(1)
    expect(run.code).toBe(run.findings.some((one) => one.result === 'error') ? 1 : 0)
  })
})

test('each check finds at least one fault', () => {
  const names = new Set(FAULTS.map(({ check }) => check))
  expect(CHECKS.map(({ name }) => name).filter((name) => !names.has(name))).toEqual([])
})
