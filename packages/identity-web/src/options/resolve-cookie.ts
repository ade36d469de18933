// Resolves the cookies: name, `Secure`, `SameSite`, domain.
import { ownMembers } from '../own.ts'
import { isLoopbackUrl } from '../authority/index.ts'
import type { CookieAttributes } from '../session/index.ts'
import { isText } from './checks.ts'
import type { OptionReport } from './option-report.ts'
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
   * The origin or the cookie domain whose applications can open the session. Not set if the application does not know
   * its origin.
   */
  readonly sealedFor: string | undefined
  readonly attributes: CookieAttributes
}

/**
 * The names of the cookies that a continuing page sets. A continuing page sends the request again, and the name of the
 * cookie tells the reason.
 */
export interface StrictMarkers {
  /** The cookie for a link of another site to a page of the application. */
  readonly linked: string
  /** The cookie for the return from the provider. */
  readonly returned: string
}

/**
 * Applies the defaults of cookies, and checks the options that depend on other options.
 *
 * @param redirect - The redirect URI. Its scheme decides whether cookies are `Secure`, and which prefix their names
 *   have.
 */
export function resolveCookie(
  given: SessionCookieOptions | undefined,
  redirect: URL | undefined,
  report: OptionReport,
): ResolvedCookie {
  const cookie = ownMembers(given ?? {})
  const { domain, sameSite = 'lax', partitioned, transient } = cookie
  const name = isText(cookie.name) ? cookie.name : defaultName(redirect)
  const secure = redirect?.protocol === 'https:'
  // Without TypeScript, an application can pass any value.
  const parent = typeof domain === 'string' ? domain.replace(/^\./, '').toLowerCase() : undefined
  checkCookie(cookie, { host: redirect?.hostname, parent, secure }, report)
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
  readonly host: string | undefined
  /** The domain of the cookie without a leading dot. */
  readonly parent: string | undefined
  readonly secure: boolean
}

function checkCookie(
  { domain, prefix, sameSite = 'lax', partitioned }: SessionCookieOptions,
  { host, parent, secure }: Place,
  report: OptionReport,
): void {
  if (host !== undefined && parent !== undefined && !`.${host}`.endsWith(`.${parent}`)) {
    // Browsers ignore such a cookie, so the sign-in would start again and again.
    report.add('session.cookie.domain', {
      fault: `must be ${host} (the host of redirectUri) or one of its parent domains`,
      remedy: `Set, for example, ${report.code('session.cookie.domain', `'${host}'`)}.`,
    })
  }
  if (sameSite === 'none' && !secure) {
    report.add('session.cookie.sameSite', {
      fault: "'none' requires a redirectUri that starts with https://",
      remedy: `Change ${report.places('redirectUri')} to an https URL, for example https://example.com/redirect. For an http URL, set ${report.example('session.cookie.sameSite')}.`,
    })
  }
  if (partitioned === true && sameSite !== 'none') {
    // In an iframe of another site, browsers store only cookies with `SameSite=None`.
    report.add('session.cookie.partitioned', {
      fault:
        "requires session.cookie.sameSite 'none', because only such cookies work in an iframe of another site",
      remedy:
        "Set Auth({ session: { cookie: { sameSite: 'none', partitioned: true } } }), or remove partitioned.",
    })
  }
  if (prefix !== undefined && domain !== undefined) {
    report.add('session.cookie.prefix', {
      fault:
        'cannot be used with session.cookie.domain, because browsers reject a cookie with this prefix and a domain',
      remedy: `Remove ${report.code('session.cookie.domain')} or prefix.`,
    })
  }
}

/** Returns the prefix of the name on https. With a domain, browsers accept only `__Secure-`. */
function prefixOf({ prefix = '__Host-', domain }: SessionCookieOptions): string {
  return domain === undefined ? prefix : '__Secure-'
}

/** The maximum length of the name of a sign-in cookie. The name and the value together then have at most 60 bytes. */
const MAX_FLOW_NAME = 18

/**
 * Shortens a long name and keeps both of its ends, because the names of two applications often differ at only one end.
 */
function shortened(name: string): string {
  return name.length <= MAX_FLOW_NAME ? name : name.slice(0, 9) + name.slice(-9)
}

/** Returns the default name of the cookie. Browsers share the cookies of localhost between all ports. */
function defaultName(redirect: URL | undefined): string {
  if (redirect === undefined || !isLoopbackUrl(redirect.href)) return 'identity'
  return `identity-${redirect.port || (redirect.protocol === 'https:' ? 443 : 80)}`
}
