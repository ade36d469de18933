import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import entries from '../packages/identity-web/entries.json' with { type: 'json' }

// The frameworks are the adapters of entries.json. Each of these files names all of them, so that a new framework cannot be
// forgotten in one.

const ROOT = new URL('../', import.meta.url)
const frameworks = Object.values(entries.exports).flatMap(
  ({ source }) => /^src\/adapters\/([^/]+)\/index\.ts$/.exec(source)?.[1] ?? [],
)
const TESTS = 'packages/identity-web/test'

/** How files name a framework, if not by its entry point or by its name in entries.json. */
const OTHER_NAMES: Readonly<Record<string, readonly string[]>> = {
  nestjs: ['NestJS'],
  next: ['Next.js'],
  'azure-functions': ['functions-app', 'Azure Functions'],
  'react-router': ['React Router'],
  'tanstack-start': ['tanstack-app', 'TanStack Start'],
  sveltekit: ['kit-app', 'SvelteKit'],
}

/** The files, and the frameworks that one of them leaves out for a reason. */
const LISTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  [`${TESTS}/adapters/members.test.ts`]: {},
  [`${TESTS}/neighbors/hosts.ts`]: {},
  'docs/versions.md': {},
  'docs/README.md': {},
  'maintain/scripts/canary.mjs': { fetch: 'it is not a package', astro: 'its project is a host' },
}

const read = (path: string): string => readFileSync(new URL(path, ROOT), 'utf8')
const isNamed = (text: string, framework: string): boolean =>
  [framework, ...(OTHER_NAMES[framework] ?? [])].some((name) =>
    new RegExp(String.raw`(?<![\w-])${name.replace('.', String.raw`\.`)}(?![\w-])`, 'i').test(text),
  )

describe.each(frameworks)('%s', (framework) => {
  test('has a test file that runs the contract', () => {
    expect(read(`${TESTS}/adapters/${framework}.test.ts`)).toContain('adapterContract(')
  })

  test('has types that a test compiles', () => {
    expect(existsSync(new URL(`${TESTS}/types/${framework}.test-d.ts`, ROOT))).toBe(true)
  })

  test.each(Object.entries(LISTS))('is in %s', (path, exceptions) => {
    expect(isNamed(read(path), framework)).toBe(!(framework in exceptions))
  })
})
