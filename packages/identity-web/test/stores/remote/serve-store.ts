import type { SessionStore, StoreLock } from 'identity-web'
import type { RemoteCall, RemoteResult } from './call.ts'

type Methods = Readonly<Record<string, (...args: readonly unknown[]) => unknown>>

/** Lets `remoteStore` call a store of this process. */
export function serveStore(store: Required<SessionStore>): (request: Request) => Promise<Response> {
  const locks = new Map<string, StoreLock>()

  async function run({ method, args, lock }: RemoteCall): Promise<RemoteResult> {
    const target = (lock === undefined ? store : locks.get(lock)) as unknown as Methods
    try {
      const value = await target[method]?.(...args)
      if (method !== 'lock' || value === undefined) return { value }
      const id = crypto.randomUUID()
      locks.set(id, value as StoreLock)
      return { lock: id }
    } catch (error) {
      return { error: String(error) }
    }
  }

  return async (request) => Response.json(await run((await request.json()) as RemoteCall))
}
