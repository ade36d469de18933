// Deletes a session cookie that cannot be read.
import type { HttpContext } from '../../http-context.ts'
import { andThen, type MaybePromise } from '../../maybe-promise.ts'
import type { SessionStrategy, UnreadableCookie } from '../../session/index.ts'
import type { EventEmitter } from '../../event-emitter.ts'

const REASONS: Readonly<Record<UnreadableCookie['reason'], string>> = {
  foreign:
    'The cookie was created with another session.secret or by another application. If several applications use this host, set a different name for each: Auth({ session: { cookie: { name } } }). To replace a secret, keep the old one in the list: Auth({ session: { secret: [new, old] } }).',
  damaged: 'A part of the cookie is missing, or the cookie was changed.',
}

/**
 * Deletes the session cookie of a request if the cookie cannot be read. Otherwise, the browser would send this cookie
 * until it expires.
 */
export interface UnreadableCookies {
  delete(http: HttpContext, cookieHeader: string): MaybePromise<undefined>
}

/**
 * Creates the function that deletes unreadable cookies. It logs each reason only once, because anyone can send such a
 * cookie.
 */
export function createUnreadableCookies(
  sessions: SessionStrategy,
  events: EventEmitter,
): UnreadableCookies {
  const logged = new Set<string>()
  return {
    delete: (http, cookieHeader) =>
      andThen(sessions.findUnreadable(cookieHeader), (found) => {
        if (found === undefined) return undefined
        const { name, reason, deletions } = found
        http.setCookies(deletions)
        if (!logged.has(reason)) {
          logged.add(reason)
          events.emit('session.unreadable', {
            level: 'warn',
            message: `The session cookie ${name} cannot be read, so it is deleted. ${REASONS[reason]}`,
          })
        }
        return undefined
      }),
  }
}
