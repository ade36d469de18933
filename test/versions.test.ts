import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import entries from '../packages/identity-web/entries.json' with { type: 'json' }

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')
const page = read('docs/versions.md')
const rowOf = (title: string): string =>
  page.split('\n').find((line) => line.startsWith(`| ${title} `)) ?? ''
const { engines, peerDependencies } = JSON.parse(read('packages/identity-web/package.json')) as {
  engines: { node: string }
  peerDependencies: Record<string, string>
}
interface Manifest {
  readonly name: string
  readonly version: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}
const { devDependencies } = JSON.parse(read('package.json')) as {
  devDependencies: Record<string, string>
}

interface Lock {
  readonly packages: Readonly<Record<string, { readonly version: string }>>
}
// The tests of Next.js 15 are among the long suites.
const locked = Object.assign(
  {},
  ...['maintain/package-lock.json', 'package-lock.json'].map(
    (path) => (JSON.parse(read(path)) as Lock).packages,
  ),
) as Lock['packages']

test.for([
  ['Express', 'express', ['express', 'express4']],
  ['Fastify', 'fastify', ['fastify']],
  ['Koa', 'koa', ['koa', 'koa2']],
  ['Hono', 'hono', ['hono']],
  ['NestJS', '@nestjs/core', ['@nestjs/core']],
  ['Next.js', 'next', ['next', 'next15']],
  ['SvelteKit', '@sveltejs/kit', ['@sveltejs/kit']],
  ['React Router', 'react-router', ['react-router']],
  ['h3', 'h3', ['h3', 'h3-2']],
  ['Azure Functions', '@azure/functions', ['@azure/functions']],
] as const)(
  'the versions of %s are those of the package and of the tests',
  ([title, peer, used]) => {
    const [, , accepted, tested] = rowOf(title)
      .replaceAll(String.raw`\|`, '¦')
      .split('|')
    const installed = used.map(
      (name) => locked[`node_modules/${name}`]?.version.split('.')[0] ?? 'missing',
    )

    expect(accepted?.replaceAll('¦', '|')).toContain(`\`${peerDependencies[peer] ?? ''}\``)
    expect(tested?.trim()).toBe(installed.toSorted((a, b) => Number(a) - Number(b)).join(' and '))
  },
)

test('the oldest versions of Node.js and TypeScript are those that gates use', () => {
  const gate = read('scripts/release/verify.mjs')

  expect(page).toContain(`Node.js ${engines.node.replace('>=', '')} or later`)
  expect(page).toMatch(/ES modules.*\| 5\.6 or later/)
  expect(page).toMatch(/CommonJS.*\| 5\.8 or later/)
  expect(page).toMatch(/CommonJS.*node20.*\| 5\.9 or later/)
  expect(gate).toContain(`'${engines.node.replace('>=', '')}', '22', '24', '26'`)
  expect(gate).toContain('npm:typescript@~5.9')
  expect(gate).toContain('npm:typescript@~5.6')
  expect(gate).toContain('npm:typescript@~5.8')
  expect(devDependencies['typescript']).toBeDefined()
})

test('the packages have one version, and accept it from each other', () => {
  const packages = readdirSync(new URL('../packages', import.meta.url)).map(
    (folder) => JSON.parse(read(`packages/${folder}/package.json`)) as Manifest,
  )
  const version = packages[0]?.version ?? 'missing'

  for (const { name, dependencies, peerDependencies: peers, ...manifest } of packages) {
    const ranges = Object.entries({ ...dependencies, ...peers })
    const ours = ranges.filter(([other]) => packages.some((one) => one.name === other))
    // `*` does not include versions such as 1.0.0-rc.1 everywhere.
    expect({ name, version: manifest.version }).toEqual({ name, version })
    expect(ours.map(([, range]) => range)).toEqual(ours.map(() => `^${version}`))
  }
})

test.for(['stable', 'preview'])('the page lists the entry points of the tier %s', (tier) => {
  const paths = Object.entries(entries.exports)
    .filter(([, entry]) => entry.tier === tier)
    .map(([path]) => path.replace(/^\./, 'identity-web').replace(/languages\/.*/, 'languages/*'))
  const listed = [...rowOf(tier).matchAll(/`([^`]+)`/g)].map(([, name]) => name)

  expect(paths.length).toBeGreaterThan(0)
  expect(new Set(listed)).toEqual(new Set(paths))
})

test('every entry point has a tier, and McpAuth is a preview in each of them', () => {
  const tiers = Object.values(entries.exports).map(({ tier }) => tier)
  const sources = readdirSync(new URL('../packages/identity-web/src/adapters', import.meta.url), {
    recursive: true,
    encoding: 'utf8',
  })
  const documented = sources
    .filter((path) => path.endsWith('.ts'))
    .map((path) => read(`packages/identity-web/src/adapters/${path}`).split('export class McpAuth'))
    .filter(({ length }) => length > 1)
    .map(([before = '']) => before.slice(before.lastIndexOf('/**')))

  expect(new Set(tiers)).toEqual(new Set(['stable', 'preview']))
  expect(documented.length).toBeGreaterThan(0)
  for (const comment of documented) expect(comment).toContain('@beta')
})

/** Returns the pages that a repository with this report has. */
function pagesWith(report: object): { readonly out: string; readonly error: string } {
  const folder = mkdtempSync(join(tmpdir(), 'report-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  mkdirSync(join(folder, 'docs/evidence/tenants'), { recursive: true })
  writeFileSync(join(folder, 'docs/evidence/tenants/ours.json'), JSON.stringify(report))
  const script = fileURLToPath(new URL('../scripts/reality.mjs', import.meta.url))
  const env = { ...process.env, REPORTS_OF: folder }
  const run = spawnSync(process.execPath, [script, '--print'], { env, encoding: 'utf8' })
  return { out: run.stdout.replaceAll(/ +/g, ' '), error: run.stderr }
}

const WRONG_SECRET = 'entra-v2/error-7000215-invalid-secret-2026'
const answers = (id: string, verdict: string, more = {}) => ({
  check: 'answers',
  statement: 'Keys and errors have this form.',
  proves: [{ id, verdict, ...more }],
  verdict,
})
const REPORT = {
  tool: 'identity-web-cli verify',
  versions: { 'identity-web': '1.0.0' },
  endedAt: '2026-12-24T10:00:00.000Z',
  provider: 'entra',
  isLocalProvider: false,
  result: 'passed',
  summary: { passed: 22, failed: 0, skipped: 0, 'not-applicable': 2 },
  checks: [answers(WRONG_SECRET, 'passed')],
}
const ROW = 'A wrong secret is invalid_client with the status 401.'

test('a report of a tenant becomes a row of the table, and a column of the statements', () => {
  const { out } = pagesWith(REPORT)

  expect(out).toContain(
    '| entra | 1.0.0 | 2026-12-24 | passed: 22, 0, 0 | [ours.json](evidence/tenants/ours.json) |',
  )
  expect(out).toContain('| Statement | Relies on it | Source | Our provider | Check | ours |')
  expect(out).toMatch(new RegExp(`${ROW}.*\\| passed \\|`))
  expect(out).not.toContain('does not contain a report yet')
})

test('an incomplete report shows what failed, and what is of an earlier run', () => {
  const summary = { passed: 1, failed: 1, skipped: 20, 'not-applicable': 2 }
  const earlier = answers('entra-v2/keys-organizations', 'passed', { earlier: '2026-12-01' })
  const checks = [answers(WRONG_SECRET, 'failed'), earlier]
  const { out } = pagesWith({ ...REPORT, result: 'failed', summary, checks })

  expect(out).toContain('| failed: 1, 1, 20 |')
  expect(out).toMatch(new RegExp(`${ROW}.*\\| failed \\|`))
  expect(out).toMatch(/A key has its certificate.*\| passed, 2026-12-01 \|/)
})

test('a report of a provider on this computer does not count as a tenant', () => {
  const { out } = pagesWith({ ...REPORT, isLocalProvider: true })

  expect(out).toContain('does not contain a report yet')
  expect(out).toContain('| Check | ours |')
})

test.for(['11112222-bbbb-4333-8444-dddd5555eeee', 'alex@contoso.com'])(
  'a report with %s is rejected, and the message does not repeat it',
  (id) => {
    const { error, out } = pagesWith({ ...REPORT, checks: [{ found: `Look at ${id}.` }] })

    expect(error).toContain('docs/evidence/tenants/ours.json contains an ID or an address.')
    expect(error + out).not.toContain(id)
  },
)
