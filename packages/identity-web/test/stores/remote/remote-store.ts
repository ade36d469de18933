import type { SessionStore, StoreLock } from 'identity-web'
import type { RemoteCall, RemoteResult } from './call.ts'

/** A store in another process, which `serveStore` serves. So the contract of stores tests it in another runtime. */
export function remoteStore(url: () => URL): Required<SessionStore> {
  async function call(method: string, args: readonly unknown[], lock?: string): Promise<unknown> {
    const body: RemoteCall = { method, args, lock }
    const response = await fetch(url(), { method: 'POST', body: JSON.stringify(body) })
    const result = (await response.json()) as RemoteResult
    if ('error' in result) throw new Error(result.error)
    return result.lock === undefined ? result.value : lockOf(result.lock)
  }

  const lockOf = (id: string): StoreLock => ({
    set: async (...args) => (await call('set', args, id)) as boolean,
    release: async () => void (await call('release', [], id)),
  })

  return {
    get: async (...args) => call('get', args),
    set: async (...args) => call('set', args),
    delete: async (...args) => call('delete', args),
    getMany: async (...args) => (await call('getMany', args)) as unknown[],
    touch: async (...args) => call('touch', args),
    lock: async (...args) => (await call('lock', args)) as StoreLock | undefined,
  }
}
