import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const guard = fileURLToPath(new URL('../benchmarks/guard', import.meta.url))

// They are installed and run apart, so that a source that moved would be missed at the next measurement only.
test('the benchmarks find the sources that they read past the public API', () => {
  const text = readFileSync(join(guard, 'sessions.mjs'), 'utf8')
  const [, sources = ''] = /const sources = '([^']+)'/.exec(text) ?? []
  const read = [...text.matchAll(/\$\{sources\}\/([\w/.-]+)/g)].map(([, path = '']) => path)

  expect(read.length).toBeGreaterThan(0)
  expect(read.filter((path) => !existsSync(join(guard, sources, path)))).toEqual([])
})
