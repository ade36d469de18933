import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { API_AUTH } from '../packages/identity-web/src/options/api-options.ts'
import type { Rows } from '../packages/identity-web/src/options/rows.ts'
import { AUTH } from '../packages/identity-web/src/options/auth-options.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

const SHARED = 'Options of `Auth` and `ApiAuth`'

test.each([
  ['Auth', AUTH.options, [SHARED, 'Options of `Auth`', 'Parameters of a sign-in']],
  ['ApiAuth', API_AUTH.options, [SHARED, 'Options of `ApiAuth`']],
])('error messages and the reference name the same variables of %s', (_, options, titles) => {
  const documented = titles.flatMap(variablesIn)

  expect(Object.fromEntries(documented)).toEqual(variablesOf(options))
})

function variablesOf(options: Rows): Record<string, string> {
  return Object.fromEntries(
    Object.entries(options).map(([name, { variable = 'none' }]) => [name, variable]),
  )
}

/** Returns the options of a section, and their variables. Messages do not name the options of an API in `apis`. */
function variablesIn(title: string): (readonly [name: string, variable: string])[] {
  const page = readFileSync(`${root}docs/options.md`, 'utf8')
  const section = page.split(/^## /m).find((text) => text.startsWith(`${title}\n`)) ?? ''
  return section
    .split(/^### /m)
    .slice(1)
    .map((text) => {
      const name = /^`(.+)`/.exec(text)?.[1] ?? ''
      return [
        name,
        /^- (?:Variable|Default): .*?`(IDENTITY_\w+|NODE_ENV)`/m.exec(text)?.[1] ?? 'none',
      ] as const
    })
    .filter(([name]) => !name.startsWith('apis.'))
}
