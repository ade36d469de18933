import { beforeEach, describe, expect, test } from 'vitest'
import {
  createRemoteDocument,
  type RemoteDocument,
} from '../../src/authority/provider-documents.ts'

const DAY = 24 * 3600

let time: number
let loads: number
let failure: Error | undefined
let document: RemoteDocument<string>

beforeEach(() => {
  time = 1_000_000
  loads = 0
  failure = undefined
  document = createRemoteDocument(
    async () => {
      loads += 1
      const version = `version ${loads}`
      await Promise.resolve()
      if (failure !== undefined) throw failure
      return version
    },
    () => time,
  )
})

describe('a document', () => {
  test('is not fetched before it is needed', () => {
    expect(loads).toBe(0)
  })

  test('is fetched once for concurrent callers, and cached', async () => {
    const all = await Promise.all([document.get(), document.get(), document.refresh()])
    time += DAY - 1

    expect(all).toEqual(['version 1', 'version 1', 'version 1'])
    expect(await document.get()).toBe('version 1')
    expect(loads).toBe(1)
  })

  test('is fetched again after a day', async () => {
    await document.get()
    time += DAY

    expect(await document.get()).toBe('version 2')
    expect(await document.get()).toBe('version 2')
  })

  test('is fetched again when the clock was set back by more than a day', async () => {
    await document.get()
    time -= DAY

    expect(await document.get()).toBe('version 2')
  })

  test('that is old is used while the provider is down, with a request every half minute', async () => {
    await document.get()
    time += DAY
    failure = new Error('down')

    expect(await document.get()).toBe('version 1')
    time += 29
    expect(await document.get()).toBe('version 1')
    expect(loads).toBe(2)
    time += 1
    expect(await document.get()).toBe('version 1')
    expect(loads).toBe(3)

    failure = undefined
    time += 30
    expect(await document.get()).toBe('version 4')
  })
})

describe('a document that was never fetched', () => {
  test('fails with the reason, and is not requested again within a second', async () => {
    failure = new Error('down')

    await expect(document.get()).rejects.toThrow('down')
    await expect(document.get()).rejects.toThrow('down')
    await expect(document.refresh()).rejects.toThrow('down')
    expect(loads).toBe(1)
  })

  test('is fetched a second after the provider has recovered', async () => {
    failure = new Error('down')
    await document.get().catch(() => undefined)
    failure = undefined
    time += 1

    expect(await document.get()).toBe('version 2')
  })

  test('fails for all concurrent callers', async () => {
    failure = new Error('down')

    const results = await Promise.allSettled([document.get(), document.get(), document.get()])

    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    expect(loads).toBe(1)
  })
})

describe('a newer document', () => {
  test('is not requested if the document was fetched a moment ago', async () => {
    await document.get()
    time += 29

    expect(await document.refresh()).toBe('version 1')
    expect(loads).toBe(1)
  })

  test('is requested after half a minute, and again half a minute later', async () => {
    await document.get()
    time += 30

    expect(await document.refresh()).toBe('version 2')
    expect(await document.refresh()).toBe('version 2')
    time += 30
    expect(await document.refresh()).toBe('version 3')
  })

  test('that cannot be fetched leaves the cached one, and is not requested again immediately', async () => {
    await document.get()
    time += 30
    failure = new Error('down')

    expect(await document.refresh()).toBe('version 1')
    expect(await document.refresh()).toBe('version 1')
    expect(loads).toBe(2)
    time += 30
    failure = undefined
    expect(await document.refresh()).toBe('version 3')
  })

  test('clears the previous failure', async () => {
    await document.get()
    time += 30
    failure = new Error('down')
    await document.refresh()
    failure = undefined
    time += 30
    await document.refresh()
    time += DAY

    expect(await document.get()).toBe('version 4')
  })
})
