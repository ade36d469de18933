import { ownMembers } from '../../own.ts'
import type { Lifetimes } from '../../session/index.ts'
import { secretFault } from '../../settings/check-secrets.ts'
import type { AppEnvironment } from '../../settings/environment.ts'
import { missing } from '../../settings/missing.ts'
import type { FailedCheck } from '../../settings/problems.ts'
import type { Environment } from '../../settings/provider-options.ts'
import type { SessionStore } from '../../store.ts'
import { resolveCookie, type ResolvedCookie } from './resolve-cookie.ts'
import type { SessionOptions } from './session-options.ts'

/** The options of sessions with defaults applied. */
export interface ResolvedSessionOptions extends ResolvedCookie {
  readonly secrets: readonly string[]
  readonly lifetimes: Lifetimes
  readonly store: SessionStore | undefined
  readonly denyList: SessionStore | undefined
  /** Seconds. */
  readonly storeTimeoutSeconds: number
}

const DAY = 86_400
const SECRET = Symbol.for('identity-web.development-secret')
const MAKE_SECRET = 'the output of `openssl rand -base64 32`'

/** Where the application runs, and the failed checks and warnings that the checks of the options add to. */
export interface Findings {
  readonly variables: Environment
  readonly environment: AppEnvironment
  readonly problems: FailedCheck[]
  readonly warnings: string[]
  /** Whether a platform signs users in and keeps their sessions, so that this library does not encrypt any. */
  readonly isKeptElsewhere: boolean
  /** Whether users sign in with a redirect URI: the option `signIn` is not set. */
  readonly isCodeFlow: boolean
}

/**
 * Applies the defaults of sessions and checks their values.
 *
 * @param redirect - The redirect URI. Its scheme decides whether cookies are `Secure`, and the prefix of their names.
 */
export function resolveSession(
  written: SessionOptions | undefined,
  redirect: URL | undefined,
  { variables, environment, problems, warnings, isKeptElsewhere }: Findings,
): ResolvedSessionOptions {
  const given = ownMembers(written ?? {})
  const { idleTimeoutSeconds: idle = DAY, absoluteTimeoutSeconds: absolute = 7 * DAY } = given
  const secret = given.secret ?? (variables['IDENTITY_SESSION_SECRET'] || undefined)
  let secrets: readonly unknown[] = [secret].flat().filter((one) => one !== undefined)
  if (secrets.length === 0) {
    if (isKeptElsewhere) {
      secrets = [developmentSecret()]
    } else if (environment === 'production') {
      problems.push({
        option: 'session.secret',
        message: missing({
          name: 'session.secret',
          option: 'session: { secret }',
          variable: 'IDENTITY_SESSION_SECRET',
          example: MAKE_SECRET,
        }),
      })
    } else {
      warnings.push(
        `No session secret is configured, so all users are signed out when this process ends. Set Auth({ session: { secret } }) or IDENTITY_SESSION_SECRET, for example ${MAKE_SECRET}.`,
      )
      secrets = [developmentSecret()]
    }
  }
  const fault = secretFault(secrets)
  if (fault !== undefined) {
    problems.push({
      option: 'session.secret',
      message: `session.secret ${fault}. Change Auth({ session: { secret } }) or IDENTITY_SESSION_SECRET, for example ${MAKE_SECRET}.`,
    })
  }
  return {
    secrets: secrets as readonly string[],
    ...resolveCookie(given.cookie, redirect, problems),
    lifetimes: { idle: Math.min(idle, absolute), absolute },
    store: given.store,
    denyList: given.denyList,
    storeTimeoutSeconds: given.storeTimeoutSeconds ?? 1,
  }
}

/**
 * Returns a random secret, the same one for the whole process. Frameworks with a bundler may load this module, and the
 * application, several times.
 */
function developmentSecret(): string {
  const shared = globalThis as { [SECRET]?: string }
  return (shared[SECRET] ??= Array.from(crypto.getRandomValues(new Uint32Array(8)), String).join(
    '-',
  ))
}
