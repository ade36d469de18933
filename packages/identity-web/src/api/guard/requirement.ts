// The requirement of an API route, and its check at the start.
import { configurationError } from '../../errors.ts'
import {
  copyRequirement,
  invalidRequirement,
  readRequirement,
  toClaimsRule,
  toContexts,
  toGroupsRule,
  toNamesRule,
  toScopesRule,
  assertGroupIds,
  withGroups,
  type ClaimsRule,
  type NamesRule,
  type ReadableForm,
  type RequiredClaims,
  type RequiredNames,
  type RequiredScopes,
} from '../../options/requirements.ts'
import type { ResolvedIssuer } from '../../options/resolve-api.ts'
import type { AccessTokenClaims } from '../token/caller.ts'
import type { TokenRules } from '../token/rules.ts'
import type { AppContext, AuthorizationContext, UserContext } from './context.ts'
import type { CallerGroups } from './groups.ts'

/**
 * A route's requirement, which says who may call it. Users and applications are checked independently.
 *
 * - A user's token must have `scopes` or, if you omit them, any of this API's scopes. The user must also satisfy
 *   `roles`, `groups`, `acrs` and `claims`.
 * - An app-only token must have `appPermissions` and satisfy `claims`. It is rejected if the requirement does not
 *   contain `appPermissions`.
 * - Users are rejected if the requirement contains `appPermissions`, but not `scopes`, `roles`, `groups` or `acrs`.
 *
 * Without a requirement, any user's token with one of this API's scopes is enough. An option that is present must have
 * a value.
 *
 * @example Users whose client may read, and applications that may read everything
 * ```ts
 * app.get('/todos', api.authorizationRequired({ scopes: ['Todos.Read'], appPermissions: ['Todos.Read.All'] }, list))
 * ```
 * @public
 */
export interface AuthorizationRequirement<Issuer extends string = string> {
  /**
   * The required scopes of this API: what the user allows the client to do. A list or a space-separated string requires
   * all scopes, but with `{ anyOf: [...] }`, one scope is enough.
   *
   * With `false`, a user's token does not need a scope. Set `false` only if the provider (not Microsoft) issues access
   * tokens without scopes. You must then also set `roles`, `claims`, or the `ApiAuth` option `allowedClients`.
   *
   * @defaultValue any scope of this API
   * @example app.get('/todos', api.authorizationRequired({ scopes: ['Todos.Read'] }, list))
   */
  readonly scopes?: RequiredScopes | false
  /**
   * The user's required app roles: what the user may do. With a list, one role is enough, but `{ allOf: [...] }`
   * requires all roles. Applications do not need roles, so use `appPermissions` for them instead.
   *
   * @defaultValue not required
   *
   * @example Administrators
   * ```ts
   * app.delete('/todos/:id', api.authorizationRequired({ scopes: ['Todos.Write'], roles: ['Admin'] }, remove))
   * ```
   */
  readonly roles?: RequiredNames
  /**
   * The user's required groups, which are object IDs at Entra ID. With a list, one group is enough, but
   * `{ allOf: [...] }` requires all groups. Applications do not need groups.
   *
   * A token cannot contain more than 200 groups, so for users with more groups, Microsoft Graph is asked on behalf of
   * the user. At Entra ID, `ApiAuth` therefore needs a `clientCredential`, and the API needs the delegated permission
   * `User.Read`.
   *
   * @defaultValue not required
   * @example app.get('/staff', api.authorizationRequired({ groups: ['11111111-2222-3333-4444-555555555555'] }, list))
   */
  readonly groups?: RequiredNames
  /**
   * The required app permissions: what an application may do without a user. With a list, one permission is enough, but
   * `{ allOf: [...] }` requires all permissions. The route rejects users unless it also sets `scopes`, `roles`,
   * `groups` or `acrs`.
   *
   * At Microsoft, the claim `roles` contains the app permissions, but at other providers, the scopes in the
   * application's token are its permissions.
   *
   * @defaultValue applications are rejected
   * @example app.get('/export', api.authorizationRequired({ appPermissions: ['Todos.Read.All'] }, list))
   */
  readonly appPermissions?: RequiredNames
  /**
   * The required claims in the access token, for users and applications. A value is compared with `===`, unless the
   * claim is a list, which must contain the value. A function decides from the verified claims, and any result except
   * `true` rejects the request with the status 403.
   *
   * @defaultValue not required
   *
   * @example Callers of one department
   * ```ts
   * app.post('/posts', api.authorizationRequired({ scopes: ['Posts.Write'], claims: { department: 'Press' } },
   * publish))
   * ```
   */
  readonly claims?: RequiredClaims<AccessTokenClaims>
  /**
   * Entra ID: the required Conditional Access authentication contexts, such as `c1`. A user must have satisfied all
   * contexts, but applications do not need them.
   *
   * A client that supports claims challenges (`xms_cc`) is told which claims to request, but other clients are
   * rejected. The API's app registration needs the optional claims `acrs` and `xms_cc`.
   *
   * @defaultValue not required
   * @example app.post('/transfer', api.authorizationRequired({ acrs: 'c1' }, transfer))
   * @see {@link
   *   https://learn.microsoft.com/entra/identity-platform/developer-guide-conditional-access-authentication-context}
   */
  readonly acrs?: string | readonly string[]
  /**
   * The only issuer whose tokens the route accepts, by its name in the option `issuers`. Tokens from the others are
   * rejected with the status 403.
   *
   * If the API has several issuers, `roles`, `groups`, `appPermissions`, `claims` and `acrs` require it, because the same
   * name or claim at another issuer must not open the route.
   *
   * @defaultValue every issuer of the API
   * @example app.get('/staff', api.authorizationRequired({ issuer: 'workforce', roles: ['Admin'] }, list))
   */
  readonly issuer?: Issuer
}

/**
 * The type of a handler's context, derived from the route's requirement.
 *
 * Without `appPermissions`, the caller is always a user. With `appPermissions`, but without `scopes`, `roles`, `groups`
 * and `acrs`, it is always an application. With both, it is a user or an application.
 *
 * @typeParam R - The type of the requirement.
 * @public
 */
export type ContextFor<R extends AuthorizationRequirement> = R extends unknown
  ? MayHave<R, 'appPermissions'> extends false
    ? UserContext
    : R extends { readonly appPermissions: RequiredNames }
      ? MayHave<R, 'scopes' | 'roles' | 'groups' | 'acrs'> extends false
        ? AppContext
        : AuthorizationContext
      : AuthorizationContext
  : never

/** `true` if the requirement has one of these properties, or may have one. */
type MayHave<R, Name extends string> = [Extract<keyof R, Name>] extends [never] ? false : true

/** A requirement after its checks, in the form that guards use. */
export interface Requirement {
  /** The class whose guard this is, as messages name it. */
  readonly owner: string
  /** The requirement for users, or `undefined` if the route rejects users. */
  readonly user: UserRequirement | undefined
  /** The requirement for applications, or `undefined` if the route rejects applications. */
  readonly appPermissions: NamesRule | undefined
  readonly claims: ClaimsRule | undefined
  /** The only issuer whose tokens the route accepts, or `undefined` for every issuer. */
  readonly issuer: string | undefined
  /**
   * The scopes as a client must request them for a user, by the issuer of the token. The key `undefined` has the scopes
   * that are the same at every issuer, for a client without a token.
   */
  readonly fullScopes: ReadonlyMap<string | undefined, readonly string[]>
  readonly groupsOf: CallerGroups['of']
}

export interface UserRequirement {
  /** `false` if the token does not need a scope. `undefined` if any scope of this API is sufficient. */
  readonly scopes: NamesRule | false | undefined
  readonly roles: NamesRule | undefined
  readonly groups: NamesRule | undefined
  readonly acrs: readonly string[]
}

/** A requirement whose values were checked, but which the provider and the `ApiAuth` options can still rule out. */
interface RequirementValues extends Partial<Record<keyof AuthorizationRequirement, unknown>> {
  readonly scopes?: NamesRule | false
  readonly roles?: NamesRule
  readonly groups?: NamesRule
  readonly appPermissions?: NamesRule
  readonly claims?: ClaimsRule
  readonly acrs?: readonly string[]
}

const FORM: ReadableForm<RequirementValues> = {
  owner: 'authorizationRequired()',
  options: {
    scopes: (of, value) => (value === false ? false : toScopesRule(of, value)),
    roles: toNamesRule,
    groups: toGroupsRule,
    appPermissions: toNamesRule,
    claims: toClaimsRule,
    acrs: toContexts,
    // It is compared with the names of the issuers.
    issuer: (_, name) => name,
  },
  example: "authorizationRequired({ scopes: ['Todos.Read'] })",
}

/**
 * Checks a requirement's values. The check does not need the options of `ApiAuth`.
 *
 * @returns A copy of the requirement.
 * @throws IdentityError `configuration`.
 */
export function checkAuthorizationRequirement(given: unknown): AuthorizationRequirement {
  const requirement = copyRequirement<AuthorizationRequirement>(FORM, given)
  readRequirement(FORM, requirement)
  return requirement
}

/** The names of a requirement's options. */
export const AUTHORIZATION_OPTIONS: readonly string[] = Object.keys(FORM.options)

/** The settings that decide whether an `ApiAuth` can check a requirement. */
export interface RequirementRules {
  /** The name of the class that the developer has used, for messages. */
  readonly owner: string
  readonly issuers: Accepted
}

type IssuerRules = Pick<TokenRules, 'options' | 'audiences'> & { readonly groups: CallerGroups }

/**
 * Checks a route's requirement and converts it for its guard.
 *
 * @throws IdentityError `configuration` for wrong values, because such a guard could allow every caller.
 */
export function toRequirement(
  rules: RequirementRules,
  given: AuthorizationRequirement | undefined,
): Requirement {
  const requirement = copyRequirement<AuthorizationRequirement>(FORM, given)
  const values = readRequirement(FORM, requirement)
  const { scopes, roles, groups, appPermissions, claims, acrs, issuer } = values
  const issuers = issuersOf(rules, values)
  for (const accepted of issuers) assertCheckable(values, accepted)
  const [first] = issuers
  first.groups.add(groups)
  const concernsUsers = [scopes, roles, groups, acrs].some((value) => value !== undefined)
  const allowsUsers = concernsUsers || appPermissions === undefined
  const asked = scopes === undefined || scopes === false ? [] : scopes.names
  return {
    owner: rules.owner,
    user: allowsUsers
      ? {
          scopes: scopes ? { ...scopes, names: asked.map(first.audiences.toScopeName) } : scopes,
          roles,
          groups,
          acrs: acrs ?? [],
        }
      : undefined,
    appPermissions,
    claims,
    issuer: issuer === undefined ? undefined : first.options.name,
    fullScopes: toFullScopes(asked, issuers),
    groupsOf: first.groups.of,
  }
}

type Accepted = readonly [IssuerRules, ...IssuerRules[]]

/** Returns the names in the option `issuers`, for messages. */
export function namesOf(issuers: readonly { readonly options: ResolvedIssuer }[]): string {
  return issuers.map(({ options }) => options.name ?? 'not set').join(', ')
}

/**
 * Returns the issuers whose tokens a route accepts. If the API has several, a route that requires names or claims, such as
 * roles, must choose one issuer, because they can mean something else at another one.
 */
function issuersOf({ issuers, owner }: RequirementRules, values: RequirementValues): Accepted {
  const { issuer, scopes } = values
  const [first, ...others] = issuers.filter(
    ({ options }) => options.name === (issuer ?? options.name),
  )
  if (first === undefined) {
    throw invalidRequirement(
      FORM,
      `requires one name of the option issuers in issuer, which is ${namesOf(issuers)}`,
    )
  }
  const ofOne = (['roles', 'groups', 'appPermissions', 'claims', 'acrs'] as const).find(
    (name) => values[name] !== undefined,
  )
  if (ofOne !== undefined && others.length > 0) {
    throw configurationError(
      `authorizationRequired() requires issuer together with ${ofOne}, because ${owner} has several issuers, and ${ofOne} of another issuer must not open the route. Example: authorizationRequired({ issuer: '${first.options.name}', ${ofOne}: … }).`,
    )
  }
  if (others.length > 0 && scopes && scopes.names.some((name) => name.includes('://'))) {
    throw invalidRequirement(
      FORM,
      'requires scopes without a prefix, because each issuer of the API has its own. Remove the prefix, or set issuer',
    )
  }
  return [first, ...others]
}

function toFullScopes(asked: readonly string[], issuers: Accepted): Requirement['fullScopes'] {
  const all = issuers.map(({ audiences, options }) => {
    return [options.name, [...new Set(asked.map(audiences.toFullScope))]] as const
  })
  const [[, first] = [undefined, []], ...others] = all
  const isCommon = others.every(([, scopes]) => scopes.join(' ') === first.join(' '))
  return new Map([...all, [undefined, isCommon ? first : []]])
}

/** @throws IdentityError `configuration` if an issuer cannot check a route's requirement. */
function assertCheckable(values: RequirementValues, { options }: IssuerRules): void {
  const { authority, credential, place } = options
  const { groups, scopes } = values
  if (scopes === false) assertScopesNotNeeded(values, options)
  if (groups === undefined || authority.kind !== 'entra') return
  assertGroupIds(FORM, groups)
  if (credential !== undefined) return
  throw invalidRequirement(
    withGroups(FORM),
    `needs a credential to check groups. A token contains at most 200 groups, so the API must ask Microsoft Graph for the other groups. Set ${place.places('clientCredential')}, for example the secret of the app registration`,
  )
}

/**
 * Checks that a requirement without scopes has another restriction. A token without a scope only identifies the user,
 * so the other restriction must decide which tokens are for this API.
 */
function assertScopesNotNeeded(
  { roles, claims }: RequirementValues,
  { allowedClients, authority, place }: ResolvedIssuer,
): void {
  if (authority.kind !== 'oidc') {
    throw invalidRequirement(
      FORM,
      'cannot have scopes: false, because Microsoft puts scopes into every access token of a user. List the required scopes, or remove the option scopes',
    )
  }
  if (roles !== undefined || claims !== undefined || allowedClients !== undefined) return
  throw invalidRequirement(
    FORM,
    `cannot have scopes: false alone, because it would allow every user of the provider. Add roles or claims, or set ${place.code('allowedClients', '[...]')}`,
  )
}
