import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { expect, onTestFinished, test, vi } from 'vitest'
import * as web from '../../src/encryption/aes-web.ts'

// Two values that were encrypted with one key and one IV let their user encrypt any value (NIST SP 800-38D, appendix A).

const run = promisify(execFile)

test.for([
  // A process notices such a start, so equal values have different IVs too.
  ['start from one snapshot of V8', 'startupSnapshot', ['a', 'a']],
  // A copy of a machine continues without notice.
  ['are copies of one machine', '{ ...startupSnapshot, addDeserializeCallback() {} }', ['a', 'b']],
] as const)('processes that %s do not encrypt with the same IVs', async ([, snapshot, values]) => {
  const folder = await mkdtemp(join(tmpdir(), 'snapshot-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const [program, blob] = [join(folder, 'program.cjs'), join(folder, 'snapshot.blob')]
  await build({
    stdin: {
      contents: `
          const v8 = require('node:v8')
          const { startupSnapshot } = v8
          v8.startupSnapshot = ${snapshot}
          const { deriveKey, encryptString } = require('./aes-node.ts')
          const encrypt = (value) => encryptString(deriveKey('secret', 'test'), value)
          encrypt('')
          startupSnapshot.setDeserializeMainFunction(() => console.log(encrypt(process.argv[2])))`,
      resolveDir: join(import.meta.dirname, '../../src/encryption'),
    },
    bundle: true,
    platform: 'node',
    outfile: program,
  })
  await run(process.execPath, ['--snapshot-blob', blob, '--build-snapshot', program])

  const ivs: string[] = []
  for (const value of values) {
    const { stdout } = await run(process.execPath, ['--snapshot-blob', blob, 'main.js', value])
    ivs.push(stdout.slice(0, 17))
  }

  expect(ivs[0]).toMatch(/^[\w-]{17}$/)
  expect(ivs[1]).not.toBe(ivs[0])
})

test('a copied machine, whose generator repeats its bytes, does not encrypt two values with one IV', async () => {
  vi.spyOn(crypto, 'getRandomValues').mockImplementation((array) => array)
  const key = web.deriveKey('secret', 'test')

  const [a, b] = await Promise.all(['a', 'b'].map((value) => web.encryptString(key, value)))

  expect(a?.slice(0, 17)).not.toBe(b?.slice(0, 17))
})
