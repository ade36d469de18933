// Adds the default scopes of the server to requirements.
import type { AuthorizationRequirement } from '../api/index.ts'
import { parseScopes } from '../client/index.ts'
import { configurationError } from '../errors.ts'
import { own } from '../own.ts'
import { scopeProblem, type ScopeRules } from '../options/resolve-mcp.ts'

/**
 * Adds the scopes in the option `scopes` to a requirement for users that does not contain scopes.
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
 * Checks a requirement's scopes.
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
    if (problem !== undefined) throw configurationError(problem)
  }
  return requirement
}

// The guard checks the requirement's form.
function namesIn(scopes: unknown): readonly string[] {
  const isChoice = Object.hasOwn(Object(scopes) as object, 'anyOf')
  const list = isChoice ? (scopes as { readonly anyOf: unknown }).anyOf : scopes
  const isReadable = typeof list === 'string' || Array.isArray(list)
  return isReadable ? parseScopes(list as string).filter((name) => typeof name === 'string') : []
}
