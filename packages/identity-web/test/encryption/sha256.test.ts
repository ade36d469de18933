import { expect, test } from 'vitest'
import * as node from '../../src/encryption/aes-node.ts'
import * as web from '../../src/encryption/aes-web.ts'

// FIPS 180-2, B.1, and a text that is not ASCII.
test.each([
  ['abc', 'ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0'],
  ['Zoë', 'xqEmmFgvwRBOokEHotcmgUX_Bu-FlwdynQH9BgiX8Gc'],
])('the hash of %s is the same on Node.js and elsewhere', async (text, hash) => {
  expect(node.sha256(text)).toBe(hash)
  expect(await web.sha256(text)).toBe(hash)
})
