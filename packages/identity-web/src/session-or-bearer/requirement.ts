// The requirement of such a route.
import { own, ownMembers } from '../own.ts'
import { checkAuthorizationRequirement, type AuthorizationRequirement } from '../api/index.ts'
import { configurationError } from '../errors.ts'
import {
  checkLoginRequirement,
  copyRequirement,
  type LoginRequirement,
  type RequiredClaims,
  type RequiredNames,
} from '../web/index.ts'

/**
 * The requirement for a route that accepts a session or a bearer token.
 *
 * Every user must satisfy `roles`, `groups`, `claims` and `acrs`, with a session or with a token. `login` contains the
 * requirements that exist only for sessions, and `authorization` those that exist only for access tokens.
 *
 * @example Editors, in a browser or through a client with the scope, and applications with an app permission
 * ```ts
 * const requirement = {
 *   roles: ['Editor'],
 *   authorization: { scopes: ['Todos.Write'], appPermissions: ['Todos.Write.All'] },
 * }
 * app.post('/todos', auth.orBearer(api).required(requirement, create))
 * ```
 * @public
 */
export interface EitherRequirement {
  /**
   * The user's required app roles. A list requires one of its roles, while `{ allOf: [...] }` requires all of them.
   *
   * @defaultValue not required
   * @example app.post('/posts', auth.orBearer(api).required({ roles: ['Editor'] }, create))
   */
  readonly roles?: RequiredNames
  /**
   * The user's required groups. At Entra ID, set the groups' object IDs. A list requires one of its groups, while
   * `{ allOf: [...] }` requires all of them.
   *
   * @defaultValue not required
   * @example app.get('/staff', auth.orBearer(api).required({ groups: ['11111111-2222-3333-4444-555555555555'] }, list))
   */
  readonly groups?: RequiredNames
  /**
   * The required claims in the ID token or the access token. An app-only token must contain these claims too.
   *
   * @defaultValue not required
   * @example app.get('/hr', auth.orBearer(api).required({ claims: { department: 'HR' } }, list))
   */
  readonly claims?: RequiredClaims
  /**
   * Entra ID: authentication contexts that the user must have satisfied, such as `c1`.
   *
   * @defaultValue not required
   * @example app.post('/transfer', auth.orBearer(api).required({ acrs: 'c1' }, transfer))
   */
  readonly acrs?: string | readonly string[]
  /**
   * For sessions only: the handler's access token, and how recently the user signed in.
   *
   * @defaultValue a session
   * @example app.get('/todos', auth.orBearer(api).required({ login: { maxAgeSeconds: 600 } }, list))
   */
  readonly login?: Pick<LoginRequirement, 'scopes' | 'maxAgeSeconds' | 'challenge' | 'csrf'>
  /**
   * For access tokens only: the scopes in users' tokens, the permissions of applications, and the issuer.
   *
   * @defaultValue a user's token with any scope of this API
   * @example app.get('/todos', auth.orBearer(api).required({ authorization: { scopes: ['Todos.Read'] } }, list))
   */
  readonly authorization?: Pick<AuthorizationRequirement, 'scopes' | 'appPermissions' | 'issuer'>
}

/**
 * Returns the requirement for sessions and that for access tokens, which both contain the requirements for every user.
 *
 * @param requirement - As `checkEitherRequirement` returns it.
 */
export function partsOf(requirement: EitherRequirement): {
  readonly login: LoginRequirement
  readonly authorization: AuthorizationRequirement
} {
  const { login, authorization, ...ofUsers } = ownMembers(requirement)
  return { login: { ...ofUsers, ...login }, authorization: { ...ofUsers, ...authorization } }
}

// The types make the build fail if an option has no entry here.
const OPTIONS: Record<keyof EitherRequirement, true> = {
  roles: true,
  groups: true,
  claims: true,
  acrs: true,
  login: true,
  authorization: true,
}
/** The options of one part only, and how to set each of them. */
const PARTS: Readonly<Record<'login' | 'authorization', Readonly<Record<string, string>>>> = {
  authorization: {
    scopes: "authorization: { scopes: ['Todos.Read'] } for the scopes of access tokens",
    appPermissions: "authorization: { appPermissions: ['Todos.Read.All'] }",
    issuer: "authorization: { issuer: 'workforce' }",
  } satisfies Record<keyof NonNullable<EitherRequirement['authorization']>, string>,
  login: {
    scopes: "login: { scopes: ['User.Read'] } for an access token of the handler",
    maxAgeSeconds: 'login: { maxAgeSeconds: 600 }',
    challenge: "login: { challenge: 'unauthorized' }",
    csrf: 'login: { csrf: false }',
  } satisfies Record<keyof NonNullable<EitherRequirement['login']>, string>,
}

const EXAMPLE =
  "required({ roles: ['Editor'], authorization: { scopes: ['Todos.Write'] } }, handler)"

/**
 * Checks a requirement.
 *
 * @returns A copy of the requirement and its parts.
 * @throws IdentityError `configuration` for a requirement that is not valid.
 */
export function checkEitherRequirement(given: unknown): EitherRequirement {
  const options = { ...OPTIONS, ...PARTS.login, ...PARTS.authorization }
  const form = { owner: 'required()', options, example: EXAMPLE, inner: Object.keys(options) }
  const requirement = copyRequirement<EitherRequirement>(form, given)
  for (const name of Object.keys(requirement)) assertRightPart(name)
  const login = checkPart('login', requirement.login)
  const authorization = checkPart('authorization', requirement.authorization)
  const checked = Object.assign(requirement, login && { login }, authorization && { authorization })
  const parts = partsOf(checked)
  checkLoginRequirement(parts.login)
  checkAuthorizationRequirement(parts.authorization)
  return checked
}

// A requirement of users in one part would not apply to the other one.
function checkPart(part: keyof typeof PARTS, given: object | undefined): object | undefined {
  if (given === undefined) return undefined
  const options = { ...PARTS[part], roles: true, groups: true, claims: true, acrs: true }
  const copy = copyRequirement(
    { owner: `required() with ${part}`, options, example: EXAMPLE },
    given,
  )
  const name = ['roles', 'groups', 'claims', 'acrs'].find((option) => option in copy)
  if (name !== undefined) {
    throw configurationError(
      `required() does not accept ${name} in ${part}, because ${name} would then not apply to ${part === 'login' ? 'access tokens' : 'sessions'}. Set ${name} for both, for example required({ ${name}: ['${name === 'acrs' ? 'c1' : 'Editor'}'] }, handler).`,
    )
  }
  return copy
}

function assertRightPart(name: string): void {
  const places = Object.values(PARTS).flatMap((part) => own(part, name) ?? [])
  if (places.length === 0) return
  throw configurationError(
    `required() accepts ${name} only in login or authorization. Use ${places.join(', or ')}.`,
  )
}
