import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import runtimes from '../scripts/runtimes/package-lock.json' with { type: 'json' }
import results from './runtimes/results.json' with { type: 'json' }

const page = readFileSync(fileURLToPath(new URL('../docs/versions.md', import.meta.url)), 'utf8')
const rows = (page.split('<!-- results of npm run matrix -->')[1] ?? '')
  .split('<!-- end of the results -->')[0]
  ?.split('\n')
  .filter((line) => /^\| (?!runtime|-)/.test(line))
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )

test('the table of docs/versions.md has the results of the last run', () => {
  expect(rows).toEqual(
    Object.values(results).map(({ runtime, version, ran, passed, failed, day }) => [
      runtime,
      version,
      ran,
      String(passed),
      String(failed),
      day,
    ]),
  )
})

// A failure of the last run must not fail the next one.
test.skipIf(process.env['IDENTITY_WEB_MATRIX'])('every part of the last run passed', () => {
  for (const { passed, failed } of Object.values(results)) {
    expect(failed).toBe(0)
    expect(passed).toBeGreaterThan(50)
  }
})

test('the matrix ran on the versions of Bun and Deno that the tests install', () => {
  expect(results.bun.version).toBe(runtimes.packages['node_modules/bun'].version)
  expect(results.deno.version).toBe(runtimes.packages['node_modules/deno'].version)
})
