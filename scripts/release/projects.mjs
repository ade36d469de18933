// What a new project does with the packages: it imports, requires and type-checks each entry point.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { frameworks } from '../entries.mjs'
import { publishedPackages } from '../packages.mjs'
import { root } from '../setup.mjs'

/** The entry points of every package, as applications import them. The other exports are documents without types. */
export const names = publishedPackages().flatMap(({ name, manifest }) =>
  Object.entries(manifest.exports ?? {})
    .filter(([, conditions]) => conditions.types !== undefined)
    .map(([path]) => path.replace(/^\./, name)),
)

const ours = publishedPackages().map(({ name }) => name)
const readJson = (path) => JSON.parse(readFileSync(root + path, 'utf8'))

/** Without a build, the packages of Angular need it. */
const ANGULAR_COMPILER = '@angular/compiler'

/** What a project needs besides the packages: the frameworks, and types that they do not contain themselves. */
export function companions() {
  const types = Object.keys(readJson('package.json').devDependencies).filter((name) =>
    ['node', 'react', ...frameworks].some((each) => name === `@types/${each}`),
  )
  const { peerDependencies } = readJson('packages/identity-web/package.json')
  return [
    ...Object.keys(peerDependencies),
    ANGULAR_COMPILER,
    'react-dom',
    'reflect-metadata',
    ...types,
  ]
}

/** The version of a package that the repository has installed. */
export function installedVersion(name) {
  return readJson('node_modules/.package-lock.json').packages[`node_modules/${name}`].version
}

/** The packages on npm that our packages depend on. */
export function dependencies() {
  const all = publishedPackages().flatMap(({ manifest }) =>
    Object.keys(manifest.dependencies ?? {}),
  )
  return [...new Set(all)].filter((name) => !ours.includes(name))
}

/** Writes import.mjs and require.cjs, which load each entry point, and the same as typed code: module.ts and common.cts. */
export function writeProject(project) {
  const list = JSON.stringify(names)
  const check = 'throw new Error(`${name} exports nothing.`)'
  writeFileSync(
    join(project, 'import.mjs'),
    `await import('${ANGULAR_COMPILER}')\nfor (const name of ${list}) if (Object.keys(await import(name)).length === 0) ${check}\n`,
  )
  writeFileSync(
    join(project, 'require.cjs'),
    `require('${ANGULAR_COMPILER}')\nfor (const name of ${list}) if (Object.keys(require(name)).length === 0) ${check}\n`,
  )
  writeFileSync(join(project, 'module.ts'), typedSource())
  writeFileSync(join(project, 'common.cts'), typedSource())
}

/** A type that TypeScript does not find is `any`, which no other test of a type would notice. */
function typedSource() {
  const lines = frameworks.map((framework) => {
    const name = framework.replaceAll('-', '')
    return `import { Auth as ${name}Auth, ApiAuth as ${name}ApiAuth } from 'identity-web/${framework}'
export const ${name}: Known<${name}Auth> = new ${name}Auth({ redirectUri: 'http://localhost/redirect' })
export const ${name}Api: Known<${name}ApiAuth> = new ${name}ApiAuth({ clientId: 'api' })
export const ${name}Paths: Known<typeof ${name}.paths> = ${name}.paths`
  })
  const others = names.filter((name) => !frameworks.some((each) => name === `identity-web/${each}`))
  for (const [index, name] of others.entries()) {
    lines.push(
      `import * as other${index} from '${name}'`,
      `export const members${index}: Known<(typeof other${index})[keyof typeof other${index}]>[] = []`,
    )
  }
  return `type Known<T> = 0 extends 1 & T ? never : T\n${lines.join('\n')}\n`
}

/** Writes the tsconfig.json of a project. `skipLibCheck` means that TypeScript does not check the declarations of packages. */
export function writeTsconfig(project, { module, files, skipLibCheck = true }) {
  const compilerOptions = {
    target: 'es2022',
    module,
    strict: true,
    noEmit: true,
    skipLibCheck,
    types: ['node'],
    experimentalDecorators: true,
  }
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }))
}
