import { ownMembers } from '../own.ts'
import { isSecureUrl } from '../authority/index.ts'
import { parseScopes } from '../client/index.ts'
import { IdentityError } from '../errors.ts'
import { unknownNameMessages } from './rows.ts'
import type { ForwardOptions } from './forward-options.ts'
import { requestHeaderFault, responseHeaderFault } from './forward-headers.ts'

/** A forwarded path, with the default of each option. */
export interface ForwardSettings {
  /** The path in the browser, without a slash at its end. */
  readonly path: string
  readonly target: ForwardTarget
  readonly token: 'user' | 'application' | 'none'
  readonly scopes: readonly string[]
  readonly methods: ReadonlySet<string>
  /** `undefined` if every path below the target is allowed. */
  readonly patterns: readonly (readonly string[])[] | undefined
  readonly requestHeaders: readonly string[]
  readonly responseHeaders: readonly string[]
  readonly timeoutSeconds: number
  readonly maxBodyBytes: number
}

/** The API that gets the requests. */
export interface ForwardTarget {
  readonly origin: string
  /** The path, without a slash at its end. `''` if the API is at the root. */
  readonly basePath: string
}

const OPTIONS: Readonly<Record<keyof ForwardOptions, true>> = {
  target: true,
  scopes: true,
  token: true,
  methods: true,
  paths: true,
  requestHeaders: true,
  responseHeaders: true,
  timeoutSeconds: true,
  maxBodyBytes: true,
  allowInsecureTarget: true,
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']
/** These methods do not read or change a resource of the API (RFC 9110, sections 9.3.6 and 9.3.8). */
const FORBIDDEN_METHODS = new Set(['CONNECT', 'TRACE', 'TRACK'])
const MAX_BODY_BYTES = 10 * 1024 * 1024
/** The longest delay that timers support, in seconds. */
const MAX_SECONDS = 2_147_483

const SEGMENT = /^(?:[\w.~!$&'()+,;=:@-]|%[\da-f]{2})+$/i

/**
 * Checks the arguments of `auth.forward()`, and adds the defaults.
 *
 * @throws IdentityError `configuration` with all problems.
 */
export function resolveForward(path: unknown, options: unknown): ForwardSettings {
  const given = ownMembers(
    (typeof options === 'object' && options !== null ? options : {}) as ForwardOptions,
  )
  const problems = [
    ...unknownNameMessages(OPTIONS, { owner: 'auth.forward()', given }),
    ...Object.entries(given).flatMap(([name, value]) =>
      value === undefined ? [`${name} has no value. Set it, or remove it`] : [],
    ),
    ...pathProblems(path),
    ...targetProblems(given),
    ...tokenProblems(given),
    ...listProblems('methods', given.methods, methodFault),
    ...listProblems('paths', given.paths, patternFault),
    ...listProblems('requestHeaders', given.requestHeaders, requestHeaderFault),
    ...listProblems('responseHeaders', given.responseHeaders, responseHeaderFault),
    ...numberProblems(given),
  ]
  const [first, ...others] = problems
  if (first !== undefined) {
    const rest = others.length === 0 ? '' : ` Also: ${others.join('. ')}.`
    throw new IdentityError(
      'configuration',
      `auth.forward(${JSON.stringify(path)}) is not possible: ${first}.${rest}`,
    )
  }
  const { origin, pathname } = new URL(given.target)
  return Object.freeze({
    path: path as string,
    target: { origin, basePath: pathname.replace(/\/$/, '') },
    token: given.token ?? 'user',
    scopes: parseScopes(given.scopes),
    methods: new Set(given.methods ?? METHODS),
    patterns: given.paths?.map((pattern) => pattern.split('/').slice(1)),
    requestHeaders: toLowerCase(given.requestHeaders),
    responseHeaders: toLowerCase(given.responseHeaders),
    timeoutSeconds: given.timeoutSeconds ?? 60,
    maxBodyBytes: given.maxBodyBytes ?? MAX_BODY_BYTES,
  })
}

function toLowerCase(names: readonly string[] = []): readonly string[] {
  return names.map((name) => name.toLowerCase())
}

function pathProblems(path: unknown): string[] {
  const segments = typeof path === 'string' ? path.split('/') : []
  const isPath = segments.length > 1 && segments[0] === ''
  return isPath && segments.slice(1).every((part) => SEGMENT.test(part) && !isDots(part))
    ? []
    : [
        'its path must start with a slash and must not end with one, and it must not be / alone, for example /api',
      ]
}

function isDots(segment: string): boolean {
  return /^\.{1,2}$/.test(segment)
}

function targetProblems({ target, token, allowInsecureTarget }: ForwardOptions): string[] {
  const example = 'for example https://todos.contoso.com/v1'
  if (typeof target !== 'string' || !URL.canParse(target)) {
    return [`target must be the absolute URL of the API, ${example}`]
  }
  const url = new URL(target)
  if (!/^https?:$/.test(url.protocol)) return [`target must start with https://, ${example}`]
  const extra = [url.username, url.password, url.search, url.hash].some((part) => part !== '')
  if (extra || /[?#]/.test(target)) {
    return [`target must not contain a user name, a query or a fragment, ${example}`]
  }
  if (url.pathname.includes('//') || /%(?:2e|2f|5c)/i.test(url.pathname)) {
    return [`the path of target must not contain an empty segment or an encoded slash, ${example}`]
  }
  if (token !== 'none' && allowInsecureTarget !== true && !isSecureUrl(url)) {
    return [
      'target must start with https://, because everyone on the network could read the access token (http:// is allowed only on localhost)',
    ]
  }
  return []
}

function tokenProblems({ token = 'user', scopes, allowInsecureTarget }: ForwardOptions): string[] {
  const problems: string[] = []
  if (!['user', 'application', 'none'].includes(token)) {
    problems.push("token must be 'user', 'application' or 'none'")
  } else if (token === 'none' && scopes !== undefined) {
    problems.push("scopes has no effect with token: 'none'. Remove one of them")
  } else if (token !== 'none' && !isScopes(scopes)) {
    problems.push(
      "scopes must be the scopes of the API, for example ['api://todos/Todos.Read']. Set token: 'none' for an API that needs no token",
    )
  }
  if (allowInsecureTarget !== undefined && typeof allowInsecureTarget !== 'boolean') {
    problems.push('allowInsecureTarget must be true or false')
  }
  return problems
}

function isScopes(scopes: unknown): boolean {
  const isList = Array.isArray(scopes) && scopes.every((scope) => typeof scope === 'string')
  return (typeof scopes === 'string' || isList) && parseScopes(scopes).length > 0
}

function listProblems(
  option: keyof ForwardOptions,
  list: unknown,
  faultOf: (item: string) => string | undefined,
): string[] {
  if (list === undefined) return []
  if (!Array.isArray(list) || list.some((item) => typeof item !== 'string')) {
    return [`${option} must be a list of strings`]
  }
  const mayBeEmpty = option === 'requestHeaders' || option === 'responseHeaders'
  if (list.length === 0 && !mayBeEmpty)
    return [`${option} is empty. Add a value, or remove the option`]
  return (list as string[]).flatMap((item) => {
    const fault = faultOf(item)
    return fault === undefined ? [] : [`${option} contains ${JSON.stringify(item)}, which ${fault}`]
  })
}

function methodFault(method: string): string | undefined {
  if (FORBIDDEN_METHODS.has(method.toUpperCase())) return 'cannot be forwarded'
  return /^[A-Z][A-Z-]*$/.test(method) ? undefined : 'is not a method in upper case, such as GET'
}

function patternFault(pattern: string): string | undefined {
  const [first, ...segments] = pattern.split('/')
  if (first !== '' || segments.length === 0) return 'does not start with a slash'
  const last = segments.length - 1
  const isValid = segments.every(
    (segment, index) =>
      segment === '*' ||
      (index === last && (segment === '**' || segment === '')) ||
      (SEGMENT.test(segment) && !isDots(segment)),
  )
  return isValid
    ? undefined
    : 'is not a path. Write it as in a URL, with * for one segment and /** at the end for everything below'
}

function numberProblems({ timeoutSeconds = 60, maxBodyBytes = 1 }: ForwardOptions): string[] {
  const isSeconds = Number.isFinite(timeoutSeconds) && timeoutSeconds > 0
  return [
    ...(isSeconds && timeoutSeconds <= MAX_SECONDS
      ? []
      : [`timeoutSeconds must be a number greater than 0 and at most ${MAX_SECONDS}`]),
    ...(Number.isSafeInteger(maxBodyBytes) && maxBodyBytes >= 0
      ? []
      : ['maxBodyBytes must be a whole number of bytes, such as 10_000_000']),
  ]
}
