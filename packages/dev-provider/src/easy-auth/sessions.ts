import { randomBytes } from 'node:crypto'
import type { PlatformTokens, StartedSignIn } from './entra-client.js'

/** The name of the cookie that App Service uses. */
export const SESSION_COOKIE = 'AppServiceAuthSession'

/** The lifetime of a session at App Service. */
const SESSION_MS = 8 * 3_600_000
const SIGN_IN_MS = 600_000

/** A sign-in that the browser has not finished. */
export interface PendingSignIn extends StartedSignIn {
  readonly returnTo: string
}

/** The sessions of the platform. They end together with the process. */
export interface PlatformSessions {
  /** Starts a session and returns its ID. */
  start(tokens: PlatformTokens): string
  find(id: string | undefined): PlatformTokens | undefined
  replace(id: string, tokens: PlatformTokens): void
  end(id: string | undefined): void
  keep(pending: PendingSignIn): void
  /** Returns a sign-in once. */
  take(state: string): PendingSignIn | undefined
  clear(): void
}

interface Expiring<T> {
  readonly value: T
  readonly until: number
}

export function createPlatformSessions(now: () => number): PlatformSessions {
  const sessions = new Map<string, Expiring<PlatformTokens>>()
  const pending = new Map<string, Expiring<PendingSignIn>>()

  const live = <T>(entry: Expiring<T> | undefined): T | undefined =>
    entry !== undefined && now() < entry.until ? entry.value : undefined

  return {
    start(tokens) {
      const id = randomBytes(32).toString('base64url')
      sessions.set(id, { value: tokens, until: now() + SESSION_MS })
      return id
    },
    find: (id) => live(sessions.get(id ?? '')),
    replace: (id, tokens) => {
      sessions.set(id, { value: tokens, until: now() + SESSION_MS })
    },
    end: (id) => void sessions.delete(id ?? ''),
    keep: (signIn) => {
      pending.set(signIn.state, { value: signIn, until: now() + SIGN_IN_MS })
    },
    take(state) {
      const entry = pending.get(state)
      pending.delete(state)
      return live(entry)
    },
    clear: () => sessions.clear(),
  }
}
