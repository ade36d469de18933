import { execFile } from 'node:child_process'
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, onTestFinished, test as base } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = join(root, '.artifacts/layers')
const LIBRARY = 'packages/identity-web/src'
const PROVIDER = 'packages/dev-provider/src'
const CLI = 'packages/identity-web-cli/src'

/** A file and what it imports: a file of the same package, or a package. */
type Import = readonly [from: string, to: string]

/** One import for each kind of rule. */
const FORBIDDEN: readonly Import[] = [
  // The ground floor imports only itself.
  ['errors.ts', 'encryption/a.ts'],
  ['errors.ts', 'jose'],
  ['errors.ts', 'node:crypto'],
  // A layer imports the layers below it.
  ['encryption/a.ts', 'session/a.ts'],
  ['session/a.ts', 'stores/a.ts'],
  ['authority/a.ts', 'client/a.ts'],
  ['client/a.ts', 'options/a.ts'],
  ['options/a.ts', 'web/a.ts'],
  ['web/a.ts', 'stores/a.ts'],
  ['web/a.ts', 'adapters/base/a.ts'],
  ['api/a.ts', 'session/a.ts'],
  ['index.ts', 'adapters/express/index.ts'],
  ['classes/a.ts', 'adapters/base/a.ts'],
  ['web/a.ts', 'session-or-bearer/a.ts'],
  // Applications bring the wings along, which do not know each other.
  ['web/sign-in/a.ts', 'device-code/a.ts'],
  ['device-code/a.ts', 'easy-auth/a.ts'],
  // `web/` and `api/` do not know each other.
  ['web/guard/a.ts', 'api/guard/a.ts'],
  ['api/guard/a.ts', 'web/guard/a.ts'],
  // A room imports the rooms below it, and none imports the files that put the rooms together.
  ['web/runtime/a.ts', 'web/http/a.ts'],
  ['web/sign-out/a.ts', 'web/a.ts'],
  ['api/token/a.ts', 'api/long-running.ts'],
  // Nothing imports a wing, not even another wing.
  ['options/a.ts', 'previews/a.ts'],
  ['client/a.ts', 'token-cache/a.ts'],
  ['azure/a.ts', 'web/a.ts'],
  ['vault-key/a.ts', 'node:crypto'],
  // A folder without a row.
  ['elsewhere/a.ts', 'errors.ts'],
  ['adapters/elsewhere/a.ts', 'errors.ts'],
  // A guarded request does not need these groups, so that they are imported with import().
  ['web/guard/a.ts', 'web/sign-in/starts.ts'],
  ['web/a.ts', 'web/http/loaded-pages.ts'],
  // Packages.
  ['authority/a.ts', 'openid-client'],
  ['client/a.ts', 'jose'],
  ['web/a.ts', 'express'],
  ['classes/a.ts', 'hono'],
  ['platforms/a.ts', 'web/a.ts'],
  // An adapter imports its own framework, its own bridge, and no other adapter.
  ['adapters/express/a.ts', 'fastify'],
  ['adapters/koa/a.ts', 'adapters/fastify/a.ts'],
  ['adapters/base/a.ts', 'adapters/express/a.ts'],
  ['adapters/fastify/a.ts', 'adapters/request-response.ts'],
  ['adapters/next/a.ts', 'adapters/node.ts'],
  // Node.js.
  ['stores/a.ts', 'node:fs'],
  ['web/a.ts', 'node:crypto'],
  ['adapters/hono/index.ts', 'node:http'],
]

/** Imports that only a type and `import()` may make. */
const LATER: readonly Import[] = [
  ['web/guard/later.ts', 'web/sign-in/starts.ts'],
  ['web/later.ts', 'web/http/loaded-pages.ts'],
  ['api/later.ts', 'api/long-running.ts'],
]

const CYCLE_RULE = 'no file imports itself through others, also not with import()'

/** One file loads the other, which needs a type of it. */
const CYCLE = [
  ['web/guard/loads.ts', 'web/guard/loaded.ts'],
  ['web/guard/loaded.ts', 'web/guard/loads.ts'],
] as const

const ALLOWED: readonly Import[] = [
  ['index.ts', 'web/a.ts'],
  ['token-cache/a.ts', 'client/a.ts'],
  ['authority/a.ts', 'jose'],
  ['client/a.ts', 'openid-client'],
  ['client/credential/a-node.ts', 'node:crypto'],
  ['web/guard/a.ts', 'web/sign-in/a.ts'],
  ['device-code/a.ts', 'web/sign-in/callback.ts'],
  ['api/guard/a.ts', 'api/token/a.ts'],
  ['adapters/express/a.ts', 'adapters/node.ts'],
  ['adapters/express/a.ts', 'express'],
  ['adapters/nestjs/a.ts', 'node:http'],
]

const FORBIDDEN_IN_PROVIDER: readonly Import[] = [
  ['config/a.ts', 'protocol/a.ts'],
  ['sign-in/a.ts', 'server/a.ts'],
  ['tokens/a.ts', 'identity-web/express'],
  ['playwright/a.ts', 'tokens/a.ts'],
]

const FORBIDDEN_IN_CLI: readonly Import[] = [
  ['output/a.ts', 'command/a.ts'],
  ['commands/secret/a.ts', 'commands/doctor/a.ts'],
  ['commands/secret/a.ts', 'identity-web/fetch'],
]

/** The ways to write an import. Those that only need a type count as well. */
const WAYS: readonly ((specifier: string) => string)[] = [
  (specifier) => `import { a } from '${specifier}'`,
  (specifier) => `import type { A } from '${specifier}'`,
  (specifier) => `export * from '${specifier}'`,
  (specifier) => `export const load = () => import('${specifier}')`,
  (specifier) => `export type A = import('${specifier}').A`,
]

interface Cruise {
  readonly modules: readonly {
    readonly source: string
    readonly dependencies: readonly {
      readonly module: string
      readonly rules?: readonly { readonly name: string }[]
    }[]
  }[]
}

/** Adds an import to the source tree in `folder`. */
function add(source: string, [from, to]: Import, way = WAYS[0]): void {
  for (const path of [from, to].filter((each) => each.endsWith('.ts'))) {
    mkdirSync(dirname(join(folder, source, path)), { recursive: true })
    appendFileSync(join(folder, source, path), '')
  }
  appendFileSync(join(folder, source, from), `${way?.(specifierOf([from, to]))}\n`)
}

/** How a file names what it imports: a file by its relative path, a package by its name. */
function specifierOf([from, to]: Import): string {
  if (!to.endsWith('.ts')) return to
  const path = posix.relative(posix.dirname(from), to)
  return path.startsWith('.') ? path : `./${path}`
}

const test = base
  /** The imports of the source tree in `folder`, as dependency-cruiser judges them. */
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('modules', { scope: 'file' }, async ({}, { onCleanup }) => {
    onCleanup(() => rmSync(folder, { recursive: true, force: true }))
    rmSync(folder, { recursive: true, force: true })
    for (const each of [...FORBIDDEN, ...ALLOWED]) add(LIBRARY, each)
    for (const [index, way] of WAYS.entries()) {
      for (const each of importsOf(index)) add(LIBRARY, each, way)
    }
    for (const way of [WAYS[1], WAYS[3]]) {
      for (const each of LATER) add(LIBRARY, each, way)
    }
    add(LIBRARY, CYCLE[0], WAYS[3])
    add(LIBRARY, CYCLE[1], WAYS[1])
    for (const each of FORBIDDEN_IN_PROVIDER) add(PROVIDER, each)
    for (const each of FORBIDDEN_IN_CLI) add(CLI, each)
    const program = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
    const config = join(root, '.dependency-cruiser.mjs')
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [program, '--config', config, '--output-type', 'json', 'packages'],
      { cwd: folder, maxBuffer: 64 * 2 ** 20 },
    )
    return (JSON.parse(stdout) as Cruise).modules
  })
  .extend('isRejected', ({ modules }) => (source: string) => (each: Import): boolean => {
    const importer = modules.find((module) => module.source === posix.join(source, each[0]))
    const specifier = specifierOf(each).replace('node:', '')
    // The forbidden imports make cycles of files whose other imports are allowed.
    return (
      importer?.dependencies.some(
        ({ module, rules = [] }) =>
          module === specifier && rules.some(({ name }) => name !== CYCLE_RULE),
      ) === true
    )
  })

describe('the rules of the layers', () => {
  test('reject every forbidden import of identity-web', ({ isRejected }) => {
    expect(FORBIDDEN.filter(isRejected(LIBRARY))).toEqual(FORBIDDEN)
  })

  test('reject every forbidden import of identity-web-dev', ({ isRejected }) => {
    expect(FORBIDDEN_IN_PROVIDER.filter(isRejected(PROVIDER))).toEqual(FORBIDDEN_IN_PROVIDER)
  })

  test('reject every forbidden import of identity-web-cli', ({ isRejected }) => {
    expect(FORBIDDEN_IN_CLI.filter(isRejected(CLI))).toEqual(FORBIDDEN_IN_CLI)
  })

  test('accept the imports that a layer may have', ({ isRejected }) => {
    expect([...ALLOWED, ...LATER].filter(isRejected(LIBRARY))).toEqual([])
  })

  test('reject a cycle through import()', ({ modules }) => {
    const rules = CYCLE.map(([from]) =>
      modules
        .find(({ source }) => source === posix.join(LIBRARY, from))
        ?.dependencies.map((dependency) => dependency.rules?.map(({ name }) => name)),
    )
    expect(rules).toEqual([[[CYCLE_RULE]], [[CYCLE_RULE]]])
  })

  test('see an import in every way to write it', ({ isRejected }) => {
    const imports = WAYS.flatMap((_, index) => importsOf(index))

    expect(imports.filter(isRejected(LIBRARY))).toEqual(imports)
  })
})

/** Forbidden imports of a file, of a package and of a wing, in files that only one way of writing uses. */
function importsOf(way: number): readonly Import[] {
  return [
    [`encryption/way-${way}.ts`, 'session/a.ts'],
    [`options/way-${way}.ts`, 'jose'],
    [`web/sign-in/way-${way}.ts`, 'previews/a.ts'],
  ]
}

test('lint reports a cycle of types', async () => {
  mkdirSync(folder, { recursive: true })
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(join(folder, 'a.ts'), "import type { B } from './b.ts'\nexport type A = B[]\n")
  writeFileSync(join(folder, 'b.ts'), "import type { A } from './a.ts'\nexport type B = A | 1\n")
  const lint = promisify(execFile)(
    process.execPath,
    [
      join(root, 'node_modules/oxlint/bin/oxlint'),
      '--no-ignore',
      `--config=${join(root, '.oxlintrc.json')}`,
      'a.ts',
      'b.ts',
    ],
    { cwd: folder },
  )

  await expect(lint).rejects.toMatchObject({
    stdout: expect.stringContaining('import(no-cycle)') as string,
  })
})
