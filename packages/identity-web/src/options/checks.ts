// Checks of values, with their messages.
import { isStringList } from '../text.ts'
import { isObject } from '../own.ts'
import { isSecureUrl } from '../authority/index.ts'
import { parseScopes } from '../client/index.ts'
import { keyvErrorsOf } from '../store.ts'
import type { Check, Fault } from './rows.ts'

// The checks of values. A row refers to them.

/** Returns a check with one condition, for example `must be a list of strings`. */
export function must(isValid: (value: unknown) => boolean, be: string): Check {
  return (value) => (isValid(value) ? undefined : `must be ${be}`)
}

export function isString(value: unknown): boolean {
  return typeof value === 'string'
}

export function isScopes(value: unknown): value is string | readonly string[] {
  return isString(value) || isStringList(value)
}

/** Returns whether a value is a string with a visible character. */
export function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== ''
}

export function isDuration(value: unknown): boolean {
  return Number.isFinite(value) && Number(value) > 0
}

/** Returns whether a value is a logger, or `false`. */
export function isLogger(value: unknown): boolean {
  return value === false || (typeof value === 'object' && value !== null)
}

/** Returns a check for a number in a range. */
export function between(
  [low, high]: readonly [low: number, high: number],
  { isWhole = false }: { readonly isWhole?: boolean } = {},
): Check {
  return must(
    (value) =>
      (isWhole ? Number.isInteger(value) : Number.isFinite(value)) &&
      Number(value) >= low &&
      Number(value) <= high,
    `a ${isWhole ? 'whole ' : ''}number from ${low} to ${high}`,
  )
}

export const A_STRING: Check = must(isString, 'a string')
export const A_TEXT: Check = must(isText, 'a non-empty string')
export const A_FUNCTION: Check = must((value) => typeof value === 'function', 'a function')
export const A_BOOLEAN: Check = must((value) => typeof value === 'boolean', 'true or false')
export const A_DURATION: Check = must(isDuration, 'a positive number')
export const ZERO_OR_A_DURATION: Check = must(
  (value) => value === 0 || isDuration(value),
  '0 or a positive number',
)
export const STRINGS: Check = must(isStringList, 'a list of strings')
export const STRINGS_BY_NAME: Check = must(
  (value) => isObject(value) && Object.values(value).every(isString),
  'an object of strings',
)

/** Returns a check for scopes, which can be a list or a string. */
export function someScopes(list: string): Check {
  return must((value) => isScopes(value) && parseScopes(value).length > 0, list)
}

/** Returns a check for a value that must be one of several strings. */
export function oneOf(...values: readonly string[]): Check {
  const quoted = values.map((value) => `'${value}'`)
  const last = quoted.pop() ?? ''
  return must((value) => values.includes(value as string), `${quoted.join(', ')} or ${last}`)
}

/** Characters. */
const MIN_LENGTH = 32
// A random secret of 32 hexadecimal digits has fewer with a probability below one in a billion.
const MIN_DIFFERENT_CHARACTERS = 6
/** The maximum length, in characters, of a block that does not make a secret if it is only repeated. */
const MAX_BLOCK_LENGTH = 16

/**
 * Returns the problem with the secrets that derive the encryption keys, for example `is shorter than 32 characters`. It
 * also finds secrets that somebody typed instead of a random value. `undefined` if all secrets are usable.
 */
export function secretFault(secrets: readonly unknown[]): string | undefined {
  for (const secret of secrets) {
    if (typeof secret !== 'string' || secret.length < MIN_LENGTH)
      return `is shorter than ${MIN_LENGTH} characters`
    if (new Set(secret).size < MIN_DIFFERENT_CHARACTERS)
      return `has fewer than ${MIN_DIFFERENT_CHARACTERS} different characters, so an attacker can guess it`
    if (repeatsBlock(secret)) return 'repeats a short string, so an attacker can guess it'
    if (isPlaceholder(secret)) return 'is the placeholder of a guide, which attackers know'
  }
  return undefined
}

/** Returns whether a value was copied from a guide, such as `<client ID>` or `api://<client ID>`. */
export function isPlaceholder(value: unknown): boolean {
  return typeof value === 'string' && /^(<.*>|[a-z]+:\/\/.*<.+>.*)$/.test(value)
}

function repeatsBlock(secret: string): boolean {
  for (let length = 1; length <= MAX_BLOCK_LENGTH; length++) {
    if (secret.startsWith(secret.slice(length))) return true
  }
  return false
}

/**
 * Returns a check of each item of a list.
 *
 * @param faultOf - Returns the problem with an item, for example `is not a string`.
 */
export function listOf(faultOf: (item: unknown) => Fault | undefined, be: string): Check {
  return (list) => {
    if (!Array.isArray(list)) return `must be ${be}`
    return list.flatMap((item: unknown) => {
      const fault = faultOf(item)
      if (fault === undefined) return []
      const start = `contains ${JSON.stringify(item)}, which `
      return typeof fault === 'string' ? start + fault : { ...fault, fault: start + fault.fault }
    })
  }
}

/**
 * Checks a list of origins. Origins are compared as strings, so a value that differs from the spelling of browsers
 * would never match.
 */
export const ORIGINS: Check = listOf(originFault, 'an array of origins')

function originFault(value: unknown): string | undefined {
  if (value === 'null') return 'every sandboxed page and local file sends instead of its origin'
  if (typeof value !== 'string' || !URL.canParse(value))
    return 'is not an origin as browsers send it'
  const url = new URL(value)
  if (!isSecureUrl(url)) return 'must start with https:// (http:// only on localhost)'
  if (value.includes('*')) return 'must be one origin without a wildcard'
  return url.origin === value
    ? undefined
    : `must be an origin without a path. Use ${JSON.stringify(url.origin)}`
}

/** Returns whether a value has the methods of a store, and reports errors of its backend. */
export function isStore(value: unknown): boolean {
  return SESSION_STORE(value, String) === undefined
}

const STORE_METHODS = ['get', 'set', 'delete'] as const

/**
 * Checks a store of sessions. If the value must first be converted to a store, the message contains the function that
 * converts it.
 */
export const SESSION_STORE: Check = (value, code): Fault | undefined => {
  const has = (...names: readonly string[]): boolean =>
    names.every((name) => hasMethod(value, name))
  const wrap = (wrapped: string, more = ''): string =>
    `Wrap it, for example ${code(wrapped)}${more}.`
  if (has(...STORE_METHODS)) {
    // When its backend fails, it would report that a session does not exist, and that a session was not revoked.
    return keyvErrorsOf(value as object) === 'hidden' ? HIDDEN_ERRORS : undefined
  }
  // Checked first, because a Redis client has the methods of the next check as well.
  if (has('sendCommand')) return { fault: 'is a Redis client', remedy: wrap('redisStore(client)') }
  if (has('idFromName')) {
    return { fault: 'is a Durable Object namespace', remedy: wrap(DURABLE, FROM_DURABLE) }
  }
  // Its data centers cache values for a minute or more, also the value that a key is not stored.
  if (has('getWithMetadata', 'put')) {
    return {
      fault:
        'is a Workers KV namespace. Such a namespace cannot store sessions, because a read can return an old value for a minute or more. A user who signed out would stay signed in, and a new session would not be found',
      remedy: `Use ${code(DURABLE)}${FROM_DURABLE}. To keep sessions in cookies instead, remove the store.`,
    }
  }
  if (has('query')) {
    return {
      fault: 'is a client of PostgreSQL',
      remedy: wrap('postgresStore(pool)', ' with postgresStore of identity-web/postgres'),
    }
  }
  if (has('get', 'set', 'destroy')) {
    return { fault: 'is an express-session store', remedy: wrap('fromExpressStore(store)') }
  }
  return {
    fault: 'must have the methods get, set and delete',
    remedy: `Change ${code()}, for example to redisStore(client) of identity-web/redis, or to memoryStore() in development.`,
  }
}

const DURABLE = 'durableObjectStore(env.SESSIONS)'
const FROM_DURABLE = ' with durableObjectStore of identity-web/durable-object'
const HIDDEN_ERRORS: Fault = {
  fault: 'is a Keyv that hides the errors of its backend',
  remedy:
    'Use keyv 5.4 or later, and create it with throwOnErrors, for example new Keyv({ store, throwOnErrors: true }).',
}

function hasMethod(value: unknown, name: string): boolean {
  return typeof (value as Readonly<Record<string, unknown>> | null)?.[name] === 'function'
}
