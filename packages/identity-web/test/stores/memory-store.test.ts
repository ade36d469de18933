import { memoryStore } from 'identity-web'
import { describe, expect, test, vi } from 'vitest'
import { storeContract } from './contract.ts'

storeContract('a Map', () => ({ store: new Map<string, string>() }), { expires: false })
storeContract('memoryStore', () => ({ store: memoryStore() }), {
  getMany: true,
  touch: true,
  lock: true,
})

describe('memoryStore', () => {
  test('returns values without a promise, so that a guard does not have to wait', () => {
    const store = memoryStore()

    store.set('key', 'value', 1000)

    expect(store.get('key')).toBe('value')
    expect(store.getMany(['key', 'other'])).toEqual(['value', undefined])
    store.touch('key', 1000)
    store.delete('key')
    expect(store.get('key')).toBeUndefined()
  })

  test('does not share values with another memoryStore', () => {
    const store = memoryStore()
    store.set('key', 'value', 1000)

    expect(memoryStore().get('key')).toBeUndefined()
  })

  test('removes expired values that are never read again', async () => {
    vi.useFakeTimers()
    try {
      const store = memoryStore()
      const forgotten: string[] = []
      const registry = new Set<string>()
      const remove = Map.prototype.delete
      vi.spyOn(Map.prototype, 'delete').mockImplementation(function (
        this: Map<string, unknown>,
        key,
      ) {
        forgotten.push(String(key))
        return remove.call(this, key)
      })

      for (let user = 0; user < 1000; user++) {
        registry.add(`short-${user}`)
        store.set(`short-${user}`, 'value', 1000)
      }
      vi.advanceTimersByTime(1001)
      for (let user = 0; user < 1000; user++) store.set(`long-${user}`, 'value', 1000)

      expect(forgotten.filter((key) => registry.has(key)).length).toBe(1000)
    } finally {
      vi.useRealTimers()
    }
  })

  test('does not start a timer, which would keep the process alive', () => {
    vi.useFakeTimers()
    try {
      const store = memoryStore()
      store.set('key', 'value', 1000)

      expect(vi.getTimerCount()).toBe(0)
    } finally {
      vi.useRealTimers()
    }
  })

  test('does not use the system time, which can be set back', async () => {
    vi.useFakeTimers()
    try {
      const store = memoryStore()
      store.set('key', 'value', 1000)

      vi.setSystemTime(Date.now() - 3_600_000)
      vi.advanceTimersByTime(1001)

      expect(store.get('key')).toBeUndefined()
    } finally {
      vi.useRealTimers()
    }
  })
})
