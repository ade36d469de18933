// `npm run mutants -- session [--percent 5] [--seed 14] [--mutate GLOB]… [--tests GLOB]…`: changes the sources of a folder in small
// ways, one at a time, and lists the changes that no test notices. maintain/README.md explains it. Stryker is not a
// dependency, because it brings a hundred packages.
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { isInSample } from './mutants-sample.mjs'
import { root } from '../../scripts/setup.mjs'

const STRYKER = ['@stryker-mutator/core@9.6.1', '@stryker-mutator/vitest-runner@9.6.1']

const src = 'packages/identity-web/src'
const test = 'packages/identity-web/test'
const security = (names) => `${test}/security/{${names}}.test.ts`

/** The sources of each subject, and the quickest tests that concern it. All tests together would take days. */
const subjects = {
  token: {
    mutate: [`${src}/api/token/**/*.ts`],
    tests: [
      `${test}/security/access-token/*.test.ts`,
      `${test}/api/{access-tokens,client-tokens,either,known-tokens}.test.ts`,
    ],
  },
  authority: {
    mutate: [`${src}/authority/**/*.ts`],
    tests: [
      `${test}/authority/*.test.ts`,
      `${test}/api/{keys,key-sets}.test.ts`,
      `${test}/security/access-token/*.test.ts`,
      security('id-token,logout-token'),
    ],
  },
  encryption: {
    mutate: [`${src}/encryption/*.ts`, `${src}/base64.ts`],
    tests: [`${test}/encryption/*.test.ts`, security('application-binding,canonical-spelling')],
  },
  session: {
    mutate: [`${src}/session/**/*.ts`],
    tests: [
      `${test}/session/*.test.ts`,
      `${test}/web/{stored-sessions,session-ends,store-failures}.test.ts`,
      security('cookies,session-expiry,application-binding,lost-store,store-reports-false'),
      security('canonical-spelling'),
    ],
  },
  guard: {
    mutate: [`${src}/web/{guard,users}/**/*.ts`],
    tests: [
      `${test}/web/{guard,requirement,route-access,users,groups,groups-of-routes}.test.ts`,
      `${test}/web/{step-up,claims-challenge,unreadable-cookies}.test.ts`,
      security('cross-site,session-expiry,claims-challenge-users,state'),
    ],
  },
  requests: {
    mutate: [`${src}/web/{http,options}/**/*.ts`, `${src}/web/*.ts`],
    tests: [
      `${test}/web/{options,undefined-options,unconfigured,pages,login-parameters}.test.ts`,
      security('return-to,cross-site,host-header,redirect-loop,hostile-form'),
    ],
  },
  'sign-in': {
    mutate: [`${src}/{device-code,web/{runtime,sign-in,sign-out}}/**/*.ts`],
    tests: [
      `${test}/web/{sign-out,sign-in-restart,front-channel-logout}.test.ts`,
      `${test}/device-code/*.test.ts`,
      `${test}/web/{session-ends,login-parameters,step-up}.test.ts`,
      security('state,tabs,logout,logout-state,logout-token,session-fixation,account-mix-up'),
      security('authorization-request,authorization-response,device-code'),
    ],
  },
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    percent: { type: 'string', default: '100' },
    seed: { type: 'string', default: '14' },
    mutate: { type: 'string', multiple: true },
    tests: { type: 'string', multiple: true },
    statics: { type: 'boolean', default: false },
  },
})
const subject = subjects[positionals[0]]
if (subject === undefined) {
  console.error(`Name a subject: ${Object.keys(subjects).join(', ')}.`)
  process.exit(1)
}

const folder = mkdtempSync(join(tmpdir(), 'identity-web-mutants-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
process.on('SIGINT', () => process.exit(130))
installStryker()
run()
report(JSON.parse(readFileSync(`${folder}/report.json`, 'utf8')))

function installStryker() {
  // The runner must load the Vitest of this repository, because the tests load that one.
  const options = ['--prefix', folder, '--no-save', '--legacy-peer-deps', '--no-audit', '--no-fund']
  execFileSync('npm', ['install', '--silent', ...options, ...STRYKER], { stdio: 'inherit' })
  symlinkSync(`${root}node_modules/vitest`, `${folder}/node_modules/vitest`)
  cpSync(`${root}maintain/scripts/mutants-sample.mjs`, `${folder}/sample.mjs`)
}

function run() {
  // The file is next to vitest.config.ts in the copy of the repository that Stryker makes.
  const config = {
    plugins: ['@stryker-mutator/vitest-runner', `${folder}/sample.mjs`],
    testRunner: 'vitest',
    // A tsconfig.json would only have its references rewritten.
    tsconfigFile: 'none.json',
    vitest: { configFile: 'maintain/scripts/mutants.config.mjs', related: false },
    mutate: values.mutate ?? subject.mutate,
    checkers: ['sample'],
    ignorers: ['messages'],
    ignoreStatic: !values.statics,
    coverageAnalysis: 'perTest',
    concurrency: 1,
    timeoutMS: 20_000,
    dryRunTimeoutMinutes: 20,
    reporters: ['json', 'results'],
    jsonReporter: { fileName: `${folder}/report.json` },
    tempDirName: `${folder}/copy`,
    ignorePatterns: [
      '/docs',
      '/maintain/benchmarks',
      '/examples',
      '/coverage',
      '.next',
      '.artifacts',
    ],
    allowConsoleColors: false,
  }
  writeFileSync(`${folder}/stryker.json`, JSON.stringify(config))
  const { status } = spawnSync(
    process.execPath,
    [
      `${folder}/node_modules/@stryker-mutator/core/bin/stryker.js`,
      'run',
      `${folder}/stryker.json`,
    ],
    {
      cwd: root,
      stdio: 'inherit',
      env: {
        ...process.env,
        MUTANT_SAMPLE: JSON.stringify({ percent: values.percent, seed: values.seed }),
        MUTANT_TESTS: JSON.stringify(values.tests ?? subject.tests),
      },
    },
  )
  if (status !== 0) process.exit(status ?? 1)
}

/** Prints the score and the survivors. A mutant outside of the sample has the status "CompileError". */
function report({ files }) {
  const mutants = Object.entries(files).flatMap(([path, { source, mutants: found }]) =>
    found.map((mutant) => ({ ...mutant, path, lines: source.split('\n') })),
  )
  const tested = mutants.filter(
    ({ status, ...mutant }) =>
      !['CompileError', 'Ignored'].includes(status) && isInSample(mutant, values),
  )
  const survivors = tested.filter(({ status }) => ['Survived', 'NoCoverage'].includes(status))
  for (const mutant of survivors) console.log(describe(mutant))
  const { length: total } = tested
  const killed = total - survivors.length
  console.log(`${positionals[0]}: ${killed} of ${total} mutants were killed.`)
  console.log(`The sample has ${total} of ${mutants.length}. Its seed is ${values.seed}.`)
}

function describe({ path, lines, location: { start, end }, replacement, mutatorName, status }) {
  const last = start.line === end.line ? end.column - 1 : undefined
  const original = lines[start.line - 1].slice(start.column - 1, last)
  const place = `${start.line}:${start.column}-${end.line}:${end.column}`
  const change = `${original}${last === undefined ? '…' : ''} → ${replacement}`
  return `${path}:${place} ${mutatorName} ${status === 'NoCoverage' ? '(no test) ' : ''}${change}`
}
