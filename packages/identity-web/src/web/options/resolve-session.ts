import { isLoopbackUrl } from '../../authority/index.ts'
import { DEFAULT_CACHE_ENTRIES } from '../../recent-cache.ts'
import type { CookieAttributes, Lifetimes } from '../../session/index.ts'
import { secretFault } from '../../settings/check-secrets.ts'
import type { AppEnvironment } from '../../settings/environment.ts'
import { missing } from '../../settings/missing.ts'
import type { FailedCheck } from '../../settings/problems.ts'
import type { Environment } from '../../settings/provider-options.ts'
import type { SessionStore } from '../../store.ts'
import type { SessionOptions } from './session-options.ts'

/** The options of sessions with defaults applied. */
export interface ResolvedSessionOptions {
  readonly secrets: readonly string[]
  readonly cookieName: string
  /** The start of the names of the cookies that bind sign-ins to the browser. */
  readonly flowCookiePrefix: string
  /**
   * The applications that can open the session: those of an origin, or those of a cookie domain. In the device code flow,
   * the application does not know its origin.
   */
  readonly sealedFor: string
  readonly attributes: CookieAttributes
  readonly lifetimes: Lifetimes
  readonly store: SessionStore | undefined
  readonly denyList: SessionStore | undefined
  /** Seconds. */
  readonly storeTimeoutSeconds: number
  readonly cacheEntries: number
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
}

/**
 * Applies the defaults of sessions and checks their values.
 *
 * @param redirect - The redirect URI. Its scheme decides whether cookies are `Secure`, and the prefix of their names.
 */
export function resolveSession(
  given: SessionOptions | undefined,
  redirect: URL | undefined,
  { variables, environment, problems, warnings, isKeptElsewhere }: Findings,
): ResolvedSessionOptions {
  const { idleTimeoutSeconds: idle = DAY, absoluteTimeoutSeconds: absolute = 7 * DAY } = given ?? {}
  const cookie = given?.cookie ?? {}
  const secret = given?.secret ?? (variables['IDENTITY_SESSION_SECRET'] || undefined)
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
  const { name = defaultName(redirect), domain, sameSite = 'lax' } = cookie
  if (!/^[\w-]+$/.test(name)) {
    problems.push({
      option: 'session.cookie.name',
      message:
        "session.cookie.name may contain only letters, digits, - and _, for example Auth({ session: { cookie: { name: 'identity' } } }).",
    })
  }
  const secure = redirect?.protocol === 'https:'
  if (!['lax', 'none'].includes(sameSite)) {
    problems.push({
      option: 'session.cookie.sameSite',
      message:
        "session.cookie.sameSite must be 'lax' or 'none', for example Auth({ session: { cookie: { sameSite: 'lax' } } }).",
    })
  }
  const host = redirect?.hostname
  const parent = domain?.replace(/^\./, '').toLowerCase()
  if (host !== undefined && parent !== undefined && !`.${host}`.endsWith(`.${parent}`)) {
    // Browsers ignore such a cookie, so the sign-in would start again and again.
    problems.push({
      option: 'session.cookie.domain',
      message: `session.cookie.domain must be ${host} (the host of redirectUri) or one of its parent domains, for example Auth({ session: { cookie: { domain: '${host}' } } }).`,
    })
  }
  if (sameSite === 'none' && !secure) {
    problems.push({
      option: 'session.cookie.sameSite',
      message:
        "session.cookie.sameSite 'none' requires a redirectUri that starts with https://. Change Auth({ redirectUri }) or IDENTITY_REDIRECT_URI, for example https://example.com/redirect, or set Auth({ session: { cookie: { sameSite: 'lax' } } }).",
    })
  }
  const { partitioned } = cookie
  if (partitioned !== undefined && typeof partitioned !== 'boolean') {
    problems.push({
      option: 'session.cookie.partitioned',
      message:
        'session.cookie.partitioned must be true or false, for example Auth({ session: { cookie: { partitioned: true } } }).',
    })
  }
  if (partitioned === true && sameSite !== 'none') {
    // In an iframe of another site, browsers store only cookies with `SameSite=None`.
    problems.push({
      option: 'session.cookie.partitioned',
      message:
        "session.cookie.partitioned requires session.cookie.sameSite 'none', because only such cookies work in an iframe of another site. Set Auth({ session: { cookie: { sameSite: 'none', partitioned: true } } }), or remove partitioned.",
    })
  }
  return {
    secrets: secrets as readonly string[],
    cookieName: `${secure ? (domain === undefined ? '__Host-' : '__Secure-') : ''}${name}`,
    // Without `__Host-`, a sibling subdomain could start a sign-in and set its cookie in another browser (login CSRF).
    flowCookiePrefix: `${secure ? '__Host-' : ''}${shortened(name)}-flow-`,
    sealedFor: parent ?? redirect?.origin ?? 'device-code',
    attributes: {
      path: '/',
      secure,
      domain,
      sameSite: sameSite === 'none' ? 'None' : 'Lax',
      ...(partitioned === true && { partitioned }),
    },
    lifetimes: { idle: Math.min(idle, absolute), absolute },
    store: given?.store,
    denyList: given?.denyList,
    storeTimeoutSeconds: given?.storeTimeoutSeconds ?? 1,
    cacheEntries: given?.cacheEntries ?? DEFAULT_CACHE_ENTRIES,
  }
}

/** The maximum length of the name of a sign-in cookie. With it, the name and the value have at most 60 bytes. */
const MAX_FLOW_NAME = 18

/** Keeps both ends of a long name, because the names of two applications often differ at one end only. */
function shortened(name: string): string {
  return name.length <= MAX_FLOW_NAME ? name : name.slice(0, 9) + name.slice(-9)
}

/** Returns the default name of the cookie. Browsers share the cookies of localhost between all ports. */
function defaultName(redirect: URL | undefined): string {
  if (redirect === undefined || !isLoopbackUrl(redirect.href)) return 'identity'
  return `identity-${redirect.port || (redirect.protocol === 'https:' ? 443 : 80)}`
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
