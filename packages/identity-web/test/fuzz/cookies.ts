import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import {
  deleteChunks,
  findCookie,
  readChunks,
  writeChunks,
  type CookieAttributes,
} from '../../src/session/cookies.ts'
import { textTarget, valueTarget, type FuzzTarget } from './target.ts'

const NAME = '__Host-identity'
const ATTRIBUTES: CookieAttributes = { path: '/', secure: true, sameSite: 'Lax' }

const WORDS = [
  '; ',
  ';',
  '=',
  NAME,
  `${NAME}=`,
  `${NAME}.1=`,
  '1.',
  '2.',
  '9.',
  'x=y; ',
  '"',
  ',',
  ' ',
]

/** Returns the cookies of a header, split at `;` only (RFC 6265, section 5.4). */
function pairsOf(header: string): [name: string, value: string][] {
  return header
    .split(';')
    .filter((pair) => pair.includes('='))
    .map((pair) => {
      const equals = pair.indexOf('=')
      return [pair.slice(0, equals).trim(), pair.slice(equals + 1).trim()]
    })
}

/** Returns the header that a browser sends after it received `Set-Cookie` values. */
function afterResponse(header: string, cookies: readonly string[]): string {
  const nameOf = (pair: string): string => pair.replace(/^ +/, '').split('=', 1)[0] ?? ''
  const names = new Set(cookies.map(nameOf))
  const kept = header.split(';').filter((pair) => pair.trim() !== '' && !names.has(nameOf(pair)))
  const added = cookies.filter((cookie) => !cookie.includes('; Max-Age=0;'))
  return [...kept, ...added.map((cookie) => cookie.split(';', 1)[0])].join('; ')
}

const encrypted = fc.string({ unit: fc.constantFrom(...Array.from('abcXYZ019-_')), maxLength: 40 })
const long = fc
  .tuple(encrypted, fc.nat({ max: 34_000 }))
  .map(([text, length]) =>
    (text || 'a').repeat(Math.ceil(length / (text.length || 1))).slice(0, length),
  )

export const cookieTargets: readonly FuzzTarget[] = [
  textTarget({
    name: 'cookies/find',
    corpus: 'cookies',
    words: WORDS,
    runs: 2000,
    check(header) {
      const found = findCookie(header, NAME)
      // A value that is not a whole cookie would let another site of the domain choose it.
      const values = pairsOf(header).filter(([name]) => name === NAME)
      if (found === undefined) return
      assert.ok(
        values.some(([, value]) => value === found.trim()),
        `${JSON.stringify(found)} is not the value of a cookie`,
      )
    },
  }),
  textTarget({
    name: 'cookies/chunks',
    corpus: 'cookies',
    words: WORDS,
    runs: 1000,
    check(header) {
      const value = readChunks(header, NAME)
      assert.ok(value === undefined || value.length <= header.length)
      for (const cookie of deleteChunks(header, NAME, ATTRIBUTES)) assertSetCookie(cookie)
    },
  }),
  textTarget({
    name: 'cookies/response',
    corpus: 'cookies',
    words: WORDS,
    runs: 1000,
    check(header) {
      // What the application reads after its session was written is what was written.
      const cookies = writeChunks(header, { ...ATTRIBUTES, name: NAME, value: 'abc', maxAge: 60 })
      for (const cookie of cookies) assertSetCookie(cookie)
      assert.equal(readChunks(afterResponse(header, cookies), NAME), 'abc')
    },
  }),
  valueTarget({
    name: 'cookies/round-trip',
    arbitrary: fc.record({
      value: fc.oneof(encrypted, long),
      earlier: fc.oneof(encrypted, long),
      others: fc.array(fc.tuple(encrypted, encrypted), { maxLength: 4 }),
    }),
    runs: 200,
    check({ value, earlier, others }) {
      let header = others.map(([name, text]) => `x${name}=${text}`).join('; ')
      for (const text of [earlier, value]) {
        const cookies = writeChunks(header, { ...ATTRIBUTES, name: NAME, value: text, maxAge: 60 })
        for (const cookie of cookies) assert.ok((cookie.split(';')[0] ?? '').length <= 4096)
        header = afterResponse(header, cookies)
        assert.equal(readChunks(header, NAME), text)
      }
      header = afterResponse(header, deleteChunks(header, NAME, ATTRIBUTES))
      assert.ok(!pairsOf(header).some(([name]) => name.startsWith(NAME)))
    },
  }),
]

/** A name that the browser sent must not add attributes or another header. */
function assertSetCookie(cookie: string): void {
  assert.match(
    cookie,
    /^[^;=\s,"]+=[^;\s,"]*; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax; Secure$/,
  )
}
