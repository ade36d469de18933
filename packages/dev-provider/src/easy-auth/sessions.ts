import { randomBytes } from 'node:crypto'
import { createExpiringMap } from '../state/expiring-map.js'
import type { PlatformTokens, StartedSignIn } from './entra-client.js'

/** The name of the cookie that App Service uses. */
export const SESSION_COOKIE = 'AppServiceAuthSession'

/** The lifetime of a session at App Service. */
const SESSION_SECONDS = 8 * 3600
const SIGN_IN_SECONDS = 600

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

export function createPlatformSessions(now: () => number): PlatformSessions {
  const seconds = (): number => now() / 1000
  const sessions = createExpiringMap<PlatformTokens>(seconds)
  const pending = createExpiringMap<PendingSignIn>(seconds)
  return {
    start(tokens) {
      const id = randomBytes(32).toString('base64url')
      sessions.set(id, tokens, SESSION_SECONDS)
      return id
    },
    find: (id = '') => sessions.get(id),
    replace: (id, tokens) => sessions.set(id, tokens, SESSION_SECONDS),
    end: (id = '') => sessions.delete(id),
    keep: (signIn) => pending.set(signIn.state, signIn, SIGN_IN_SECONDS),
    take(state) {
      const signIn = pending.get(state)
      pending.delete(state)
      return signIn
    },
    clear: () => sessions.clear(),
  }
}
