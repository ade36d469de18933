import { ownMembers } from '../../own.ts'
import { isLoopbackUrl } from '../../authority/index.ts'
import type { CookieAttributes } from '../../session/index.ts'
import type { FailedCheck } from '../../settings/problems.ts'
import type { SessionCookieOptions } from './session-options.ts'

/** The cookies of a session and of its sign-ins, with defaults applied. */
export interface ResolvedCookie {
  /** The name of the session cookie, with its prefix. */
  readonly cookieName: string
  /** The start of the names of the cookies that bind sign-ins to the browser. */
  readonly flowCookiePrefix: string
  /**
   * The cookies that show that the browser sends `SameSite=Strict` cookies. Not set if the session cookie has another value of
   * `SameSite`.
   */
  readonly strictMarkers: StrictMarkers | undefined
  /**
   * The applications that can open the session: those of an origin, or those of a cookie domain. Not set if the application
   * does not know its origin.
   */
  readonly sealedFor: string | undefined
  readonly attributes: CookieAttributes
}

/** The cookies that the page sets which continues with another request. Their names tell why. */
export interface StrictMarkers {
  /** Another site linked to a page of the application. */
  readonly linked: string
  /** The provider returned the user. */
  readonly returned: string
}

const PREFIXES: readonly unknown[] = ['__Host-', '__Host-Http-']
const OPTION = 'session.cookie'

/**
 * Applies the defaults of cookies and checks their values.
 *
 * @param redirect - The redirect URI. Its scheme decides whether cookies are `Secure`, and the prefix of their names.
 */
export function resolveCookie(
  given: SessionCookieOptions | undefined,
  redirect: URL | undefined,
  problems: FailedCheck[],
): ResolvedCookie {
  const cookie = ownMembers(given ?? {})
  const { name = defaultName(redirect), domain, sameSite = 'lax', partitioned, transient } = cookie
  const secure = redirect?.protocol === 'https:'
  const host = redirect?.hostname
  const parent = domain?.replace(/^\./, '').toLowerCase()
  problems.push(
    ...cookieProblems(cookie, { name, host, parent, secure }),
    ...prefixProblems(cookie).map((message) => ({ option: `${OPTION}.prefix`, message })),
  )
  const start = secure ? '__Host-' : ''
  return {
    // Safari does not store cookies with a prefix on http, even on localhost. The production setting must work there too.
    cookieName: secure ? prefixOf(cookie) + name : name,
    // Without `__Host-`, a sibling subdomain could start a sign-in and set its cookie in another browser (login CSRF).
    flowCookiePrefix: `${start}${shortened(name)}-flow-`,
    strictMarkers:
      sameSite === 'strict'
        ? { linked: `${start}${name}-linked`, returned: `${start}${name}-returned` }
        : undefined,
    sealedFor: parent ?? redirect?.origin,
    attributes: {
      path: '/',
      secure,
      domain,
      sameSite: SAME_SITE.get(sameSite) ?? 'Lax',
      ...(partitioned === true && { partitioned }),
      ...(transient === true && { transient }),
    },
  }
}

const SAME_SITE: ReadonlyMap<string, CookieAttributes['sameSite']> = new Map([
  ['strict', 'Strict'],
  ['lax', 'Lax'],
  ['none', 'None'],
])

/** The values of the checks that depend on the redirect URI. */
interface Place {
  readonly name: string
  readonly host: string | undefined
  /** The domain of the cookie without a leading dot. */
  readonly parent: string | undefined
  readonly secure: boolean
}

function cookieProblems(
  { sameSite = 'lax', partitioned, transient }: SessionCookieOptions,
  { name, host, parent, secure }: Place,
): FailedCheck[] {
  const problems: FailedCheck[] = []
  if (!/^[\w-]+$/.test(name)) {
    problems.push({
      option: `${OPTION}.name`,
      message:
        "session.cookie.name may contain only letters, digits, - and _, for example Auth({ session: { cookie: { name: 'identity' } } }).",
    })
  }
  if (!SAME_SITE.has(sameSite)) {
    problems.push({
      option: `${OPTION}.sameSite`,
      message:
        "session.cookie.sameSite must be 'strict', 'lax' or 'none', for example Auth({ session: { cookie: { sameSite: 'lax' } } }).",
    })
  }
  if (host !== undefined && parent !== undefined && !`.${host}`.endsWith(`.${parent}`)) {
    // Browsers ignore such a cookie, so the sign-in would start again and again.
    problems.push({
      option: `${OPTION}.domain`,
      message: `session.cookie.domain must be ${host} (the host of redirectUri) or one of its parent domains, for example Auth({ session: { cookie: { domain: '${host}' } } }).`,
    })
  }
  if (sameSite === 'none' && !secure) {
    problems.push({
      option: `${OPTION}.sameSite`,
      message:
        "session.cookie.sameSite 'none' requires a redirectUri that starts with https://. Change Auth({ redirectUri }) or IDENTITY_REDIRECT_URI, for example https://example.com/redirect, or set Auth({ session: { cookie: { sameSite: 'lax' } } }).",
    })
  }
  for (const [option, value] of Object.entries({ partitioned, transient })) {
    if (value === undefined || typeof value === 'boolean') continue
    problems.push({
      option: `${OPTION}.${option}`,
      message: `session.cookie.${option} must be true or false, for example Auth({ session: { cookie: { ${option}: true } } }).`,
    })
  }
  if (partitioned === true && sameSite !== 'none') {
    // In an iframe of another site, browsers store only cookies with `SameSite=None`.
    problems.push({
      option: `${OPTION}.partitioned`,
      message:
        "session.cookie.partitioned requires session.cookie.sameSite 'none', because only such cookies work in an iframe of another site. Set Auth({ session: { cookie: { sameSite: 'none', partitioned: true } } }), or remove partitioned.",
    })
  }
  return problems
}

function prefixProblems({ prefix, domain }: SessionCookieOptions): string[] {
  if (prefix === undefined) return []
  return [
    ...(PREFIXES.includes(prefix)
      ? []
      : [
          "session.cookie.prefix must be '__Host-' or '__Host-Http-', for example Auth({ session: { cookie: { prefix: '__Host-Http-' } } }).",
        ]),
    ...(domain === undefined
      ? []
      : [
          'session.cookie.prefix cannot be used with session.cookie.domain, because browsers reject a cookie with this prefix and a domain. Remove Auth({ session: { cookie: { domain } } }) or prefix.',
        ]),
  ]
}

/** Returns the prefix of the name on https. With a domain, browsers accept only `__Secure-`. */
function prefixOf({ prefix = '__Host-', domain }: SessionCookieOptions): string {
  return domain === undefined ? prefix : '__Secure-'
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
