import { expect, test } from 'vitest'
import * as node from '../../src/sealing/aes-node.ts'
import * as web from '../../src/sealing/aes-web.ts'

// FIPS 180-2, B.1, and a text that is not ASCII.
test.each([
  ['abc', 'ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0'],
  ['Zoë', 'xqEmmFgvwRBOokEHotcmgUX_Bu-FlwdynQH9BgiX8Gc'],
])('the hash of %s is the same on Node.js and elsewhere', async (text, hash) => {
  expect(node.hashText(text)).toBe(hash)
  expect(await web.hashText(text)).toBe(hash)
})
