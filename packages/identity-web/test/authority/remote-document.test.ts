import { describe, expect, test as base } from 'vitest'
import { createRemoteDocument } from '../../src/authority/provider-documents.ts'

const DAY = 24 * 3600

const test = base.extend('source', () => {
  const state = { time: 1_000_000, loads: 0, failure: undefined as Error | undefined }
  const document = createRemoteDocument(
    async () => {
      state.loads += 1
      const version = `version ${state.loads}`
      await Promise.resolve()
      if (state.failure !== undefined) throw state.failure
      return version
    },
    () => state.time,
  )
  return Object.assign(state, { document })
})

describe('a document', () => {
  test('is not fetched before it is needed', ({ source }) => {
    expect(source.loads).toBe(0)
  })

  test('is fetched once for concurrent callers, and cached', async ({ source }) => {
    const all = await Promise.all([
      source.document.get(),
      source.document.get(),
      source.document.refresh(),
    ])
    source.time += DAY - 1

    expect(all).toEqual(['version 1', 'version 1', 'version 1'])
    expect(await source.document.get()).toBe('version 1')
    expect(source.loads).toBe(1)
  })

  test('is fetched again after a day', async ({ source }) => {
    await source.document.get()
    source.time += DAY

    expect(await source.document.get()).toBe('version 2')
    expect(await source.document.get()).toBe('version 2')
  })

  test('is fetched again when the clock was set back by more than a day', async ({ source }) => {
    await source.document.get()
    source.time -= DAY

    expect(await source.document.get()).toBe('version 2')
  })

  test('that is old is used while the provider is down, with a request every half minute', async ({
    source,
  }) => {
    await source.document.get()
    source.time += DAY
    source.failure = new Error('down')

    expect(await source.document.get()).toBe('version 1')
    source.time += 29
    expect(await source.document.get()).toBe('version 1')
    expect(source.loads).toBe(2)
    source.time += 1
    expect(await source.document.get()).toBe('version 1')
    expect(source.loads).toBe(3)

    source.failure = undefined
    source.time += 30
    expect(await source.document.get()).toBe('version 4')
  })
})

describe('a document that could not be fetched for three days', () => {
  test('is used until then, and not afterwards', async ({ source }) => {
    await source.document.get()
    source.failure = new Error('down')
    source.time += 3 * DAY - 1
    expect(await source.document.get()).toBe('version 1')

    source.time += 31

    await expect(source.document.get()).rejects.toThrow('down')
    await expect(source.document.refresh()).rejects.toThrow('down')
  })

  test('is not used either if the clock was set back', async ({ source }) => {
    await source.document.get()
    source.failure = new Error('down')
    source.time -= 3 * DAY

    await expect(source.document.get()).rejects.toThrow('down')
  })

  test('is fetched a second after the provider has recovered', async ({ source }) => {
    await source.document.get()
    source.failure = new Error('down')
    source.time += 3 * DAY
    await expect(source.document.get()).rejects.toThrow('down')
    source.failure = undefined
    source.time += 1

    expect(await source.document.get()).toBe('version 3')
  })
})

describe('a document that was never fetched', () => {
  test('fails with the reason, and is not requested again within a second', async ({ source }) => {
    source.failure = new Error('down')

    await expect(source.document.get()).rejects.toThrow('down')
    await expect(source.document.get()).rejects.toThrow('down')
    await expect(source.document.refresh()).rejects.toThrow('down')
    expect(source.loads).toBe(1)
  })

  test('is fetched a second after the provider has recovered', async ({ source }) => {
    source.failure = new Error('down')
    await source.document.get().catch(() => undefined)
    source.failure = undefined
    source.time += 1

    expect(await source.document.get()).toBe('version 2')
  })

  test('fails for all concurrent callers', async ({ source }) => {
    source.failure = new Error('down')

    const results = await Promise.allSettled([
      source.document.get(),
      source.document.get(),
      source.document.get(),
    ])

    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    expect(source.loads).toBe(1)
  })
})

describe('a newer document', () => {
  test('is not requested if the document was fetched a moment ago', async ({ source }) => {
    await source.document.get()
    source.time += 29

    expect(await source.document.refresh()).toBe('version 1')
    expect(source.loads).toBe(1)
  })

  test('is requested after half a minute, and again a minute later', async ({ source }) => {
    await source.document.get()
    source.time += 30

    expect(await source.document.refresh()).toBe('version 2')
    source.time += 59
    expect(await source.document.refresh()).toBe('version 2')
    source.time += 1
    expect(await source.document.refresh()).toBe('version 3')
  })

  test('that cannot be fetched leaves the cached one, and is not requested again immediately', async ({
    source,
  }) => {
    await source.document.get()
    source.time += 30
    source.failure = new Error('down')

    expect(await source.document.refresh()).toBe('version 1')
    expect(await source.document.refresh()).toBe('version 1')
    expect(source.loads).toBe(2)
    source.time += 30
    source.failure = undefined
    expect(await source.document.refresh()).toBe('version 3')
  })

  test('clears the previous failure', async ({ source }) => {
    await source.document.get()
    source.time += 30
    source.failure = new Error('down')
    await source.document.refresh()
    source.failure = undefined
    source.time += 30
    await source.document.refresh()
    source.time += DAY

    expect(await source.document.get()).toBe('version 4')
  })
})
