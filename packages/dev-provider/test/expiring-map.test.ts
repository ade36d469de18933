import { expect, test } from 'vitest'
import { createExpiringMap, MAX_ENTRIES } from '../src/state/expiring-map.js'

test('an entry expires exactly at its time', () => {
  let now = 0
  const map = createExpiringMap<string>(() => now)
  map.set('a', 'A', 10)

  now = 9
  expect(map.get('a')).toBe('A')
  expect(map.values()).toEqual(['A'])
  now = 10
  expect(map.get('a')).toBeUndefined()
  expect(map.values()).toEqual([])
})

test('an entry that is set again is removed last', () => {
  const map = createExpiringMap<number>(() => 0)
  for (let index = 0; index < MAX_ENTRIES; index++) map.set(`k${index}`, index, 100)
  map.set('k0', 0, 100)
  map.set('x', 1, 100)

  expect(map.get('k0')).toBe(0)
  expect(map.get('k1')).toBeUndefined()
})

test('a full map removes expired entries first, then the oldest', () => {
  let now = 0
  const map = createExpiringMap<number>(() => now)
  map.set('short', -1, 1)
  for (let index = 0; index < MAX_ENTRIES - 1; index++) map.set(`k${index}`, index, 100)
  now = 2
  map.set('x', 1, 100)
  expect(map.get('k0')).toBe(0)

  map.set('y', 2, 100)
  expect(map.get('k0')).toBeUndefined()
  expect(map.get('k1')).toBe(1)
  expect(map.get('y')).toBe(2)
})
