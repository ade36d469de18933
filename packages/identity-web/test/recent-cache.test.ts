import { expect, test } from 'vitest'
import { createRecentCache } from '../src/recent-cache.ts'

const sealed = (name: string | number): string => String(name).padStart(60, '0')

test('what was set is found again', () => {
  const cache = createRecentCache<string>()
  cache.set(sealed('a'), 'value')

  expect(cache.get(sealed('a'))).toBe('value')
  expect(cache.get(sealed('b'))).toBeUndefined()
})

test('a text with the same end is not taken for another', () => {
  const cache = createRecentCache<string>()
  cache.set(`right${sealed('a')}`, 'value')

  expect(cache.get(`forged${sealed('a')}`)).toBeUndefined()
  expect(cache.get(sealed('a'))).toBeUndefined()
})

test('a text with the same end is not taken for another of the older generation either', () => {
  const cache = createRecentCache<string>()
  cache.set(`right${sealed('a')}`, 'value')
  for (let at = 0; at < 1000; at++) cache.set(sealed(at), 'young')

  expect(cache.get(`forged${sealed('a')}`)).toBeUndefined()
  expect(cache.get(`right${sealed('a')}`)).toBe('value')
})

test('what is used survives, what is not is forgotten after two thousand others', () => {
  const cache = createRecentCache<string>()
  cache.set(sealed('used'), 'used')
  cache.set(sealed('unused'), 'unused')

  for (let at = 0; at < 2500; at++) {
    cache.set(sealed(at), 'other')
    expect(cache.get(sealed('used'))).toBe('used')
  }

  expect(cache.get(sealed('unused'))).toBeUndefined()
})

test('long texts are forgotten sooner: memory is bounded in characters too', () => {
  const cache = createRecentCache<number>()
  const long = (at: number): string => 'x'.repeat(4_000_000) + sealed(at)

  for (let at = 0; at < 4; at++) cache.set(long(at), at)

  expect([0, 1, 2, 3].map((at) => cache.get(long(at)))).toEqual([undefined, undefined, 2, 3])
})

test('short texts are keys as well', () => {
  const cache = createRecentCache<string>()
  cache.set('a', 'value')

  expect(cache.get('a')).toBe('value')
})
