import { IdentityError } from 'identity-web'
import { durableObjectStore, type SessionObjectNamespace } from 'identity-web/durable-object'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { bundleWorker, startWorkers, type RunningWorkers } from '../support/worker.ts'
import { storeContract } from './contract.ts'
import { remoteStore } from './remote/remote-store.ts'

// The store runs in a worker, and the object in workerd too.
let workers: RunningWorkers
beforeAll(async () => {
  const script = await bundleWorker(new URL('durable-object/store-worker.ts', import.meta.url))
  const objects = { SESSIONS: { className: 'ObservedSessions', useSQLite: true } }
  workers = await startWorkers(script, [{ durableObjects: objects }])
})
afterAll(() => workers.close())

const urlOf = (path: string): URL => new URL(path, workers.urls[0])
const storeNamed = (name: string) => remoteStore(() => urlOf(`/store/${name}`))
const rowsOf = async (name: string): Promise<string[]> => {
  const rows = (await (await fetch(urlOf(`/rows/${name}`))).json()) as { readonly key: string }[]
  return rows.map(({ key }) => key)
}

storeContract('a Durable Object', () => ({ store: storeNamed('contract') }), {
  getMany: true,
  touch: true,
  lock: true,
})

describe('durableObjectStore', () => {
  test('deletes expired values by an alarm, without a request', async () => {
    const store = storeNamed('alarms')
    await store.set('long', 'value', 60_000)
    await store.set('short', 'value', 50)

    await vi.waitFor(async () => expect(await rowsOf('alarms')).toEqual(['long']), 20_000)
  })

  test('waits a minute between two alarms, and does not return expired values until then', async () => {
    const store = storeNamed('pause')
    await store.set('first', 'value', 1)
    await vi.waitFor(async () => expect(await rowsOf('pause')).toEqual([]), 20_000)

    await store.set('second', 'value', 1)

    await vi.waitFor(async () => expect(await store.get('second')).toBeNull(), 20_000)
    expect(await rowsOf('pause')).toEqual(['second'])
  })

  test('keeps its values and its locks when Cloudflare restarts the object', async () => {
    const store = storeNamed('restart')
    await store.set('key', 'value', 60_000)
    const lock = await store.lock('key', 60_000)

    const aborted = await fetch(urlOf('/abort/restart'))

    expect(aborted.status).toBe(500)
    expect(await store.get('key')).toBe('value')
    expect(await store.lock('key', 60_000)).toBeUndefined()
    expect(await lock?.set('key', 'mine', 60_000)).toBe(true)
  })

  test('rejects the call of a later version, which must not look like a success', async () => {
    const body = JSON.stringify({ method: 'later', key: 'key', value: 'MARKED' })

    const response = await fetch(urlOf('/call/later'), { method: 'POST', body })

    expect(response.status).toBe(500)
    expect(await response.text()).toBe(
      'Error: IdentitySessions does not know this call. Deploy the worker again.',
    )
  })

  test('separates the applications of one namespace by their names', async () => {
    const [shop, desk] = [storeNamed('shop'), storeNamed('desk')]

    await shop.set('key', 'of the shop', 60_000)

    expect(await desk.get('key')).toBeNull()
    expect(await desk.lock('key', 60_000)).toBeDefined()
  })

  test('asks for an object in the region of locationHint', async () => {
    const asked: unknown[] = []
    // workerd has one region, so a namespace of the test records the option.
    const namespace: SessionObjectNamespace = {
      idFromName: (name) => name,
      get(...args: readonly unknown[]) {
        asked.push(args)
        return { fetch: async () => Response.json([null]) }
      },
    }

    await durableObjectStore(namespace, { locationHint: 'weur' }).get('key')

    expect(asked).toEqual([['sessions', { locationHint: 'weur' }]])
  })

  test.each([undefined, null, {}, new Map()])(
    'rejects %o, which is not a namespace, and says what to add',
    (namespace) => {
      const create = (): unknown => durableObjectStore(namespace as never)

      expect(create).toThrow(IdentityError)
      expect(create).toThrow(/Export IdentitySessions.*wrangler\.jsonc.*new_sqlite_classes/)
    },
  )
})
