import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { DEVICE_CODE } from '../../src/device-code/options.ts'
import { easyAuth } from '../../src/easy-auth/easy-auth.ts'
import { EASY_AUTH } from '../../src/easy-auth/options.ts'
import { API_AUTH } from '../../src/options/api-options.ts'
import { AUTH } from '../../src/options/auth-options.ts'
import { FORWARD } from '../../src/options/forward-options.ts'
import { MCP_AUTH } from '../../src/options/mcp-options.ts'
import { OptionReport } from '../../src/options/option-report.ts'
import { resolveOptions } from '../../src/options/resolve-auth.ts'
import { group, type OptionRow, type OptionTable, type RowsOf } from '../../src/options/rows.ts'
import { PREVIEW_RELAY } from '../../src/previews/options.ts'

interface Options {
  readonly first?: string
  readonly second?: string
}

const ROW: OptionRow = { example: "'a'", check: () => undefined }

// @ts-expect-error -- A row needs a check.
export const WITHOUT_CHECK: OptionRow = { example: "'a'" }
// @ts-expect-error -- Each option needs a row.
export const WITHOUT_ROW: RowsOf<Options> = { first: ROW }

/** The functions and values that examples use. */
const NAMES = {
  console,
  fetch,
  client: {},
  easyAuth,
  process: { env: {} },
  redisStore: () => new Map(),
  users: new Map(),
}

const tables: readonly OptionTable[] = [
  AUTH,
  API_AUTH,
  MCP_AUTH,
  EASY_AUTH,
  DEVICE_CODE,
  PREVIEW_RELAY,
  { ...FORWARD, before: "'/api', " },
]
const rows = tables.flatMap((table) =>
  Object.entries(table.options).map(([option, row]) => ({
    name: `${table.owner} ${option}`,
    table,
    option,
    row,
  })),
)
const checked = rows.filter(({ row }) => typeof row.check === 'function')

/** Returns options in which one option has a value. */
function withValue(option: string, value: unknown): object {
  return option
    .split('.')
    .reduceRight((inner: unknown, name) => ({ [name]: inner }), value) as object
}

/** Returns the messages about the value of an option. */
function problemsWith({ table, option }: (typeof rows)[number], value: unknown): string[] {
  const report = new OptionReport(table)
  const options = withValue(option, value)
  report.check(options, options)
  return report.problems.map(({ message }) => message)
}

describe('the row of an option', () => {
  test('exists, with a check', () => {
    expect(checked.length).toBeGreaterThan(100)
  })

  test.each(checked)('$name has an example that passes its check', (row) => {
    const value: unknown = runInNewContext(`(${row.row.example})`, NAMES)

    expect(problemsWith(row, value)).toEqual([])
  })

  test.each(checked.filter(({ option }) => option !== 'logger'))(
    '$name makes a message for its class or function, with the option, its variable and an example',
    (row) => {
      const [message = '', ...others] = problemsWith(row, Symbol.iterator)
      const {
        table,
        option,
        row: { variable },
      } = row

      expect(others).toEqual([])
      expect(message.startsWith(`${option} `)).toBe(true)
      const calls = message.match(/\b[\w.]+\((?='\/api', \{|\{)/g) ?? []
      expect(new Set(calls)).toEqual(new Set([`${table.owner}(`]))
      expect(message).toMatch(/for example/)
      expect(message).toContain(
        variable === undefined ? option.split('.').pop() : `or ${variable}, for example`,
      )
    },
  )
})

const RIGHT = {
  authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
  clientId: '11111111-2222-3333-4444-555555555555',
  clientCredential: 'secret',
  redirectUri: 'https://app.contoso.com/redirect',
  session: { secret: 'b6ckQ1mB0yT7pWq3vXn8dLs5fHgJ2rZc' },
}

describe('an option that its resolver checks', () => {
  const ofResolvers = Object.entries(AUTH.options).filter(([, row]) => row.check === 'resolver')

  test.each(ofResolvers)('%s has a problem with a wrong value', (option) => {
    const other = option === 'oidcAuthority' ? { authority: undefined } : {}
    const { problems } = resolveOptions({ ...RIGHT, ...other, ...withValue(option, 7) }, {})

    expect(problems.map((problem) => problem.option)).toContain(option)
    expect(problems.map(({ message }) => message).join('\n')).not.toMatch(/(Api|Mcp)Auth/)
  })
})

describe('the names of options', () => {
  test('are checked in groups, and in groups of groups', () => {
    const report = new OptionReport(AUTH)
    const options = {
      sesion: {},
      session: { cookie: { nam: 'a' }, secrets: 'a' },
      b2c: { tenant: 'a' },
    }
    report.check(options, {})

    expect(report.problems).toEqual([
      { option: 'sesion', message: 'Auth has no option sesion. Did you mean session?' },
      { option: 'b2c.tenant', message: 'Auth has no option b2c.tenant.' },
      {
        option: 'session.secrets',
        message: 'Auth has no option session.secrets. Did you mean secret?',
      },
      {
        option: 'session.cookie.nam',
        message: 'Auth has no option session.cookie.nam. Did you mean name?',
      },
    ])
  })

  test('a group has the row of each member', () => {
    expect(group('{}', { first: ROW }).members).toEqual({ first: ROW })
  })
})
