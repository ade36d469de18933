import { IdentityError } from '../errors.ts'

type JsonObject = Readonly<Record<string, unknown>>

// Longer than any claims request of a provider: what is longer was made to be a burden.
const OUTSIDE_LIMIT = 2048

/**
 * Merges claims requests into one, so that what the application asks for, what an API challenged for and what the
 * application is capable of go to the provider together. `values` are united; a later `value` replaces an earlier.
 *
 * Texts from outside go through {@link claimsFromOutside} first: here a fault is the developer's.
 *
 * @param requests - JSON texts, later ones weigh more; those that are absent count as nothing.
 * @returns The JSON text, or `undefined` where nothing is requested.
 * @throws IdentityError `configuration` for a text that is no JSON object.
 * @see {@link https://openid.net/specs/openid-connect-core-1_0.html#ClaimsParameter | OpenID Connect Core, section 5.5}
 */
export function mergeClaims(...requests: readonly (string | undefined)[]): string | undefined {
  const given = requests.filter((request) => request !== undefined)
  if (given.length === 0) return undefined
  return JSON.stringify(given.map(parseOwn).reduce(merge))
}

/**
 * A claims request that came from outside (a challenge, an error of the provider), or nothing where it is none.
 *
 * @param text - What should be the JSON text of an object.
 * @returns The text as it came; `undefined` for anything else, and for what is too long to be honest.
 */
export function claimsFromOutside(text: unknown): string | undefined {
  if (typeof text !== 'string' || text.length > OUTSIDE_LIMIT) return undefined
  return parseObject(text) === undefined ? undefined : text
}

/**
 * Tells the provider what the application can do, such as answering claims challenges.
 *
 * @param capabilities - Such as `['cp1']`.
 * @returns A claims request, or `undefined` where there is nothing to tell.
 * @see {@link https://learn.microsoft.com/entra/identity-platform/claims-challenge}
 */
export function capabilityClaims(capabilities: readonly string[] | undefined): string | undefined {
  if (capabilities === undefined || capabilities.length === 0) return undefined
  return JSON.stringify({ access_token: { xms_cc: { values: capabilities } } })
}

/**
 * Asks for authentication contexts of Conditional Access. One of several is enough for the provider: whoever needs all
 * checks the `acrs` of the answer.
 *
 * @param ids - Such as `['c1']`.
 */
export function authenticationContextClaims(ids: readonly string[]): string {
  const [first, ...others] = ids
  const wanted = others.length === 0 ? { value: first } : { values: ids }
  return JSON.stringify({ id_token: { acrs: { essential: true, ...wanted } } })
}

function parseOwn(text: string): JsonObject {
  const request = parseObject(text)
  if (request !== undefined) return request
  throw new IdentityError(
    'configuration',
    'claims is not a JSON object. Write a claims request, for example {"id_token":{"auth_time":{"essential":true}}}.',
  )
}

function parseObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

// By way of a map: `__proto__` stays a name like any other, both when read and when written.
function merge(earlier: JsonObject, later: JsonObject): JsonObject {
  const merged = new Map(Object.entries(earlier))
  // Either a value or several: both together ask for nothing that a provider could give.
  if ('value' in later) merged.delete('values')
  if ('values' in later) merged.delete('value')
  for (const [name, value] of Object.entries(later)) {
    merged.set(name, mergeMember(name, merged.get(name), value))
  }
  return Object.fromEntries(merged)
}

function mergeMember(name: string, earlier: unknown, later: unknown): unknown {
  if (isObject(earlier) && isObject(later)) return merge(earlier, later)
  // `null` asks for a claim without a wish of its own.
  if (isObject(earlier) && later === null) return earlier
  if (name === 'values' && isList(earlier) && isList(later)) {
    return [...new Set([...earlier, ...later])]
  }
  return later
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value)
}
