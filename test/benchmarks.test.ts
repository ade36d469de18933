import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

// They are installed and run apart, so that a source that moved would be missed at the next measurement only.

const root = fileURLToPath(new URL('..', import.meta.url))
const benchmarks = join(root, 'maintain/benchmarks')
const guard = join(benchmarks, 'guard')

test('the benchmarks find the sources that they read past the public API', () => {
  const text = readFileSync(join(guard, 'sessions.mjs'), 'utf8')
  const [, sources = ''] = /const sources = '([^']+)'/.exec(text) ?? []
  const read = [...text.matchAll(/\$\{sources\}\/([\w/.-]+)/g)].map(([, path = '']) => path)

  expect(read.length).toBeGreaterThan(0)
  expect(read.filter((path) => !existsSync(join(guard, sources, path)))).toEqual([])
})

test('the benchmarks import builds that there are sources of', () => {
  const imported = modules().flatMap((path) => {
    const text = readFileSync(join(benchmarks, path), 'utf8')
    return [...text.matchAll(/(packages\/[\w-]+)\/dist\/([\w/.-]+)\.js'/g)].map(
      ([, folder = '', module = '']) => `${folder}/src/${module}.ts`,
    )
  })

  expect(imported.length).toBeGreaterThan(0)
  expect(imported.filter((path) => !existsSync(join(root, path)))).toEqual([])
})

test('the benchmarks find each other', () => {
  const missing = modules().flatMap((path) => {
    const text = readFileSync(join(benchmarks, path), 'utf8')
    return [...text.matchAll(/(?:from|import\(|new URL\()\s*'([./\w-]+\.mjs)'/g)]
      .map(([, target = '']) => join(benchmarks, path, '..', target))
      .filter((target) => !existsSync(target))
  })

  expect(missing).toEqual([])
})

function modules(): string[] {
  return readdirSync(benchmarks, { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.endsWith('.mjs') && !path.startsWith('node_modules'),
  )
}
