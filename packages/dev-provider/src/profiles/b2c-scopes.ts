import type { AppConfig, DevProviderConfig } from '../config/config.js'
import { b2cError } from './b2c-errors.js'
import type { Grant } from './issuer-profile.js'
import { findResource, fullName, type Resource } from './resources.js'
import { describeApis } from './scope-remedies.js'
import {
  collectScopes,
  ONE_API,
  type ApiScope,
  type ScopeRequest,
  type ScopeTarget,
} from './scope-request.js'

/** The target of a request without an API scope, for which Azure AD B2C issues no access token. */
export const noTarget: ScopeTarget = {
  resource: { uri: '', id: '', audience: '', name: '', isGraph: false, find: () => undefined },
  names: [],
  isDefault: false,
}

// MSAL always sends `profile`, so it is accepted and ignored. Azure AD B2C does not support
// `email`.
const B2C_IDENTITY_SCOPES: ReadonlySet<string> = new Set(['openid', 'profile', 'offline_access'])

/**
 * Parses a `scope` parameter as Azure AD B2C does.
 *
 * It accepts OpenID scopes and the full scope names of one API. The client ID of the app as a scope
 * requests an access token for the app itself.
 */
export function parseB2cScopes(
  scopeParam: string,
  config: DevProviderConfig,
  app: AppConfig,
): ScopeRequest {
  const request = collectScopes(
    scopeParam,
    (scope) => B2C_IDENTITY_SCOPES.has(scope.toLowerCase()),
    (scope) => parseApiScope(scope, config, app),
  )
  if (request.targets.length > 1) {
    throw b2cError(
      'invalid_request',
      90146,
      `The scope '${scopeParam}' provided in request specifies more than one resource for an access token, which is not supported.`,
      ONE_API,
    )
  }
  return request
}

/**
 * Returns the `scope` of a token response. Unlike Entra ID, it contains `openid` and
 * `offline_access`.
 */
export function formatB2cScope({ target, names, identity }: Grant): string {
  const apis = names.map((name) => fullName(target.resource, name))
  return [...apis, ...identity.filter((scope) => scope !== 'profile')].join(' ')
}

function parseApiScope(scope: string, config: DevProviderConfig, app: AppConfig): ApiScope {
  if (scope.toLowerCase() === app.clientId.toLowerCase()) {
    return { resource: appResource(app), name: app.clientId }
  }
  const slash = scope.lastIndexOf('/')
  const resource = slash < 0 ? undefined : findResource(config, scope.slice(0, slash))
  const bare = scope.slice(slash + 1)
  const name = bare === '.default' ? bare : resource?.find(bare)?.value
  if (resource !== undefined && !resource.isGraph && name !== undefined) return { resource, name }
  throw b2cError(
    'invalid_request',
    90117,
    `The scope '${scope}' provided in the request is not supported.`,
    `Request openid, offline_access, the client ID of the app, or a scope with the idUri of its API as the prefix. ${describeApis(config)}`,
  )
}

function appResource(app: AppConfig): Resource {
  return {
    uri: '',
    id: '',
    audience: app.clientId,
    name: app.name,
    isGraph: false,
    app,
    find: (name) => ({ value: name, description: name }),
  }
}
