// Builds the parameter `claims`, and checks it from outside.
import { isObject } from '../own.ts'
import { parseObject } from '../authority/index.ts'
import type { ClaimsRequest } from '../errors.ts'

// The maximum length for an untrusted claims request. Real providers send shorter ones.
const OUTSIDE_LIMIT = 2048

/**
 * Merges claims requests from the application, from a claims challenge and from the client capabilities into one.
 *
 * Lists in `values` are combined, but a later `value` replaces an earlier one.
 *
 * @param requests - Later ones take precedence. `undefined` is ignored.
 * @returns `undefined` if all requests are `undefined`.
 * @see {@link https://openid.net/specs/openid-connect-core-1_0.html#ClaimsParameter | OpenID Connect Core, section 5.5}
 */
export function mergeClaims(
  ...requests: readonly (ClaimsRequest | undefined)[]
): ClaimsRequest | undefined {
  const given = requests.filter((request) => request !== undefined)
  return given.length === 0 ? undefined : given.reduce(merge)
}

/**
 * Parses an untrusted claims request, for example from a claims challenge or the provider's error.
 *
 * @param claims - The claims request, which should be a JSON object as a string.
 * @returns `undefined` if it is not a JSON object or is too long.
 */
export function claimsFromOutside(claims: unknown): ClaimsRequest | undefined {
  if (typeof claims !== 'string' || claims.length > OUTSIDE_LIMIT) return undefined
  return parseObject(claims)
}

/**
 * Returns a claims request with the client capabilities, for example support for claims challenges.
 *
 * @param capabilities - The client capabilities, such as `['cp1']`.
 * @returns The claims request, or `undefined` without capabilities.
 * @see {@link https://learn.microsoft.com/entra/identity-platform/claims-challenge}
 */
export function capabilityClaims(
  capabilities: readonly string[] | undefined,
): ClaimsRequest | undefined {
  if (capabilities === undefined || capabilities.length === 0) return undefined
  return { access_token: { xms_cc: { values: capabilities } } }
}

/**
 * Returns a claims request for Conditional Access authentication contexts.
 *
 * If several are requested, the provider may grant only one of them. To require all of them, check the ID token's
 * `acrs` claim.
 *
 * @param ids - The authentication contexts' IDs, such as `['c1']`.
 */
export function authenticationContextClaims(ids: readonly string[]): ClaimsRequest {
  const [first, ...others] = ids
  const request = others.length === 0 ? { value: first } : { values: ids }
  return { id_token: { acrs: { essential: true, ...request } } }
}

// The map prevents a member named `__proto__` from changing the result's prototype.
function merge(earlier: ClaimsRequest, later: ClaimsRequest): ClaimsRequest {
  const merged = new Map(Object.entries(earlier))
  // A request with both `value` and `values` is not valid, so the later one replaces the earlier one.
  if ('value' in later) merged.delete('values')
  if ('values' in later) merged.delete('value')
  for (const [name, value] of Object.entries(later)) {
    merged.set(name, mergeMember(name, merged.get(name), value))
  }
  return Object.fromEntries(merged)
}

function mergeMember(name: string, earlier: unknown, later: unknown): unknown {
  if (isObject(earlier) && isObject(later)) return merge(earlier, later)
  // `null` requests a claim without conditions, so the earlier conditions are kept.
  if (isObject(earlier) && later === null) return earlier
  if (name === 'values' && isList(earlier) && isList(later)) {
    return [...new Set([...earlier, ...later])]
  }
  return later
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value)
}

/**
 * Returns a request's `claims` parameter, as JSON.
 *
 * It contains the requested claims and, at Microsoft, also the client capabilities, because each request must repeat
 * them.
 *
 * @see {@link https://learn.microsoft.com/entra/identity-platform/claims-challenge}
 */
export function claimsParameter(
  client: { readonly capabilityClaims: ClaimsRequest | undefined },
  claims: ClaimsRequest | undefined,
): string | undefined {
  const merged = mergeClaims(claims, client.capabilityClaims)
  return merged && JSON.stringify(merged)
}
