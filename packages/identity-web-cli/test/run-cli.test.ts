import { readFileSync } from 'node:fs'
import { COMMANDS } from '../src/commands/index.js'
import { describe, expect, test } from './support/fixtures.js'

const { version } = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
) as { readonly version: string }

test.for([[[]], [['--help']], [['-h']], [['help']]] as const)(
  '%s lists the commands',
  async ([args], { run }) => {
    const { code, out } = await run(args)
    for (const { name, summary } of COMMANDS) expect(out).toMatch(new RegExp(`${name} +${summary}`))
    expect(code).toBe(0)
  },
)

test('--version prints the version', async ({ run }) => {
  expect(await run(['--version'])).toEqual({ code: 0, out: version, error: '' })
})

describe.each(COMMANDS)('$name', ({ name, help, options }) => {
  test('has a help that names each option, in lines of at most 100 characters', async ({ run }) => {
    expect((await run([name, '--help'])).out).toBe(help)
    expect((await run(['help', name])).out).toBe(help)
    for (const option of Object.keys(options)) expect(help).toContain(`--${option}`)
    expect(help.split('\n').filter((line) => line.length > 100)).toEqual([])
  })
})

test('options with the same name are of one kind in every command', () => {
  const kinds = new Map<string, string>()
  for (const { options } of COMMANDS) {
    for (const [name, { type }] of Object.entries(options)) {
      expect([name, kinds.get(name) ?? type]).toEqual([name, type])
      kinds.set(name, type)
    }
  }
  expect(kinds.size).toBeGreaterThan(20)
})

test.for([
  [['doctr'], "'doctr' is not a command. Did you mean doctor?"],
  [['deploy'], /'deploy' is not a command. Use one of these: doctor, register, rotate, secret/],
  [['doctor', '--josn'], '--josn is not an option. Did you mean --json?'],
  [['doctor', '--url'], '--url needs a value. Write --url=<value>.'],
  [['doctor', '--url', '--json'], '--url needs a value. Write --url=<value>.'],
  [['doctor', '--json=yes'], "--json does not have a value. Remove '=' and the text after it."],
  [['doctor', '--only', ','], "--only is ','. The checks are settings, "],
  [['doctor', '--timeout', '3000000'], "--timeout is '3000000'. Set it to a number of seconds"],
  [['doctor', 'production'], "'production' does not belong to an option."],
] as const)('%s is a mistake of the command line', async ([args, message], { run }) => {
  const { code, out, error } = await run(args)
  expect(error).toEqual(
    message instanceof RegExp ? expect.stringMatching(message) : expect.stringContaining(message),
  )
  expect({ code, out }).toEqual({ code: 2, out: '' })
})
