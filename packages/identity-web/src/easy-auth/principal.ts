// Decodes the user of the platform.
import { own } from '../own.ts'
import {
  parseObject,
  parseProviderObject,
  type AuthorityKind,
  lacksUser,
} from '../authority/index.ts'
import { fromBase64 } from '../base64.ts'
import { deepFreeze } from '../caches.ts'
import type { Claims } from '../session/index.ts'

/** The user whom the platform signed in. */
export interface Principal {
  /** The identity provider, in lower case. */
  readonly provider: string
  readonly claims: Claims
}

/** The claims that have several values in an ID token, and that the principal therefore repeats. */
const LISTS: ReadonlySet<string> = new Set(['roles', 'groups', 'wids', 'amr', 'acrs'])
/**
 * The claims that identify the user, which must not have two different values, because two readers could then see two
 * different users.
 */
const UNIQUE: ReadonlySet<string> = new Set(['iss', 'sub', 'oid', 'tid', 'aud'])
const TIMES: ReadonlySet<string> = new Set(['iat', 'nbf', 'exp', 'auth_time'])
const OBJECTS: ReadonlySet<string> = new Set(['_claim_names', '_claim_sources'])
// As in the sessions of this library: they are only needed for the checks, or are internal to Microsoft.
const DROPPED: ReadonlySet<string> = new Set(['nonce', 'at_hash', 'c_hash', 's_hash', 'aio', 'rh'])

// Several invalid byte sequences would become the same character, so that different principals could name the same user.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Decodes the header `X-MS-CLIENT-PRINCIPAL`.
 *
 * @param kind - The kind of authority, which decides which claims an application's token contains.
 * @returns `undefined` if the value is not a user's principal.
 * @see {@link
 *   https://learn.microsoft.com/azure/app-service/configure-authentication-user-identities#decode-the-client-principal-header}
 */
export function parsePrincipal(encoded: string, kind: AuthorityKind): Principal | undefined {
  const json = decode(encoded)
  const principal = json === undefined ? undefined : parseObject(json)
  if (principal === undefined) return undefined
  const { auth_typ: provider, claims: pairs } = principal
  if (typeof provider !== 'string' || !Array.isArray(pairs)) return undefined
  const values = collect(pairs)
  const claims = values && toClaims(values)
  if (claims === undefined || typeof own(claims, 'sub') !== 'string' || lacksUser(kind, claims)) {
    return undefined
  }
  return { provider: provider.toLowerCase(), claims: deepFreeze(claims) as unknown as Claims }
}

function decode(encoded: string): string | undefined {
  if (!/^[\w+/-]+={0,2}$/.test(encoded)) return undefined
  const bytes = fromBase64(encoded)
  try {
    return bytes && decoder.decode(bytes)
  } catch {
    return undefined
  }
}

/** Returns each claim's values, or `undefined` if a claim is not a pair of strings, or two values contradict. */
function collect(pairs: readonly unknown[]): Map<string, string[]> | undefined {
  const values = new Map<string, string[]>()
  for (const pair of pairs) {
    if (typeof pair !== 'object' || pair === null) return undefined
    const { typ, val } = pair as Readonly<Record<string, unknown>>
    const value = toString(val)
    if (typeof typ !== 'string' || value === undefined) return undefined
    const name = shortName(typ)
    const known = values.get(name)
    if (known === undefined) values.set(name, [value])
    else if (UNIQUE.has(name)) {
      if (known[0] !== value) return undefined
    } else known.push(value)
  }
  return values
}

function toString(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}

function toClaims(values: ReadonlyMap<string, readonly string[]>): Record<string, unknown> {
  const claims = [...values]
    .filter(([name]) => !DROPPED.has(name))
    .map(([name, given]) => [name, toValue(name, given)] as const)
    .filter(([, value]) => value !== undefined)
  return Object.fromEntries(claims)
}

/** Returns the value as an ID token contains it, although the principal contains only strings. */
function toValue(name: string, given: readonly string[]): unknown {
  const [first = '', ...others] = given
  if (LISTS.has(name)) return given
  if (TIMES.has(name)) return toSeconds(first)
  // The claims are frozen, which fails for an object that is too deep.
  if (OBJECTS.has(name)) return parseProviderObject(first)
  if (name === 'email_verified') return first.toLowerCase() === 'true'
  // The platform can send a claim twice, by two of its names.
  return others.every((other) => other === first) ? first : given
}

/** Returns a time in seconds, which the platform writes either as a number or in ISO 8601. */
export function toSeconds(value: string): number | undefined {
  if (/^\d{1,12}$/.test(value)) return Number(value)
  const milliseconds = Date.parse(value)
  return Number.isNaN(milliseconds) ? undefined : Math.floor(milliseconds / 1000)
}

const XMLSOAP = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/'
const MICROSOFT = 'http://schemas.microsoft.com/'

/**
 * The names that the platform gives to an ID token's claims, with the names in the token. The platform uses .NET's
 * default mapping, but its settings can turn off a part of it.
 *
 * @see {@link https://learn.microsoft.com/azure/app-service/configure-authentication-user-identities}
 */
const SHORT_NAMES: ReadonlyMap<string, string> = new Map([
  [`${XMLSOAP}nameidentifier`, 'sub'],
  [`${XMLSOAP}name`, 'unique_name'],
  [`${XMLSOAP}emailaddress`, 'email'],
  [`${XMLSOAP}givenname`, 'given_name'],
  [`${XMLSOAP}surname`, 'family_name'],
  [`${XMLSOAP}upn`, 'upn'],
  [`${XMLSOAP}dateofbirth`, 'birthdate'],
  [`${XMLSOAP}gender`, 'gender'],
  [`${XMLSOAP}webpage`, 'website'],
  [`${MICROSOFT}identity/claims/objectidentifier`, 'oid'],
  [`${MICROSOFT}identity/claims/tenantid`, 'tid'],
  [`${MICROSOFT}identity/claims/identityprovider`, 'idp'],
  [`${MICROSOFT}identity/claims/scope`, 'scp'],
  [`${MICROSOFT}claims/authnclassreference`, 'acr'],
  [`${MICROSOFT}claims/authnmethodsreferences`, 'amr'],
  [`${MICROSOFT}ws/2008/06/identity/claims/role`, 'roles'],
  [`${MICROSOFT}ws/2008/06/identity/claims/groups`, 'groups'],
  [`${MICROSOFT}ws/2008/06/identity/claims/authenticationinstant`, 'auth_time'],
])

/** Returns a claim's name as an ID token contains it, but leaves unknown names as they are. */
function shortName(type: string): string {
  return SHORT_NAMES.get(type) ?? type
}
