import { expiryOf, type Lifetimes, type Session } from '../../session/index.ts'
import type { SignInFlow } from '../../flows/flow.ts'
import type { BrowserSession } from './browser-session.ts'
import { toSessionView, type ViewServices } from './session-view.ts'

/** The parts of an `Auth` that describe its session to a script. */
export interface BrowserSessionServices<User> extends ViewServices<User> {
  readonly flow: SignInFlow
  readonly lifetimes: Lifetimes
  /** Unix time in seconds. */
  readonly now: () => number
}

/**
 * Describes a session to a script.
 *
 * @throws IdentityError `configuration` if `sessionView` fails, or if JSON cannot express its result.
 */
export function toBrowserSession<User>(
  services: BrowserSessionServices<User>,
  session: Session | undefined,
): BrowserSession {
  const { flow, lifetimes, now } = services
  const loginUrl = loginUrlOf(flow)
  if (session === undefined) return { user: null, loginUrl }
  const endsAt = Math.min(session.endsAt, session.startedAt + lifetimes.absolute)
  const secondsUntil = (time: number): number => Math.max(0, Math.floor(time - now()))
  return {
    user: toSessionView(services, session),
    expiresInSeconds: secondsUntil(expiryOf(session, lifetimes)),
    absoluteExpiresInSeconds: secondsUntil(endsAt),
    loginUrl,
    logoutUrl: flow.paths.logout,
  }
}

/** Returns the path that starts a sign-in. The script adds the page to return to. */
function loginUrlOf(flow: SignInFlow): string {
  if (flow.kind !== 'platform') return flow.paths.login
  return flow.platform.loginUrl({ returnTo: flow.location.homePath, parameters: {} })
}
