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
            expect(stringFromBase64Url(value) !== undefined).toBe(isOwn)
          }
        },
      ),
      { numRuns: 2000, seed: 1 },
    )
  })

  test.for([1, 2, 3])('has other spellings that Node.js reads: %i bytes', (length) => {
    expect(lenientSpellingsOf(toBase64Url(new Uint8Array(length))).length).toBeGreaterThan(5)
  })
})
