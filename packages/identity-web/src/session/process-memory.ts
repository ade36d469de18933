// Remembers changed users, for parallel requests, and ended sessions.
import { addCacheEntry, type ExpiringEntry } from '../caches.ts'
import type { HttpContext } from '../http-context.ts'
import { toDeletion } from './cookies.ts'
import type { Session } from './session.ts'
import type { SessionStrategy } from './strategy.ts'
import { selectsSession, type EndedSessions } from './store/revocations.ts'

/**
 * The time in seconds for which a changed user is remembered, because requests with the previous cookie arrive within
 * this time.
 */
const MEMORY_SECONDS = 120

/** The properties of a session that change together with its user. */
type UserFields = Pick<Session, 'user' | 'userChangedAt' | 'earlierEnds'>

interface Entry extends ExpiringEntry {
  readonly fields: UserFields
}

/**
 * Remembers, for a short time, the users that changed during their session.
 *
 * A browser sends requests at the same time, and one request can store its session several times. A later write starts
 * with the session in the request's cookie, which contains the previous user. Without this memory, the write would
 * restore the previous user.
 */
export interface LatestUsers {
  /**
   * Records a session's user when the user changed.
   *
   * @returns A function that forgets the user again. Call it if the session could not be stored.
   */
  record(session: Session): () => void
  /** Returns a session with its newest user. */
  apply(session: Session): Session
}

/** @param now - Returns the Unix time in seconds. */
export function createLatestUsers(now: () => number): LatestUsers {
  const entries = new Map<string, Entry>()
  return {
    record({ id, user, userChangedAt, earlierEnds }) {
      const fields: UserFields = {
        user,
        ...(userChangedAt !== undefined && { userChangedAt }),
        ...(earlierEnds && { earlierEnds }),
      }
      const entry = { fields, expiresAt: now() + MEMORY_SECONDS }
      const previous = entries.get(id)
      addCacheEntry(id, entry, { in: entries, now: now() })
      return () => {
        // A later change stays.
        if (entries.get(id) !== entry) return
        entries.delete(id)
        if (previous !== undefined) addCacheEntry(id, previous, { in: entries, now: now() })
      }
    },

    apply(session) {
      const entry = entries.get(session.id)
      if (entry === undefined || entry.expiresAt <= now()) return session
      const isNewer = (entry.fields.userChangedAt ?? 0) > (session.userChangedAt ?? 0)
      return isNewer ? { ...session, ...entry.fields } : session
    },
  }
}

/** Makes every write of a strategy store its session's newest user. */
export function withLatestUsers(strategy: SessionStrategy, users: LatestUsers): SessionStrategy {
  const { withTokenLock } = strategy
  return {
    ...strategy,
    update: (cookieHeader, session, tokens) =>
      strategy.update(cookieHeader, users.apply(session), tokens),
    ...(withTokenLock && {
      withTokenLock: (cookieHeader, session, { waits, run }) =>
        withTokenLock(cookieHeader, session, {
          waits,
          run: (locked) =>
            run({
              ...locked,
              save: (changed, tokens) => locked.save(users.apply(changed), tokens),
            }),
        }),
    }),
  }
}

/** Announces the sessions that end in this process to the connections that use them. */
export interface SessionEnds {
  announce(ended: EndedSessions): void
  /** Returns the position in the log of announcements. */
  position(): number
  /**
   * Calls a function when a session ends, or at once if the session has ended after a position in the log.
   *
   * @returns A function that stops this.
   */
  watch(watched: WatchedSession, onEnd: () => void): () => void
  /**
   * Sets a changed session's cookies. If the session ends before the response is sent, the cookies are removed again,
   * because they would restore the session in the browser.
   *
   * @returns `false` if the response headers were already sent.
   */
  setCookies(http: HttpContext, watched: WatchedSession, cookies: readonly string[]): boolean
}

/** A session, and the position after which its end counts. */
export interface WatchedSession {
  readonly session: Session
  readonly since: number
}

/**
 * The number of announcements that are kept. They are needed only between an authentication and the start of its watch.
 */
const MAX_LOG = 256
/** The number of responses that are watched. Few requests refresh a session. */
const MAX_UNSENT = 1000

export function createSessionEnds(): SessionEnds {
  const watchers = new Set<{ readonly session: Session; readonly onEnd: () => void }>()
  const log: EndedSessions[] = []
  const unsent = new Set<{ readonly http: HttpContext; readonly stop: () => void }>()
  let count = 0

  const ends: SessionEnds = {
    position: () => count,

    announce(ended) {
      count += 1
      log.push(ended)
      if (log.length > MAX_LOG) log.shift()
      for (const watcher of watchers) {
        if (selectsSession(ended, watcher.session)) watcher.onEnd()
      }
    },

    watch({ session, since }, onEnd) {
      const recent = log.slice(Math.max(0, log.length - (count - since)))
      if (recent.some((ended) => selectsSession(ended, session))) {
        // Later, so that the caller can first listen to its signal.
        queueMicrotask(onEnd)
      }
      const watcher = { session, onEnd }
      watchers.add(watcher)
      return () => void watchers.delete(watcher)
    },

    setCookies(http, watched, cookies) {
      if (!http.setCookies(cookies)) return false
      for (const response of unsent) {
        if (!response.http.isResponseSent && unsent.size < MAX_UNSENT) continue
        response.stop()
        unsent.delete(response)
      }
      const stop = ends.watch(watched, () => {
        if (http.isResponseSent) return
        // A deletion would also sign the user out of a newer session.
        if (http.removeCookies === undefined) http.setCookies(cookies.map(toDeletion))
        else http.removeCookies(cookies)
      })
      unsent.add({ http, stop })
      return true
    },
  }
  return ends
}
