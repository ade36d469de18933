import { memoryStore } from 'identity-web'
import type { SessionStore } from 'identity-web/next'

/** A store for the process: Next.js bundles the proxy apart from the pages, so a module's own would be two. */
export function sharedStore(name: string): SessionStore {
  const { stores } = shared
  const store = stores.get(name) ?? memoryStore()
  stores.set(name, store)
  return store
}

const shared = globalThis as unknown as { stores: Map<string, SessionStore> }
// oxlint-disable-next-line typescript/no-unnecessary-condition -- not before the first
shared.stores ??= new Map()
