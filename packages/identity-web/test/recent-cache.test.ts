import { expect, test } from 'vitest'
import { createRecentCache } from '../src/caches.ts'

const sealed = (name: string | number): string => String(name).padStart(60, '0')

test('returns the value that was set', () => {
  const cache = createRecentCache<string>()
  cache.set(sealed('a'), 'value')

  expect(cache.get(sealed('a'))).toBe('value')
  expect(cache.get(sealed('b'))).toBeUndefined()
})

test('does not confuse strings with the same end', () => {
  const cache = createRecentCache<string>()
  cache.set(`right${sealed('a')}`, 'value')

  expect(cache.get(`forged${sealed('a')}`)).toBeUndefined()
  expect(cache.get(sealed('a'))).toBeUndefined()
})

test('does not confuse strings with the same end in the older generation', () => {
  const cache = createRecentCache<string>()
  cache.set(`right${sealed('a')}`, 'value')
  for (let at = 0; at < 1000; at++) cache.set(sealed(at), 'young')

  expect(cache.get(`forged${sealed('a')}`)).toBeUndefined()
  expect(cache.get(`right${sealed('a')}`)).toBe('value')
})

test('keeps used entries, and forgets unused ones after two thousand others', () => {
  const cache = createRecentCache<string>()
  cache.set(sealed('used'), 'used')
  cache.set(sealed('unused'), 'unused')

  for (let at = 0; at < 2500; at++) {
    cache.set(sealed(at), 'other')
    expect(cache.get(sealed('used'))).toBe('used')
  }

  expect(cache.get(sealed('unused'))).toBeUndefined()
})

test('forgets long strings sooner, because it also limits the number of characters', () => {
  const cache = createRecentCache<number>()
  const long = (at: number): string => 'x'.repeat(4_000_000) + sealed(at)

  for (let at = 0; at < 4; at++) cache.set(long(at), at)

  expect([0, 1, 2, 3].map((at) => cache.get(long(at)))).toEqual([undefined, undefined, 2, 3])
})

test('accepts short strings as keys', () => {
  const cache = createRecentCache<string>()
  cache.set('a', 'value')

  expect(cache.get('a')).toBe('value')
})
