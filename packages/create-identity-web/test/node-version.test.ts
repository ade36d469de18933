import { readFileSync } from 'node:fs'
import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { FRAMEWORKS, type FrameworkName } from '../src/frameworks.js'
import { assertNodeVersion } from '../src/node-version.js'

test.for(['20.19.4', '22.11.0'])('Astro does not run on Node.js %s', (version) => {
  expect(() => assertNodeVersion('astro', version)).toThrow(
    `Astro needs Node.js 22.12 or later, but you use ${version}. Install a newer version`,
  )
})

test.for(['22.12.0', '22.20.1', '24.0.0'])('Astro runs on Node.js %s', (version) => {
  expect(() => assertNodeVersion('astro', version)).not.toThrow()
})

test.for(['20.20.2', '22.22.2', '23.11.0', '24.14.9', '25.9.0'])(
  'Angular does not run on Node.js %s',
  (version) => {
    expect(() => assertNodeVersion('angular', version)).toThrow(
      `Angular with server rendering needs Node.js 22.22.3, 24.15, 26 or later, but you use ${version}. Install a newer version`,
    )
  },
)

test.for(['22.22.3', '22.23.0', '24.15.0', '26.0.0', '27.1.0'])(
  'Angular runs on Node.js %s',
  (version) => {
    expect(() => assertNodeVersion('angular-spa', version)).not.toThrow()
  },
)

test('Express runs on every version that identity-web supports', () => {
  expect(() => assertNodeVersion('express', '20.19.0')).not.toThrow()
})

// On Node.js 20, Vite loses cookies of TanStack Start, so the sign-in would start again and again.
describe('the configuration of TanStack Start', () => {
  const path = '../templates/tanstack-start/vite.config.ts'
  const text = readFileSync(new URL(path, import.meta.url), 'utf8')
  const [check = ''] = /^const \{ node \}[^]+?(?=^export default)/m.exec(text) ?? []
  const load = (node: string): unknown =>
    runInNewContext(check, { process: { versions: { node } } })

  test.for(['20.20.2', '22.9.0'])('stops npm run dev on Node.js %s', (version) => {
    const [oldest] = FRAMEWORKS['tanstack-start'].node ?? []
    expect(() => load(version)).toThrow(`needs Node.js ${oldest} or later, but you use ${version}.`)
  })

  test.for(['22.12.0', '24.0.0'])('accepts Node.js %s', (version) => {
    expect(() => load(version)).not.toThrow()
  })
})

test.for(Object.keys(FRAMEWORKS) as FrameworkName[])(
  'the package.json of %s names the same version of Node.js',
  (name) => {
    const path = `../templates/${name}/package.json`
    const { engines } = JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as {
      readonly engines: { readonly node: string }
    }

    const lines = FRAMEWORKS[name].node ?? ['20.19']
    const last = lines.length - 1
    const ranges = lines.map((line, index) => `${index < last ? '^' : '>='}${line}`)
    expect(engines.node).toBe(ranges.join(' || '))
  },
)
