// Resolves lifetimes, secrets and the store of sessions.
import type { AppEnvironment, Environment } from '../host-traits.ts'
import { ownMembers } from '../own.ts'
import type { Lifetimes } from '../session/index.ts'
import { STORE_PROBLEM, STORE_TIMEOUT_SECONDS, type SessionStore } from '../store.ts'
import { secretFault } from './checks.ts'
import type { OptionReport } from './option-report.ts'
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

/** The environment of the application, and the report of its options. */
export interface Findings {
  readonly report: OptionReport
  readonly variables: Environment
  readonly environment: AppEnvironment
  /** `true` if a platform signs users in and keeps their sessions, so that this library does not encrypt sessions. */
  readonly isKeptElsewhere: boolean
  /** `true` if users sign in with a redirect URI, because the option `signIn` is not set. */
  readonly isCodeFlow: boolean
}

/**
 * Applies the defaults of sessions, and checks the options that depend on other options.
 *
 * @param redirect - The redirect URI. Its scheme decides whether cookies are `Secure`, and which prefix their names
 *   have.
 */
export function resolveSession(
  written: SessionOptions | undefined,
  redirect: URL | undefined,
  findings: Findings,
): ResolvedSessionOptions {
  const given = ownMembers(written ?? {})
  const { idleTimeoutSeconds: idle = DAY, absoluteTimeoutSeconds: absolute = 7 * DAY } = given
  const { store, denyList, storeTimeoutSeconds = STORE_TIMEOUT_SECONDS } = given
  if (store !== undefined && denyList !== undefined) {
    findings.report.addMessage(
      'session.denyList',
      'session.store and session.denyList are both configured. Set only one of them: Auth({ session: { store } }), or Auth({ session: { denyList } }) for sessions in cookies.',
    )
  }
  for (const [name, value] of Object.entries({ store, denyList })) {
    const problem = STORE_PROBLEM.of(value)?.(storeTimeoutSeconds)
    if (problem === undefined) continue
    const message = `${problem} You can also raise session.storeTimeoutSeconds.`
    findings.report.addMessage(`session.${name}`, message)
  }
  return {
    secrets: resolveSecrets(given, findings),
    ...resolveCookie(given.cookie, redirect, findings.report),
    lifetimes: { idle: Math.min(idle, absolute), absolute },
    store,
    denyList,
    storeTimeoutSeconds,
  }
}

function resolveSecrets(
  { secret }: SessionOptions,
  { variables, environment, report, isKeptElsewhere }: Findings,
): readonly string[] {
  const given = secret ?? (variables['IDENTITY_SESSION_SECRET'] || undefined)
  const secrets: readonly unknown[] = [given].flat().filter((one) => one !== undefined)
  const fault = secretFault(secrets)
  if (fault !== undefined) report.add('session.secret', fault)
  if (secrets.length > 0) return secrets as readonly string[]
  if (isKeptElsewhere) return [developmentSecret()]
  if (environment === 'production') {
    report.addMissing('session.secret')
    return []
  }
  report.warnings.push(
    `No session secret is configured, so all users are signed out when this process ends. Set ${report.where('session.secret')}.`,
  )
  return [developmentSecret()]
}

/**
 * Returns a random secret. It is the same in the whole process, because frameworks with a bundler may load this module
 * and the application several times.
 */
function developmentSecret(): string {
  const shared = globalThis as { [SECRET]?: string }
  return (shared[SECRET] ??= Array.from(crypto.getRandomValues(new Uint32Array(8)), String).join(
    '-',
  ))
}
