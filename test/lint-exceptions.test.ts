import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

interface Override {
  readonly files: readonly string[]
  readonly rules: Readonly<Record<string, unknown>>
}

const root = fileURLToPath(new URL('..', import.meta.url))
const { overrides } = JSON.parse(readFileSync(`${root}.oxlintrc.json`, 'utf8')) as {
  overrides: readonly Override[]
}
const LIMITS = ['complexity', 'max-depth', 'max-lines-per-function']
/** The functions that are larger than the limits. Lower the number if you make one smaller. */
const EXCEPTIONS = 27

/** The files for which a rule is off, and that need it. */
async function violations(files: readonly string[]): Promise<readonly string[]> {
  const limits = overrides.find(({ rules }) => Array.isArray(rules['complexity']))?.rules ?? {}
  const rules = Object.fromEntries(LIMITS.map((rule) => [rule, limits[rule]]))
  const folder = mkdtempSync(join(tmpdir(), 'lint-exceptions-'))
  const config = join(folder, 'oxlintrc.json')
  writeFileSync(config, JSON.stringify({ plugins: [], categories: { correctness: 'off' }, rules }))
  const program = `${root}node_modules/oxlint/bin/oxlint`
  const args = [program, '--config', config, '--format', 'json', ...files]
  // It exits with 1, because it finds something.
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root }).catch(
    (error: unknown) => error as { stdout: string },
  )
  rmSync(folder, { recursive: true })
  const { diagnostics } = JSON.parse(stdout) as {
    diagnostics: readonly { readonly code: string; readonly filename: string }[]
  }
  return diagnostics.map(
    ({ code, filename }) => `${code.replace(/^.*\((.*)\)$/, '$1')} ${filename}`,
  )
}

test('every exception from the limits of functions is needed, and they do not become more', async () => {
  const off = overrides.filter(({ rules }) => LIMITS.some((rule) => rules[rule] === 'off'))
  const listed = off.flatMap(({ files, rules }) =>
    Object.keys(rules).flatMap((rule) => files.map((file) => `${rule} ${file}`)),
  )
  const needed = await violations([...new Set(off.flatMap(({ files }) => files))])

  expect(off.map(({ files }) => files)).toEqual(off.map(({ files }) => files.toSorted()))
  expect([...new Set(needed)].toSorted()).toEqual(listed.toSorted())
  expect(needed.length).toBeLessThanOrEqual(EXCEPTIONS)
})
