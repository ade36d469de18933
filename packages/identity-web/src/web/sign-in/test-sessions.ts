// The users whom tests sign in.
import type { AuthorityKind } from '../../authority/index.ts'
import { configurationError, IdentityError } from '../../errors.ts'
import type { Claims } from '../../session/index.ts'
import { ownUrl } from '../../seams/site.ts'
import type { UserServices } from '../users/services.ts'

/** A user whom a test signs in. */
export interface TestSignIn {
  /** The claims of the ID token, with `exp`. */
  readonly claims: Claims
  /** The response of a token endpoint. If it is not set, the session does not have tokens. */
  readonly tokens?: Readonly<Record<string, unknown>>
  /** The scopes that the tokens were requested with. */
  readonly scopes?: readonly string[]
}

/** The session of a test. */
export interface TestSession {
  /** The `Set-Cookie` values of the session. */
  readonly setCookies: readonly string[]
  /** The user that `onLogin` returned, or the claims. */
  readonly user: unknown
  readonly claims: Claims
}

/**
 * The part of an application that the testing kit of `identity-web-dev` uses. Another version of the kit can read it, so
 * do not rename its members.
 */
export interface TestAccess {
  readonly kind: AuthorityKind
  readonly authority: string
  readonly clientId: string
  /** The default scopes of a sign-in. */
  readonly scopes: readonly string[]
  /** The URL of the callback at this deployment. `undefined` without a redirect URI. */
  readonly redirectUri: string | undefined
  /** Returns the Unix time in seconds. */
  now(): number
  /** Starts a session without a sign-in, and calls `onLogin`. */
  start(signIn: TestSignIn): Promise<TestSession>
}

/**
 * Returns the functions of an application that the testing kit uses.
 *
 * @param start - Starts a session without a sign-in.
 * @throws IdentityError `configuration` if the application runs in production. `NODE_ENV` alone does not decide that,
 *   because servers and edge runtimes may not have it.
 */
export function createTestAccess<User>(
  services: UserServices<User>,
  start: TestAccess['start'],
): TestAccess {
  const { site, isProduction, now, provider } = services
  if (isProduction) throw inProduction()
  const { clientId, issuing } = provider.client
  const { kind, url } = issuing.authority
  return {
    kind,
    authority: url,
    clientId,
    scopes: provider.signInDefaults.scopes,
    redirectUri: site.signIn.kind === 'code' ? ownUrl(site, site.paths.callback) : undefined,
    now,
    start,
  }
}

function inProduction(): IdentityError {
  return configurationError(
    "This Auth runs in production, so the testing kit is not available, because it creates sessions without a sign-in. In a test, set NODE_ENV to test, or set Auth({ environment: 'development' }). Without these settings, an application is in development only if its redirectUri is on localhost.",
  )
}
