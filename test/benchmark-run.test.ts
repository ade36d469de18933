import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

// A measurement starts real servers with real sessions, so this test fails if the benchmark does not work with the library.

const script = fileURLToPath(new URL('../benchmarks/run.mjs', import.meta.url))

test('the quick benchmark of Koa measures all servers', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [script, '--quick', 'koa'])

  const rows = [
    ...stdout.matchAll(/^\| (Koa, .+?: .+?), (?:[\d.]+ kB|\d+ bytes) of cookies +\| \d+ µs/gm),
  ]
  const ratios = [...stdout.matchAll(/ \| (\d+\.\d\d) × \| \d+\.\d\d–\d+\.\d\d \|/g)]
  expect(rows.map(([, name]) => name)).toEqual([
    'Koa, cookies: bare',
    'Koa, cookies: bare, again',
    'Koa, cookies: probe',
    'Koa, cookies: identity-web',
    'Koa, store: bare',
    'Koa, store: bare, again',
    'Koa, store: probe',
    'Koa, store: identity-web',
  ])
  expect(ratios).toHaveLength(rows.length)
  expect(ratios.every(([, ratio]) => Number(ratio) > 0)).toBe(true)
})
