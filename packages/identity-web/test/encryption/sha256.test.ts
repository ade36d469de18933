import { expect, test, vi } from 'vitest'
import { sha256 } from '../../src/base64.ts'

// The example of FIPS 180-2, B.1, and a string that is not ASCII.
test.each([
  ['abc', 'ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0'],
  ['Zoë', 'xqEmmFgvwRBOokEHotcmgUX_Bu-FlwdynQH9BgiX8Gc'],
])('the hash of %s is the same with node:crypto and WebCrypto', async (string, hash) => {
  expect(sha256(string)).toBe(hash)

  vi.stubGlobal('process', undefined)
  const promise = sha256(string)
  vi.unstubAllGlobals()

  expect(promise).toBeInstanceOf(Promise)
  expect(await promise).toBe(hash)
})
