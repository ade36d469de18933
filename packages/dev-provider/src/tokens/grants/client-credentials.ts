import { findRecord } from '../../config/registration-records.js'
import { rolesAt } from '../app-roles.js'
import { secretRemedy } from '../client-authentication.js'
import { invalidClient } from '../invalid-client.js'
import type { ProviderContext } from '../../state/context.js'
import { param } from '../../protocol/http.js'
import { issueAppToken } from '../issue-tokens.js'
import { parseRequestedClaims } from '../../protocol/requested-claims.js'
import { missingParameter, OAuthError, invalidRequest } from '../../protocol/oauth-error.js'
import { withNamedResource } from '../../profiles/named-resource.js'
import { describeApis } from '../../profiles/scope-remedies.js'
import { invalidScope, ONE_API } from '../../profiles/scope-request.js'
import type { TokenRequest } from './token-request.js'

/**
 * Issues an app-only token (RFC 6749, section 4.4). The request names one resource with `.default`,
 * and the token contains roles instead of scopes.
 */
export async function clientCredentialsGrant(
  context: ProviderContext,
  request: TokenRequest,
): Promise<Record<string, unknown>> {
  const { profile, client, form } = request
  if (profile.appTenantId === undefined) {
    if (profile.key === 'organizations') throw noTenant()
    throw invalidRequest(
      9001023,
      'The grant type is not supported over the /common or /consumers endpoints. Please use the /organizations or tenant-specific endpoint.',
      TENANT,
    )
  }
  const { app, authMethod } = client
  // A public client does not have a credential to authenticate with.
  if (authMethod === 'none') {
    throw invalidClient(
      7000216,
      "'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type.",
      secretRemedy(app),
    )
  }
  if (profile.kind === 'entra' && findRecord(app)?.hasPrincipal === false) {
    throw invalidClient(
      7000229,
      `The client application ${app.clientId} is missing service principal in the tenant ${profile.appTenantId}. See instructions here: https://go.microsoft.com/fwlink/?linkid=2225119`,
      'Create the service principal: send its appId with POST /servicePrincipals.',
    )
  }
  const scopeParam = param(form, 'scope')
  if (scopeParam === undefined && profile.kind === 'entra') throw missingParameter('scope')
  const scope = profile.parseScopes(scopeParam ?? '', app)
  const [named = profile.defaultTarget, ...others] = scope.targets
  const target = withNamedResource(profile, form, named)
  const isWhole = target.isDefault && others.length === 0 && scope.identity.length === 0
  if (profile.kind === 'entra' && !isWhole) {
    throw others.length > 0
      ? invalidScope(scopeParam ?? '', 'it contains scopes of more than one resource', ONE_API)
      : new OAuthError(
          'invalid_scope',
          1002012,
          `The provided value for scope ${scopeParam} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`,
          {
            remedy: `Set scope to the idUri of one API, followed by /.default. ${describeApis(context.config)}`,
          },
        )
  }
  return issueAppToken(
    context,
    profile,
    { identity: [], target, names: target.names },
    {
      tenantAccount: undefined,
      app,
      tenantId: profile.appTenantId,
      roles: rolesAt(context.config, target.resource, app),
      authMethod,
      claims: parseRequestedClaims(param(form, 'claims')),
    },
  )
}

const TENANT =
  'Send the request to the authority of one tenant, because an app-only token belongs to a tenant.'

function noTenant(): OAuthError {
  return invalidRequest(
    50059,
    'No tenant-identifying information found in either the request or implied by any provided credentials.',
    TENANT,
  )
}
