import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  cookieName,
  cookiePairs,
  deleteChunks,
  deleteCookie,
  findCookie,
  readChunks,
  setCookie,
  withSetCookies,
  writeChunks,
  type CookieAttributes,
} from '../../src/session/cookies.ts'

const attributes: CookieAttributes = { path: '/', secure: false, sameSite: 'Lax' }
const lasting = { ...attributes, maxAge: 60 }

/** Returns the `Cookie` header of a browser that had some cookies and received these `Set-Cookie` values. */
function headerAfter(setCookies: readonly string[], before = ''): string {
  const jar = new Map<string, string>()
  for (const pair of before.split('; ')) {
    if (pair !== '') jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
  }
  for (const line of setCookies) {
    const [pair = ''] = line.split('; ')
    const name = pair.slice(0, pair.indexOf('='))
    if (line.includes('Max-Age=0')) jar.delete(name)
    else jar.set(name, pair.slice(name.length + 1))
  }
  return [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
}

describe('findCookie', () => {
  test.each([
    ['a=1', 'a', '1'],
    ['a=1; b=2', 'b', '2'],
    ['a=1;b=2', 'b', '2'],
    ['b=2; a=1', 'b', '2'],
    ['a=', 'a', ''],
    ['a=x=y=z; b=2', 'a', 'x=y=z'],
    ['xa=1; a=2', 'a', '2'],
    ['a=1; a=2', 'a', '1'],
    ['b=a=1', 'a', undefined],
    ['xa=1', 'a', undefined],
    ['a', 'a', undefined],
    ['', 'a', undefined],
    ['A=1', 'a', undefined],
    ['a.1=1', 'a', undefined],
    ['xxa=1; xa=2; ya=3; a=4', 'a', '4'],
    // Only `;` separates cookies. A value may contain every other character.
    ['b=2 a=1', 'a', undefined],
    ['b=2  a=1', 'a', undefined],
    ['b a=1', 'a', undefined],
    [' a=1', 'a', '1'],
    ['b=2;   a=1', 'a', '1'],
    ['b=x a=1; a=2', 'a', '2'],
    ['b=2, a=1', 'a', undefined],
    ['b=2\ta=1', 'a', undefined],
    // `trim()` would remove these characters. Browsers send them as the start of the name.
    ['b=2; \u00a0a=1', 'a', undefined],
    ['\u00a0a=1', 'a', undefined],
    ['\ufeffa=1', 'a', undefined],
  ])('in %j finds %s: %j', (header, name, value) => {
    expect(findCookie(header, name)).toBe(value)
  })

  test('finds every cookie of a valid header', () => {
    const token = fc.string({ unit: fc.constantFrom('a', 'b', '-', '_', '.', '1'), minLength: 1 })
    fc.assert(
      fc.property(fc.dictionary(token, token, { maxKeys: 8 }), (jar) => {
        const header = Object.entries(jar)
          .map(([name, value]) => `${name}=${value}`)
          .join('; ')
        for (const [name, value] of Object.entries(jar)) {
          expect(findCookie(header, name)).toBe(value)
        }
      }),
      { seed: 1 },
    )
  })

  test('never throws, and never returns a value with a separator', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (header, name) => {
        expect(findCookie(header, name) ?? '').not.toContain(';')
        cookiePairs(header, name)
        readChunks(header, name)
      }),
      { numRuns: 1000, seed: 1 },
    )
  })
})

describe('cookiePairs', () => {
  test('returns the cookies with a prefix, with any spaces between them', () => {
    expect(cookiePairs('f-1=a;f-2=b;  f-3=c; g=d f-5=e; f-4', 'f-')).toEqual([
      'f-1=a',
      'f-2=b',
      'f-3=c',
      'f-4',
    ])
  })

  test('returns every cookie without a prefix, and an empty list for an empty header', () => {
    expect(cookiePairs('a=1; b=2')).toEqual(['a=1', 'b=2'])
    expect(cookiePairs('', 'a')).toEqual([])
  })

  test('separates cookies as findCookie does', () => {
    const character = fc.constantFrom('a', 'b', '=', ';', ' ', '\t', '\u00a0')
    fc.assert(
      fc.property(fc.string({ unit: character, maxLength: 20 }), (header) => {
        const first = cookiePairs(header).find((pair) => cookieName(pair) === 'a')
        expect(findCookie(header, 'a')).toBe(first?.includes('=') ? first.slice(2) : undefined)
      }),
      { numRuns: 2000, seed: 1 },
    )
  })
})

describe('withSetCookies', () => {
  test('adds, replaces and deletes cookies as a browser does', () => {
    const header = withSetCookies('a=1; b=2;c=3', [
      'b=; Path=/; Max-Age=0',
      'a=4; Path=/; Max-Age=60',
      'd=5',
    ])

    expect(header).toBe('c=3; a=4; d=5')
  })

  test('adds only cookies to an empty header, and skips empty parts', () => {
    expect(withSetCookies('', ['a=1; Path=/'])).toBe('a=1')
    expect(withSetCookies('a=1; ;; b=2', ['c=3'])).toBe('a=1; b=2; c=3')
  })

  test.each(['a=;max-age=0', 'a=; Max-Age=0', 'a=;  Max-Age=0; Path=/'])(
    'deletes the cookie of %j',
    (deletion) => expect(withSetCookies('a=1; b=2', [deletion])).toBe('b=2'),
  )

  test('does not turn the name of one cookie into that of another one', () => {
    expect(findCookie(withSetCookies('x=y a=1; \u00a0a=2', ['b=3']), 'a')).toBeUndefined()
  })
})

describe('chunks', () => {
  test('store a value in up to nine cookies', () => {
    fc.assert(
      fc.property(fc.nat({ max: 9 * 3800 }), fc.boolean(), (length, hadOthers) => {
        const value = 'abcdefg'.repeat(Math.ceil(length / 7)).slice(0, length)
        const before = hadOthers ? 's=3.old; s.1=old; s.2=old; other=1' : ''

        const header = headerAfter(writeChunks(before, { ...lasting, name: 's', value }), before)

        expect(readChunks(header, 's')).toBe(value)
      }),
      { seed: 1 },
    )
  })

  test('of a longer, earlier value are deleted, but not the cookies with a similar name', () => {
    const before = 's=3.a; s.1=b; s.2=c; s-tokens=2.d; s-tokens.1=e; s.1x=f; s.old=g; as.1=h'

    expect(headerAfter(writeChunks(before, { ...lasting, name: 's', value: 'x' }), before)).toBe(
      's=1.x; s-tokens=2.d; s-tokens.1=e; s.1x=f; s.old=g; as.1=h',
    )
    expect(headerAfter(deleteChunks(before, 's', attributes), before)).toBe(
      's-tokens=2.d; s-tokens.1=e; s.1x=f; s.old=g; as.1=h',
    )
  })

  test('cannot be more than nine', () => {
    const others = Array.from({ length: 20 }, (_, index) => `s.${index + 1}=b`).join('; ')

    expect(readChunks(`s=9.a; ${others}`, 's')).toBe('abbbbbbbb')
    expect(readChunks(`s=:.a; ${others}`, 's')).toBeUndefined()
    expect(readChunks(`s=0.a; ${others}`, 's')).toBeUndefined()
  })

  test('are small enough for every browser', () => {
    for (const cookie of writeChunks('', { ...lasting, name: 's', value: 'x'.repeat(20_000) })) {
      expect(cookie.length).toBeLessThan(4096)
    }
  })

  test('of a longer, earlier value are deleted, and cookies with other names stay', () => {
    const before = 's=3.a; s.1=b; s.2=c; s-tokens=1.x; s.x=1; s.123=1; sx=1'

    const cookies = writeChunks(before, { ...lasting, name: 's', value: 'short' })

    expect(cookies).toEqual([
      's=1.short; Path=/; Max-Age=60; HttpOnly; SameSite=Lax',
      's.1=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax',
      's.2=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax',
    ])
  })

  test('are all deleted, even if one between them is missing', () => {
    const deleted = deleteChunks('s.7=b; s=3.a; s-tokens=1.x; s.x=1', 's', attributes)

    expect(deleted.map((cookie) => cookie.slice(0, cookie.indexOf('=')))).toEqual(['s', 's.7'])
  })

  test('are not read if one is missing', () => {
    expect(readChunks('s=3.a; s.2=c', 's')).toBeUndefined()
    expect(readChunks('s=2.a', 's')).toBeUndefined()
    expect(readChunks('s.1=a', 's')).toBeUndefined()
  })

  test('are not read beyond the number in the first chunk', () => {
    expect(readChunks('s=2.a; s.1=b; s.2=c', 's')).toBe('ab')
    expect(readChunks('s=1.a; s.1=b', 's')).toBe('a')
  })

  test.each(['', '1', 'a', '.', '0.a', '-.a', ':.a', 'x.a', '10.a', '2a', '\u0000.a'])(
    'that start with %j are not read',
    (first) => {
      expect(readChunks(`s=${first}; s.1=b; s.2=c`, 's')).toBeUndefined()
    },
  )
})

describe('Set-Cookie', () => {
  test('contains the domain and Secure if they are configured', () => {
    expect(setCookie('a', 'b', { ...lasting, secure: true, domain: 'example.com' })).toBe(
      'a=b; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Domain=example.com; Secure',
    )
  })

  test('has the attributes of the cookie to delete, because browsers ignore it otherwise', () => {
    const strict: CookieAttributes = {
      path: '/x',
      secure: true,
      sameSite: 'None',
      domain: 'example.com',
    }

    expect(deleteCookie('a', strict)).toBe(
      'a=; Path=/x; Max-Age=0; HttpOnly; SameSite=None; Domain=example.com; Secure',
    )
  })
})
