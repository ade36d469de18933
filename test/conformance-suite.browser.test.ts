import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import { plans } from '../packages/identity-web/test/conformance/plans.ts'
import { startStandInSuite } from '../packages/identity-web/test/conformance/suite/stand-in.ts'
import { freePort } from '../packages/identity-web/test/support/port.ts'
import { hasChromium } from './chromium.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

// The stand-in has the REST API of the conformance suite, and its pages have scripts.
describe.skipIf(!hasChromium)('npm run -C maintain conformance -- --suite', () => {
  test('runs a plan in Chromium, and reports its results', async () => {
    const suite = await startStandInSuite(plans)
    onTestFinished(() => suite.close())
    const port = await freePort()
    const args = [
      '--suite',
      suite.url,
      '--plan',
      'front-channel',
      '--port',
      String(port),
      '--wait',
      '0.3',
    ]

    const program = spawn(process.execPath, ['maintain/scripts/conformance.mjs', ...args], {
      cwd: root,
    })
    let output = ''
    program.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
    program.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
    const [status] = (await once(program, 'exit')) as [number]

    expect({ status, output }).toMatchObject({
      status: 0,
      output: expect.stringContaining('Modules: 1. Failed: 0.'),
    })
  })
})
