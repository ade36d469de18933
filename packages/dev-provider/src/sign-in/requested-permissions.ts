import type { AppConfig } from '../config/config.js'
import { param, type ProviderRequest } from '../protocol/http.js'
import { missingParameter } from '../protocol/oauth-error.js'
import type { IssuerProfile } from '../profiles/issuer-profile.js'
import { fullName } from '../profiles/resources.js'

/** The permissions that an administrator is asked to approve. */
export interface RequestedPermissions {
  /** The names of all permissions, for the page. */
  readonly all: readonly string[]
  /** The scopes among them, in the form of `AppConfig.permissions`. */
  readonly delegated: readonly string[]
  /** The parameter `scope` of `/v2.0/adminconsent`. */
  readonly scope?: string
}

/**
 * Returns the permissions of an admin consent request. `/adminconsent` and `.default` request all
 * permissions of the registration, `/v2.0/adminconsent` requests those in `scope`.
 *
 * @throws OAuthError AADSTS900144 when `/v2.0/adminconsent` has no `scope`.
 */
export function requestedPermissions(
  request: ProviderRequest,
  profile: IssuerProfile,
  app: AppConfig,
): RequestedPermissions {
  const { permissions = [], appPermissions = [] } = app
  const registered = { all: [...permissions, ...appPermissions], delegated: permissions }
  if (request.endpoint !== 'adminconsentV2') return registered
  const scope = param(request.url.searchParams, 'scope')
  if (scope === undefined) throw missingParameter('scope')
  const { identity, targets } = profile.parseScopes(scope, app)
  if (targets.some(({ isDefault }) => isDefault)) return { ...registered, scope }
  const delegated = targets.flatMap(({ resource, names }) =>
    names.map((name) => fullName(resource, name)),
  )
  return { all: [...identity, ...delegated], delegated, scope }
}
