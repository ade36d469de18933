import { expect, test } from 'vitest'
import * as node from '../../src/encryption/aes-node.ts'
import * as web from '../../src/encryption/aes-web.ts'

// The example of FIPS 180-2, B.1, and a string that is not ASCII.
test.each([
  ['abc', 'ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0'],
  ['Zoë', 'xqEmmFgvwRBOokEHotcmgUX_Bu-FlwdynQH9BgiX8Gc'],
])('the hash of %s is the same with node:crypto and WebCrypto', async (string, hash) => {
  expect(node.sha256(string)).toBe(hash)
  expect(await web.sha256(string)).toBe(hash)
})
