import type { Session } from './session.ts'
import { selectsSession, type EndedSessions } from './store/revocations.ts'

/** Announces the sessions that end in this process to the connections that use them. */
export interface SessionEnds {
  announce(ended: EndedSessions): void
  /** Returns the position in the log of announcements. */
  position(): number
  /**
   * Calls a function when a session ends, also if it ended after a position in the log.
   *
   * @returns A function that stops this.
   */
  watch(watched: WatchedSession, onEnd: () => void): () => void
}

/** A session, and the position from which on its end counts. */
export interface WatchedSession {
  readonly session: Session
  readonly since: number
}

/** The announcements that are kept. They are needed only between an authentication and the start of its watch. */
const MAX_LOG = 256

export function createSessionEnds(): SessionEnds {
  const watchers = new Set<{ readonly session: Session; readonly onEnd: () => void }>()
  const log: EndedSessions[] = []
  let count = 0

  return {
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
  }
}
