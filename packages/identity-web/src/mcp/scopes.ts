import type { AuthorizationRequirement } from '../api/index.ts'
import { parseScopes } from '../client/index.ts'
import { IdentityError } from '../errors.ts'
import { own } from '../own.ts'
import { quote } from '../text.ts'
import { isStringList } from '../settings/check-values.ts'

/** The form that the scopes of an MCP server must have. */
export interface ScopeRules {
  /** The prefix of full scopes at Entra ID: the resource and a slash. `undefined` at other providers. */
  readonly prefix: string | undefined
}

const OPENID_SCOPES: ReadonlySet<string> = new Set(['offline_access', 'openid', 'profile', 'email'])

/**
 * Checks a scope of an MCP server.
 *
 * @returns The message about the problem. `undefined` if there is none.
 */
export function scopeProblem(scope: string, { prefix }: ScopeRules): string | undefined {
  if (OPENID_SCOPES.has(scope)) {
    return `${scope} is not a scope of this server. Clients add it when they need it. Remove it.`
  }
  if (prefix === undefined || !scope.includes('://') || scope.startsWith(prefix)) return undefined
  // Entra ID finds the registration by the parameter `resource`, and then rejects scopes of another Application ID URI.
  return `The scope ${quote(scope)} must be written without its prefix, for example ${quote(nameOf(scope))}. Clients request it as ${prefix}${nameOf(scope)}, because Entra ID rejects scopes that do not start with resource (AADSTS9010010).`
}

function nameOf(scope: string): string {
  return scope.slice(scope.lastIndexOf('/') + 1)
}

/**
 * Adds the scopes of the option `scopes` to a requirement that concerns users and does not name scopes.
 *
 * @throws IdentityError `configuration` for a scope in another form.
 */
export function withDefaultScopes<Requirement extends AuthorizationRequirement>(
  requirement: Requirement,
  { scopes, ...rules }: ScopeRules & { readonly scopes: readonly string[] },
): Requirement {
  const asks = (option: keyof AuthorizationRequirement): boolean =>
    Object.hasOwn(requirement, option)
  if (asks('scopes')) return withScopeCheck(requirement, rules)
  const isForApps = asks('appPermissions') && !(asks('roles') || asks('groups') || asks('acrs'))
  return isForApps || scopes.length === 0 ? requirement : { ...requirement, scopes }
}

/**
 * Checks the scopes of a requirement.
 *
 * @returns The requirement.
 * @throws IdentityError `configuration` for a scope in another form.
 */
export function withScopeCheck<Requirement extends AuthorizationRequirement>(
  requirement: Requirement,
  rules: ScopeRules,
): Requirement {
  for (const scope of namesIn(own(requirement, 'scopes'))) {
    const problem = scopeProblem(scope, rules)
    if (problem !== undefined) throw new IdentityError('configuration', problem)
  }
  return requirement
}

// The guard checks the form of the requirement.
function namesIn(scopes: unknown): readonly string[] {
  const isChoice = Object.hasOwn(Object(scopes) as object, 'anyOf')
  const list = isChoice ? (scopes as { readonly anyOf: unknown }).anyOf : scopes
  const isReadable = typeof list === 'string' || Array.isArray(list)
  return isReadable ? parseScopes(list as string).filter((name) => typeof name === 'string') : []
}

/** Whether a value names a list of scopes for each scope. */
export function isScopeMap(value: unknown): value is Readonly<Record<string, readonly string[]>> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every(isStringList)
  )
}

/** Returns all scopes that each scope implies, directly or through others. Circles are possible. */
export function impliedScopes(
  given: readonly (readonly [scope: string, implied: readonly string[]])[],
): ReadonlyMap<string, readonly string[]> {
  const direct = new Map(given)
  return new Map([...direct.keys()].map((scope) => [scope, [...reachable(scope, direct)]]))
}

function reachable(
  from: string,
  direct: ReadonlyMap<string, readonly string[]>,
): ReadonlySet<string> {
  const found = new Set<string>()
  const open = [from]
  for (let scope = open.pop(); scope !== undefined; scope = open.pop()) {
    for (const next of direct.get(scope) ?? []) {
      if (found.has(next)) continue
      found.add(next)
      open.push(next)
    }
  }
  return found
}
