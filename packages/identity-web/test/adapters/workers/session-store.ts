import { durableObjectStore, type SessionObjectNamespace } from 'identity-web/durable-object'
import type { CreateStore } from '../hosts/hosts-in-turn.ts'

/** Sessions of a worker, in a Durable Object for each host. */
export const createSessionStore: CreateStore = (host, environment) => {
  const { SESSIONS } = environment as { readonly SESSIONS: SessionObjectNamespace }
  return durableObjectStore(SESSIONS, { name: `host-${host}` })
}
