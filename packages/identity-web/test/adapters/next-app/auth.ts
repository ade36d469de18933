import { memoryStore } from 'identity-web'
import { Auth, type SessionStore } from 'identity-web/next'
import { now } from './clock.ts'

/** The application's own; its other options come from the environment. */
export const auth = new Auth({
  now,
  timeout: 2,
  logger: {},
  ...(process.env.SESSIONS_IN_MEMORY && { session: { store: sharedStore() } }),
})

// One for the process: Next.js may load this module several times.
function sharedStore(): SessionStore {
  const shared = globalThis as { store?: SessionStore }
  return (shared.store ??= memoryStore())
}
