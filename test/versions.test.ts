import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
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

describe('reports of tenants', () => {
  const summary = { passed: 21, failed: 0, skipped: 0, 'not-applicable': 2 }
  const report = {
    tool: 'identity-web-cli verify',
    versions: { 'identity-web': '1.0.0' },
    endedAt: '2026-12-10T10:00:00.000Z',
    provider: 'entra',
    isLocalProvider: false,
    result: 'passed',
    summary,
    checks: [{ found: 'The API is 00000003-0000-0000-c000-000000000000.' }],
    statements: [
      { id: 'entra-v2/error-7000215-invalid-secret-2026', verdict: 'passed' },
      { id: 'verify/consent', verdict: 'passed' },
    ],
  }

  /** Writes the pages from reports, and returns a function that finds a row. */
  function generate(reports: Readonly<Record<string, object>>): (part: string) => string {
    const folder = mkdtempSync(join(tmpdir(), 'reports-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    for (const [name, content] of Object.entries(reports))
      writeFileSync(join(folder, `${name}.json`), JSON.stringify(content))
    const args = ['scripts/reality.mjs', '--reports', folder, '--out', folder]
    execFileSync(process.execPath, args, { cwd: new URL('..', import.meta.url), stdio: 'pipe' })
    const pages = ['docs/versions.md', 'docs/evidence/reality.md'].map((name) =>
      readFileSync(join(folder, name), 'utf8'),
    )
    const lines = pages.join('\n').split('\n')
    return (part) => lines.find((line) => line.includes(part)) ?? ''
  }

  test('have a row and a column, unless the provider is on a computer', () => {
    const row = generate({
      first: report,
      second: { ...report, result: 'incomplete', summary: { ...summary, skipped: 3 } },
      third: { ...report, result: 'failed', summary: { ...summary, failed: 2 }, statements: [] },
      'try 1': { ...report, isLocalProvider: true },
    })

    expect(row('(evidence/reports/first')).toMatch(
      /^\| entra +\| 1\.0\.0 +\| 2026-12-10 +\| 21, 0, 0 /,
    )
    expect(row('(evidence/reports/second')).toContain('21, 0, 3 (incomplete)')
    expect(row('(evidence/reports/third')).toContain('21, 2, 0 (failed)')
    expect(row('(evidence/reports/try')).toBe('')
    expect(row('does not contain a report')).toBe('')
    expect(row('By hand |')).toContain('| [entra, 2026-12-10](reports/first.json) |')
    expect(row('By hand |')).toContain('| [try 1](reports/try%201.json) |')
    expect(row('A wrong secret is')).toMatch(/\|  \| passed \| passed \|  \| passed \|$/)
    expect(row('A scope without')).toMatch(/\| consent \| passed \| passed \|  \| passed \|$/)
  })

  test.for([
    [
      'contains c0000000-0000-4000-8000-00000000000a',
      { found: 'C0000000-0000-4000-8000-00000000000A' },
    ],
    ['contains ada@contoso.example', { found: 'The user is ada@contoso.example.' }],
    ['is not from identity-web-cli verify', { tool: 'other' }],
    ['lacks statements', { statements: undefined }],
  ] as const)('are rejected if one %s', ([problem, changes]) => {
    expect(() => generate({ bad: { ...report, ...changes } })).toThrow(
      `The report bad.json ${problem}`,
    )
  })
})
