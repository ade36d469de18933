// `npm run check:package`: checks the packages as npm publishes them. Their contents and types are checked first. Then
// they are installed in a new project outside the repository, which imports, requires and type-checks each entry point.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { entries, frameworks } from './entries.mjs'
import { build, root, run } from './setup.mjs'

const PACKAGES = ['packages/identity-web', 'packages/dev-provider']
/** A package without entry points, only with a program. */
const PROGRAM = 'packages/identity-web-cli'
const names = [...entries.map(({ name }) => name), 'identity-web-dev', 'identity-web-dev/testing']
const readJson = (path) => JSON.parse(readFileSync(root + path, 'utf8'))

build()
const project = realpathSync(mkdtempSync(join(tmpdir(), 'identity-web-package-')))
process.on('exit', () => rmSync(project, { recursive: true, force: true }))

const tarballs = [...PACKAGES, PROGRAM].map((folder) => {
  run('npx', ['publint', '--strict', folder])
  const pack = ['pack', `./${folder}`, '--pack-destination', project, '--silent']
  const tarball = join(project, execFileSync('npm', pack, { cwd: root, encoding: 'utf8' }).trim())
  if (folder === PROGRAM) return tarball
  // CommonJS loads the same ES modules, because every supported version of Node.js can require() them.
  const ignored = ['--ignore-rules', 'cjs-resolves-to-esm']
  run('npx', ['attw', tarball, '--profile', 'node16', ...ignored])
  return tarball
})

// The frameworks and their types, in the versions that the repository has installed.
const installed = readJson('node_modules/.package-lock.json').packages
const { peerDependencies } = readJson('packages/identity-web/package.json')
const types = Object.keys(readJson('package.json').devDependencies).filter((name) =>
  ['node', 'react', ...frameworks].some((each) => name === `@types/${each}`),
)
const dependencies = [...Object.keys(peerDependencies), 'react-dom', 'reflect-metadata', ...types]
const versions = dependencies.map((name) => `${name}@${installed[`node_modules/${name}`].version}`)
writeFileSync(join(project, 'package.json'), '{ "private": true, "type": "module" }\n')
// The oldest compilers that docs/versions.md names.
const compilers = [
  'typescript59@npm:typescript@~5.9.3',
  'typescript58@npm:typescript@~5.8.3',
  'typescript56@npm:typescript@~5.6.3',
]
const options = ['--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund']
run('npm', ['install', '--loglevel=error', ...options, ...tarballs, ...versions, ...compilers], {
  cwd: project,
})

const list = JSON.stringify(names)
writeFileSync(
  join(project, 'import.mjs'),
  `for (const name of ${list}) if (Object.keys(await import(name)).length === 0) throw new Error(name)\n`,
)
writeFileSync(
  join(project, 'require.cjs'),
  `for (const name of ${list}) if (Object.keys(require(name)).length === 0) throw new Error(name)\n`,
)
for (const file of ['import.mjs', 'require.cjs']) {
  run(process.execPath, ['--no-warnings', file], { cwd: project })
}

run('npx', ['--no-install', 'identity-web-cli', 'secret', '--env', '.env'], { cwd: project })

// A type that TypeScript does not find is `any`, which no other test of a type would notice.
const lines = frameworks.map((framework) => {
  const name = framework.replaceAll('-', '')
  return `import { Auth as ${name}Auth, ApiAuth as ${name}ApiAuth } from 'identity-web/${framework}'
export const ${name}: Known<${name}Auth> = new ${name}Auth({ redirectUri: 'http://localhost/redirect' })
export const ${name}Api: Known<${name}ApiAuth> = new ${name}ApiAuth({ clientId: 'api' })
export const ${name}Guard: Known<typeof ${name}.loginPath> = ${name}.loginPath`
})
const others = names.filter((name) => !frameworks.some((each) => name === `identity-web/${each}`))
for (const [index, name] of others.entries()) {
  lines.push(
    `import * as other${index} from '${name}'`,
    `export const members${index}: Known<(typeof other${index})[keyof typeof other${index}]>[] = []`,
  )
}
const source = `type Known<T> = 0 extends 1 & T ? never : T\n${lines.join('\n')}\n`
writeFileSync(join(project, 'module.ts'), source)
writeFileSync(join(project, 'common.cts'), source)
const compilerOptions = {
  target: 'es2022',
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  types: ['node'],
  experimentalDecorators: true,
}
const newest = `${root}node_modules/typescript7`
for (const [compiler, module, ...files] of [
  [newest, 'nodenext', 'module.ts', 'common.cts'],
  [newest, 'node20', 'common.cts'],
  ['node_modules/typescript59', 'node20', 'common.cts'],
  ['node_modules/typescript58', 'nodenext', 'common.cts'],
  ['node_modules/typescript56', 'nodenext', 'module.ts'],
]) {
  const json = JSON.stringify({ compilerOptions: { ...compilerOptions, module }, files })
  writeFileSync(join(project, 'tsconfig.json'), json)
  run(process.execPath, [`${compiler}/bin/tsc`], { cwd: project })
}

// docs/versions.md says that this is not possible. If it becomes possible, the page must say so.
for (const compiler of [newest, 'node_modules/typescript59']) {
  const node16 = { ...compilerOptions, module: 'node16' }
  const json = JSON.stringify({ compilerOptions: node16, files: ['common.cts'] })
  writeFileSync(join(project, 'tsconfig.json'), json)
  const { stdout } = spawnSync(process.execPath, [`${compiler}/bin/tsc`], {
    cwd: project,
    encoding: 'utf8',
  })
  if (!stdout.includes('TS1479')) {
    throw new Error(`${compiler} accepts CommonJS with node16. Change docs/versions.md.\n${stdout}`)
  }
}
console.log(`A new project imports, requires and type-checks ${names.length} entry points.`)
