import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeAll, test } from 'vitest'
import listed from '../../entries.json' with { type: 'json' }
import { Editor, entryPoints, type Expression } from '../support/editor.ts'

// A package of a monorepo can export its `Auth`, and what the members of `Auth` return. With `declaration: true`, TypeScript
// writes the types of these exports. It can name an interface only if an entry point exports it.

/** The entry points whose names change only in a major version. A language has one export. */
const STABLE = Object.entries(listed.exports)
  .filter(([path, { tier }]) => tier === 'stable' && !path.startsWith('./languages/'))
  .map(([path]) => `identity-web${path.slice(1)}`)
const ALL = entryPoints()
const expressions = Editor.expressions(ALL)
/** The oldest compiler that works with the package, and the present ones. The last one is fast enough for all entry points. */
const COMPILERS: readonly (readonly [name: string, entries: readonly string[]])[] = [
  ['typescript56', STABLE],
  ['typescript', STABLE],
  ['typescript7', ALL],
]

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const packageFolder = fileURLToPath(new URL('../..', import.meta.url))
const project = `${root}.artifacts/declarations/`
/** The name of a module, for example `identity-web-express`. */
const moduleNameOf = (entry: string): string => entry.replaceAll('/', '-')

const HELPERS = `
  export declare function value<T>(): T
  /** The results of all signatures of a function. */
  export declare function result<F>(of: F): F extends {
    (...args: never): infer A
    (...args: never): infer B
    (...args: never): infer C
    (...args: never): infer D
    (...args: never): infer E
  } ? A | B | C | D | E : never
  /** The objects in a value or in a promise. */
  export declare function object<T>(of: T): Objects<Awaited<T>>
  type Objects<T> = [Extract<T, object>] extends [never] ? object : Extract<T, object>
`

/** TypeScript cannot name a type. The error contains the file of the type. */
const CANNOT_NAME = /: error TS(?:2742|2883|40\d\d):/

/** Writes a module of an application that exports everything it gets from an entry point. */
function moduleOf(entry: string, found: readonly Expression[]): string {
  const lines = found.flatMap(({ code, owner, isCallable }) => {
    // For example `_Auth_login`, so that an error names the member.
    const id = code.replaceAll(/\bm\.|\bvalue\b|<any.*?>/g, '').replaceAll(/\W+/g, '_')
    return [
      `export const alias${id} = ${code}`,
      ...(isCallable
        ? [
            `export const bound${id} = ${code}.bind(${owner})`,
            `export const result${id} = result(${code})`,
            `export const spread${id} = { ...object(result(${code})) }`,
          ]
        : [`export const spread${id} = { ...object(${code}) }`]),
    ]
  })
  return `import * as m from '${entry}'\nimport { object, result, value } from './helpers.js'\n${lines.join('\n')}\n`
}

beforeAll(() => {
  rmSync(project, { recursive: true, force: true })
  // A copy, because TypeScript also names types by the paths of a workspace.
  const copy = `${project}node_modules/identity-web/`
  mkdirSync(copy, { recursive: true })
  cpSync(`${packageFolder}package.json`, `${copy}package.json`)
  cpSync(`${packageFolder}dist`, `${copy}dist`, {
    recursive: true,
    filter: (path) => !/\.(js|map)$/.test(path),
  })
  writeFileSync(`${project}helpers.d.ts`, HELPERS)
  writeFileSync(`${project}package.json`, '{ "type": "module" }')
  for (const [entry, found] of expressions) {
    writeFileSync(`${project}${moduleNameOf(entry)}.ts`, moduleOf(entry, found))
  }
}, 300_000)

test.for(STABLE.filter((entry) => expressions.get(entry)?.some(({ code }) => code === 'm.Auth')))(
  'the module of %s has the members of all its classes',
  (entry, { expect }) => {
    const found = expressions.get(entry)?.map(({ code }) => code)

    expect(found).toEqual(
      expect.arrayContaining([
        'value<m.Auth>().login',
        'value<m.ApiAuth>().contextOf',
        'value<m.McpAuth>().verifier',
        'value<m.LoginContext>().userInfo',
      ]),
    )
  },
)

test.concurrent.for(COMPILERS)(
  'with %s, an application can export all that it gets from an entry point',
  { timeout: 300_000 },
  async ([compiler, entries], { expect }) => {
    const { errors, others } = await compile(compiler, entries)

    expect(errors).toEqual([])
    // A name of another entry point would work only while the application also imports that one.
    expect(others).toEqual([])
  },
)

/**
 * Compiles the modules. Returns the errors of them and of the package, but not of frameworks: their declarations may need a
 * newer compiler, and their types may have names that they do not export. Also returns the entry points that a declaration
 * imports although its module does not.
 */
async function compile(
  compiler: string,
  entries: readonly string[],
): Promise<{ readonly errors: string[]; readonly others: string[] }> {
  const outDir = `${project}${compiler}/`
  const compilerOptions = {
    module: 'nodenext',
    target: 'es2022',
    lib: ['es2023', 'dom', 'dom.iterable'],
    strict: true,
    skipLibCheck: false,
    declaration: true,
    emitDeclarationOnly: true,
    types: ['node'],
    rootDir: project,
    outDir,
  }
  const files = entries.map((entry) => `${moduleNameOf(entry)}.ts`)
  const config = `${compiler}.json`
  writeFileSync(`${project}${config}`, JSON.stringify({ compilerOptions, files }))
  const tsc = `${root}node_modules/${compiler}/bin/tsc`
  const output = await outputOf(process.execPath, [tsc, '--pretty', 'false', '-p', config])
  const errors = output
    .split(/\n(?=\S)/)
    .filter((line) => /^(?:[^/]*|node_modules\/identity-web\/.*): error TS/.test(line))
    .filter((line) => !CANNOT_NAME.test(line) || line.includes('node_modules/identity-web/'))
  if (errors.length > 0) return { errors, others: [] }
  const others = entries.flatMap((entry) => {
    const module = moduleNameOf(entry)
    // TypeScript does not write a declaration after an error, here one that concerns a framework.
    if (output.includes(`${module}.ts(`)) return []
    const declaration = readFileSync(`${outDir}${module}.d.ts`, 'utf8')
    const imported = declaration.matchAll(/(?:from |import\()['"](identity-web[^'"]*)['"]/g)
    return [...imported].flatMap(([, name]) => (name === entry ? [] : [`${entry}: ${name}`]))
  })
  return { errors, others: [...new Set(others)] }
}

function outputOf(command: string, args: readonly string[]): Promise<string> {
  const child = spawn(command, args, { cwd: project })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('close', () => resolve(output))
  })
}
