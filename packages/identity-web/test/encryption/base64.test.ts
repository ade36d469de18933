import { isUtf8 } from 'node:buffer'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromBase64Url, isBase64Url, stringFromBase64Url, toBase64Url } from '../../src/base64.ts'
import { lenientSpellingsOf, spellingsOf } from '../support/spellings.ts'

const bytes = fc.uint8Array({ maxLength: 40 })

describe('base64url', () => {
  test('has one spelling for any bytes', () => {
    fc.assert(
      fc.property(bytes, (given) => {
        const encoded = toBase64Url(given)
        expect(encoded).toBe(Buffer.from(given).toString('base64url'))
        expect(fromBase64Url(encoded)).toEqual(Buffer.from(given))
        expect(spellingsOf(encoded).filter(isBase64Url)).toEqual([])
      }),
      { numRuns: 300, seed: 1 },
    )
  })

  test('is exactly what an encoder writes', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 9 }),
        fc.base64String({ maxLength: 12 }),
        (any, base64) => {
          for (const value of [any, base64, base64.replaceAll('=', '')]) {
            const isOwn = Buffer.from(value, 'base64url').toString('base64url') === value
            expect(isBase64Url(value)).toBe(isOwn)
            expect(fromBase64Url(value) !== undefined).toBe(isOwn)
            const isText = isUtf8(Buffer.from(value, 'base64url'))
            expect(stringFromBase64Url(value) !== undefined).toBe(isOwn && isText)
          }
        },
      ),
      { numRuns: 2000, seed: 1 },
    )
  })

  test.for([1, 2, 3])('has other spellings that Node.js reads: %i bytes', (length) => {
    expect(lenientSpellingsOf(toBase64Url(new Uint8Array(length))).length).toBeGreaterThan(5)
  })

  test('decodes strings of every length, and not those that are not UTF-8', () => {
    for (const length of [0, 1, 2, 3, 9000, 9215, 9216, 9217, 12_288, 20_000]) {
      const text = 'é'.padEnd(length, 'x')
      expect(stringFromBase64Url(Buffer.from(text).toString('base64url'))).toBe(text)
      const broken = Buffer.concat([Buffer.from(text), Buffer.from([0xc3])])
      expect(stringFromBase64Url(broken.toString('base64url'))).toBeUndefined()
    }
    // Each of them would become the replacement character.
    for (const hex of ['c328', 'a0a1', 'e228a1', 'f0288cbc', 'eda080', 'fe', 'c0af'])
      expect(stringFromBase64Url(Buffer.from(hex, 'hex').toString('base64url'))).toBeUndefined()
  })
})
