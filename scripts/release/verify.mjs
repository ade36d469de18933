// Installs the tarballs into new projects, as users do, and uses them with every supported compiler and runtime.
import { execFileSync, spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { nodeProgram } from '../node-line.mjs'
import { findRuntimes } from '../runtimes.mjs'
import { root } from '../setup.mjs'
import { companions, installedVersion, writeProject, writeTsconfig } from './projects.mjs'

/** Each compiler that docs/versions.md names, and the oldest ones. */
const COMPILERS = {
  typescript56: 'npm:typescript@~5.6.3',
  typescript57: 'npm:typescript@~5.7.3',
  typescript58: 'npm:typescript@~5.8.3',
  typescript59: 'npm:typescript@~5.9.3',
  typescript60: 'npm:typescript@~6.0.3',
  typescript70: 'npm:typescript@~7.0.2',
}
const MODULE = 'module.ts'
const COMMON = 'common.cts'
/** What each compiler accepts: the module setting, and the files. */
const ACCEPTED = {
  typescript56: [['nodenext', MODULE]],
  typescript57: [['nodenext', MODULE]],
  typescript58: [['nodenext', MODULE, COMMON]],
  typescript59: [
    ['nodenext', MODULE, COMMON],
    ['node20', COMMON],
  ],
  typescript60: [
    ['nodenext', MODULE, COMMON],
    ['node20', COMMON],
  ],
  typescript70: [
    ['nodenext', MODULE, COMMON],
    ['node20', COMMON],
  ],
}
/** docs/versions.md says that these are not possible. If one becomes possible, the page must say so. */
const REJECTED = { typescript59: ['node16', COMMON], typescript70: ['node16', COMMON] }
const NODE_LINES = ['20.19', '22', '24', '26']
const INSTALL = [
  '--prefer-offline',
  '--ignore-scripts',
  '--no-audit',
  '--no-fund',
  '--loglevel=error',
]

/**
 * Verifies the staged packages. Throws an error at the first failure.
 *
 * @param staged - All staged packages.
 * @param report - Gets one line for each step.
 */
export function verifyTarballs(staged, report) {
  const programs = NODE_LINES.map((line) => ({
    name: `Node.js ${line}`,
    program: nodeProgram(line),
  }))
  inProject(staged, installedCompanions(), (project) => {
    writeProject(project)
    for (const { name, program } of programs) {
      call(program, ['--no-warnings', 'import.mjs'], project)
      call(program, ['--no-warnings', 'require.cjs'], project)
      report(`${name} imports and requires every entry point`)
    }
    install(
      project,
      Object.entries(COMPILERS).map(([name, spec]) => `${name}@${spec}`),
    )
    for (const [compiler, rows] of Object.entries(ACCEPTED)) {
      for (const [module, ...files] of rows) {
        const { status, stdout } = compile(project, compiler, { module, files })
        if (status !== 0) throw new Error(`${compiler}, ${module}:\n${stdout}`)
      }
      report(`${compiler} accepts ${rows.map((row) => row.join(' ')).join(', ')}`)
    }
    for (const [compiler, [module, ...files]] of Object.entries(REJECTED)) {
      const { stdout } = compile(project, compiler, { module, files })
      if (!stdout.includes('TS1479'))
        throw new Error(
          `${compiler} accepts CommonJS with ${module}. Change docs/versions.md.\n${stdout}`,
        )
    }
  })
  const errors = errorsWithNewestTypes(staged)
  if (errors.length > 0) throw new Error(errors.join('\n'))
  report("the declarations of our packages fit npm's newest types of Node.js")
  inProject(staged, [], (project) => {
    copyFileSync(`${root}scripts/release/sign-in.mjs`, join(project, 'sign-in.mjs'))
    const others = findRuntimes().filter(({ name }) => name !== 'Node.js')
    for (const { name, program, command = program, args = [] } of [...programs, ...others]) {
      if (call(command, [...args, 'sign-in.mjs'], project).trim() !== 'signed in')
        throw new Error(`${name} did not sign the user in.`)
      report(`${name} signs a user in`)
    }
    for (const { name, manifest } of staged) {
      for (const [command, file] of Object.entries(manifest.bin ?? {})) {
        call(process.execPath, [join('node_modules', name, file), '--help'], project)
        report(`${command} starts`)
      }
    }
  })
}

/**
 * Compiles the declarations of the packages with npm's newest types of Node.js.
 *
 * @returns The errors, apart from those in the declarations of other packages.
 */
export function errorsWithNewestTypes(staged) {
  const [compiler, spec] = Object.entries(COMPILERS).at(-1)
  return inProject(staged, installedCompanions(), (project) => {
    writeProject(project)
    // A declaration of identity-web-dev imports @playwright/test.
    install(project, ['@types/node@latest', '@playwright/test', `${compiler}@${spec}`])
    const settings = { module: 'nodenext', files: [MODULE], skipLibCheck: false }
    const lines = compile(project, compiler, settings).stdout.split('\n')
    return lines.filter((line) => /^(?!node_modules\/(?!identity-web)).*error TS/.test(line))
  })
}

function installedCompanions() {
  return companions().map((name) => `${name}@${installedVersion(name)}`)
}

/** Installs the packages and others in a new project outside the repository. */
function inProject(staged, others, use) {
  const project = realpathSync(mkdtempSync(join(tmpdir(), 'identity-web-release-')))
  try {
    writeFileSync(join(project, 'package.json'), '{ "private": true, "type": "module" }\n')
    install(project, [...staged.map(({ tarball }) => tarball), ...others])
    return use(project)
  } finally {
    rmSync(project, { recursive: true, force: true })
  }
}

function install(project, specs) {
  call('npm', ['install', ...INSTALL, ...specs], project)
}

function compile(project, compiler, settings) {
  writeTsconfig(project, settings)
  const program = join('node_modules', compiler, 'bin/tsc')
  return spawnSync(process.execPath, [program], { cwd: project, encoding: 'utf8' })
}

function call(command, args, cwd) {
  return execFileSync(command, args, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}
