// Values in requirements: roles, groups, scopes, claims.
import { own, ownMembers, readMembers, refusedKind } from '../own.ts'
import { isGuid } from '../authority/index.ts'
import { parseScopes } from '../client/index.ts'
import { configurationError, type IdentityError } from '../errors.ts'
import type { MaybePromise } from '../maybe-promise.ts'
import { unknownNameMessages } from './rows.ts'

// The values in requirements of guards, for sessions and for access tokens. A value that is present must say something:
// an unset variable must never open a route to more callers than its author meant.

/**
 * App roles, groups or app permissions that a route requires. A string is one name. With a list, one name is enough,
 * but `{ allOf: [...] }` requires all names.
 *
 * @example
 * ```ts
 * const roles: RequiredNames = ['Editor', 'Admin'] // Editor or Admin
 * const all: RequiredNames = { allOf: ['Editor', 'Auditor'] } // both
 * ```
 * @public
 */
export type RequiredNames =
  | string
  | readonly string[]
  | {
      /** All of these names are required. */
      readonly allOf: readonly string[]
    }

/**
 * Scopes of an API that a route requires. A list or a space-separated string requires all scopes, but with
 * `{ anyOf: [...] }`, one scope is enough.
 *
 * @example
 * ```ts
 * const scopes: RequiredScopes = ['Todos.Read'] // all scopes of the list
 * const any: RequiredScopes = { anyOf: ['Todos.Read', 'Todos.ReadWrite'] } // one of them
 * ```
 * @public
 */
export type RequiredScopes =
  | string
  | readonly string[]
  | {
      /** One of these scopes is required. */
      readonly anyOf: string | readonly string[]
    }

/**
 * Claims that a route requires, or a function that decides from the verified claims. A value is compared with `===`,
 * unless the claim is a list, which must contain the value. A function must return `true` to allow the caller.
 *
 * @typeParam Claims - The type of the claims.
 * @example
 * ```ts
 * const claims: RequiredClaims = { department: 'HR', email_verified: true }
 * ```
 * @public
 */
export type RequiredClaims<Claims = Readonly<Record<string, unknown>>> =
  | Readonly<Record<string, string | number | boolean>>
  | ((claims: Claims) => MaybePromise<boolean>)

/** The checked names of a requirement. */
export interface NamesRule {
  readonly names: readonly string[]
  /** `true` if all names are required. Otherwise, one name is enough. */
  readonly needsAll: boolean
}

/** Decides from the claims. Only `true` allows the caller: in JavaScript, a function may return any value. */
export type ClaimsRule = (claims: Readonly<Record<string, unknown>>) => MaybePromise<unknown>

/**
 * The facts about a function that takes a requirement, such as `loginRequired()`: its options, and an example for
 * messages.
 */
export interface RequirementForm {
  readonly owner: string
  readonly options: object
  readonly example: string
  /** The names of the members that an option's value may have, if it is an object. */
  readonly inner?: readonly string[]
}

type Reader<Value> = (of: RequirementOption, value: unknown) => Value

/** A form with the functions that read the options. An option without one fails the build. */
export interface ReadableForm<Values> extends RequirementForm {
  readonly options: { readonly [Option in keyof Values]-?: Reader<Values[Option]> }
}

/**
 * Checks a requirement, and reads its options.
 *
 * @throws IdentityError `configuration`.
 */
export function readRequirement<Values extends object>(
  form: ReadableForm<Values>,
  given: unknown,
): Values {
  const requirement = copyRequirement(form, given)
  const readers = new Map(Object.entries<Reader<unknown>>(form.options))
  const read = Object.entries(requirement).map(([option, value]) => {
    const reader = readers.get(option) as Reader<unknown>
    return [option, reader({ form, option }, value)]
  })
  return ownMembers(Object.fromEntries(read) as Values)
}

/**
 * Checks the form of a requirement: it must be an object, its options must exist, and each one must have a value.
 *
 * @returns A copy of the requirement and of the objects in it.
 * @throws IdentityError `configuration`.
 */
export function copyRequirement<Requirement extends object>(
  { options, inner = [], ...form }: RequirementForm,
  given: unknown,
): Requirement {
  const kind = refusedKind(given)
  if (kind !== undefined) {
    throw invalidRequirement(
      form,
      `requires an object as its first argument, before the handler, but received ${kind}`,
    )
  }
  const copy = readMembers(given as Record<string, unknown>, Object.keys(options))
  const [unknown] = unknownNameMessages(options, { owner: form.owner, given: copy })
  if (unknown !== undefined) throw configurationError(unknown)
  for (const [option, value] of Object.entries(copy)) {
    // The readers of the options reject a Map and its like.
    if (refusedKind(value) === undefined)
      copy[option] = readMembers(value as object, [...inner, 'allOf', 'anyOf'])
    if (!saysNothing(copy[option])) continue
    throw invalidRequirement(
      form,
      `received ${option} without a value. Set ${option}. If the route does not need ${option}, remove it`,
    )
  }
  return copy as Requirement
}

/** Returns whether a value is missing or empty, or an object with such a value. */
function saysNothing(value: unknown): boolean {
  if (value === undefined || value === null) return true
  if (typeof value === 'string') return value.trim() === ''
  if (Array.isArray(value)) return value.length === 0 || value.some(saysNothing)
  if (refusedKind(value) !== undefined) return false
  const values: readonly unknown[] = Object.values(value)
  return values.length === 0 || values.some(saysNothing)
}

/** Returns the error for a requirement that is not valid. */
export function invalidRequirement(
  { owner, example }: Omit<RequirementForm, 'options'>,
  problem: string,
): IdentityError {
  return configurationError(`${owner} ${problem}. Example: ${example}.`)
}

/**
 * Checks the groups of a route at Entra ID.
 *
 * @throws IdentityError `configuration` for names. Several groups can have the same name, and Microsoft Graph looks
 *   groups up only by their object IDs.
 */
export function assertGroupIds(form: RequirementForm, { names }: NamesRule): void {
  const other = names.filter((group: unknown) => !isGuid(group))
  if (other.length === 0) return
  throw invalidRequirement(
    withGroups(form),
    `requires object IDs in groups at Entra ID, but received ${other.join(', ')}`,
  )
}

/** Returns the form with an example that contains groups, for messages about groups. */
export function withGroups(form: RequirementForm): RequirementForm {
  const example = form.owner.replace('()', "({ groups: ['5f1a3b2c-0000-4000-8000-0000000000aa'] })")
  return { ...form, example }
}

/** The option that a value belongs to. */
export interface RequirementOption {
  readonly form: RequirementForm
  readonly option: string
}

/** Reads scopes: a list or a space-separated string for all of them, or `{ anyOf }` for one of them. */
export function toScopesRule(of: RequirementOption, value: unknown): NamesRule {
  const anyOf = partOf(value, 'anyOf')
  const given = anyOf ?? value
  const names: unknown = typeof given === 'string' ? parseScopes(given) : given
  if (isListOf(names, isScopeName)) return { names: [...names], needsAll: anyOf === undefined }
  throw invalidRequirement(
    of.form,
    `requires valid names in ${of.option}. If all names are required, set a list. If one name is enough, set { anyOf: [...] }`,
  )
}

/** Reads roles, groups or app permissions: a name or a list for one of them, or `{ allOf }` for all of them. */
export function toNamesRule(of: RequirementOption, value: unknown): NamesRule {
  const allOf = partOf(value, 'allOf')
  const given = allOf ?? value
  const names: unknown = typeof given === 'string' && allOf === undefined ? [given] : given
  const isName = typeof given === 'string' ? isScopeName : isAnyName
  if (isListOf(names, isName)) return { names: [...names], needsAll: allOf !== undefined }
  throw invalidRequirement(
    of.form,
    `requires valid names in ${of.option}. If one name is enough, set a list. If all names are required, set { allOf: [...] }`,
  )
}

/** Reads groups. Object IDs are not case-sensitive. */
export function toGroupsRule(of: RequirementOption, value: unknown): NamesRule {
  const { names, needsAll } = toNamesRule(of, value)
  return { names: names.map(toGroupName), needsAll }
}

/** Returns the name of a group as it is compared. */
function toGroupName(name: string): string {
  return isGuid(name) ? name.toLowerCase() : name
}

/** Reads authentication contexts. All of them are required. */
export function toContexts(of: RequirementOption, value: unknown): readonly string[] {
  const names: unknown = typeof value === 'string' ? parseScopes(value) : value
  if (isListOf(names, isScopeName)) return [...names]
  throw invalidRequirement(of.form, `requires authentication contexts in ${of.option}, such as c1`)
}

/** Reads and copies claims, so a later change to the object has no effect. */
export function toClaimsRule(of: RequirementOption, value: unknown): ClaimsRule {
  if (typeof value === 'function') return value as ClaimsRule
  const required = refusedKind(value) === undefined ? Object.entries(value as object) : []
  if (required.length === 0 || !required.every(([, expected]) => isClaimValue(expected))) {
    throw invalidRequirement(
      of.form,
      `requires a function in ${of.option}, or an object with a string, a number, true or false for each claim`,
    )
  }
  return (claims) =>
    required.every(([name, expected]) => {
      const found = own(claims, name)
      return Array.isArray(found) ? found.includes(expected) : found === expected
    })
}

function partOf(value: unknown, name: string): unknown {
  if (refusedKind(value) !== undefined) return undefined
  const entries: readonly (readonly [string, unknown])[] = Object.entries(value as object)
  const [entry] = entries
  return entries.length === 1 && entry?.[0] === name ? entry[1] : undefined
}

function isClaimValue(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)
}

function isListOf(
  value: unknown,
  isName: (item: unknown) => item is string,
): value is readonly string[] {
  return Array.isArray(value) && value.length > 0 && value.every(isName)
}

/**
 * Returns whether a name consists only of characters that a scope may have (RFC 6749, section 3.3) and a header can
 * contain.
 */
function isScopeName(value: unknown): value is string {
  return typeof value === 'string' && /^[\x21\x23-\x5b\x5d-\x7e]+$/.test(value)
}

/** Returns whether a value is a name. At providers other than Microsoft, a name may contain spaces. */
function isAnyName(value: unknown): value is string {
  return typeof value === 'string' && /^[^\s\p{Cc}]([^\p{Cc}]*[^\s\p{Cc}])?$/u.test(value)
}

/**
 * Returns whether a list, or one name, contains the required names, without allocating memory, because it runs for
 * every request.
 */
export function hasNames({ names, needsAll }: NamesRule, given: unknown): boolean {
  for (const name of names) {
    const isGiven = Array.isArray(given) ? given.includes(name) : given === name
    if (isGiven !== needsAll) return isGiven
  }
  return needsAll
}

/** Returns whether the user belongs to the required groups. Object IDs are not case-sensitive. */
export function hasGroups(rule: NamesRule, given: unknown): boolean {
  if (hasNames(rule, given)) return true
  if (!Array.isArray(given)) return false
  return hasNames(
    rule,
    given.map((group: unknown) => (typeof group === 'string' ? toGroupName(group) : group)),
  )
}

/** Returns names for a message: `A or B`, or `A and B` if all are required. */
export function listed({ names, needsAll }: NamesRule): string {
  return names.join(needsAll ? ' and ' : ' or ')
}
