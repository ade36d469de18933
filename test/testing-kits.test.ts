import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { hasChromium } from './chromium.ts'
import { freePort } from '../packages/identity-web/test/support/port.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = join(root, 'examples/testing')

/** Runs a script of the example, and returns its output. */
function run(script: string, env: Readonly<Record<string, string>> = {}) {
  return new Promise<{ code: number | null; output: string }>((resolve, reject) => {
    const { VITEST: _vitest, NODE_ENV: _environment, ...inherited } = process.env
    const child = spawn('npm', ['run', '--silent', script], {
      cwd: folder,
      env: { ...inherited, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, output }))
  })
}

beforeAll(() => {
  const script = join(root, 'scripts/trees.mjs')
  const { status } = spawnSync(process.execPath, [script, folder], { stdio: 'inherit' })
  expect(status).toBe(0)
}, 300_000)

describe('the tests in examples/testing pass in', () => {
  test.for([
    ['Vitest', 'test:vitest', '4 passed'],
    ['Jest', 'test:jest', '2 passed'],
    ['node:test', 'test:node', '# pass 2'],
  ] as const)('%s', { timeout: 120_000 }, async ([, script, passed]) => {
    const { code, output } = await run(script)

    expect(output).toContain(passed)
    expect(code).toBe(0)
  })

  test.runIf(hasChromium)('Playwright', { timeout: 180_000 }, async ({ onTestFinished }) => {
    const output = mkdtempSync(join(tmpdir(), 'testing-kit-'))
    onTestFinished(() => rmSync(output, { recursive: true, force: true }))

    const result = await run('test:playwright', {
      PORT: String(await freePort()),
      OUTPUT_DIR: output,
      CHROMIUM_PATH: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    })

    expect(result.output).toContain('5 passed')
    expect(result.code).toBe(0)
  })
})
