import { randomUUID } from 'node:crypto'
import { missingSecret } from '../client-authentication.js'
import { findTokenOrigin } from '../token-origins.js'
import type { ProviderContext } from '../../state/context.js'
import { param } from '../../protocol/http.js'
import { missingParameter, invalidRequest } from '../../protocol/oauth-error.js'
import { noClaims } from '../../protocol/requested-claims.js'
import { invalidScope, ONE_API, type ScopeTarget } from '../../profiles/scope-request.js'
import type { Authorization } from '../../state/records.js'
import type { TokenRequest } from './token-request.js'
import { completeUserGrant } from './user-grant.js'
import { verifyUserAssertion } from './user-assertion.js'

/**
 * Exchanges the access token that an API received for an access token of a downstream API
 * (v2-oauth2-on-behalf-of-flow).
 *
 * The grant cannot show a consent page, so the user or an administrator must have consented to the
 * API's permissions before.
 */
export async function onBehalfOfGrant(
  context: ProviderContext,
  request: TokenRequest,
): Promise<Record<string, unknown>> {
  const { profile, client, form } = request
  // A public client does not have a credential to authenticate with.
  if (client.authMethod === 'none') throw missingSecret(client.app)
  const assertion = required(form, 'assertion')
  if (required(form, 'requested_token_use') !== 'on_behalf_of') {
    throw invalidRequest(
      9002313,
      "Invalid request. Request is malformed or invalid: 'requested_token_use' must be 'on_behalf_of'.",
      'Set requested_token_use to on_behalf_of.',
    )
  }
  const scopeParam = required(form, 'scope')
  const scope = profile.parseScopes(scopeParam, client.app)
  const target = onlyTarget(scopeParam, scope.targets)
  const { claims, tenantAccount } = await verifyUserAssertion(context, request, assertion)
  const origin = findTokenOrigin(context, assertion)
  const { iat, sid } = claims
  const authorization: Authorization = {
    app: client.app,
    user: tenantAccount.user,
    scope,
    sid: typeof sid === 'string' ? sid : randomUUID(),
    authTime: origin?.authTime ?? iat ?? context.nowSeconds(),
    wantsAuthTime: false,
    // The sign-in satisfied these claims. The exchange itself cannot satisfy any.
    claims: origin?.claims ?? noClaims,
    isPublic: false,
    family: origin?.family ?? randomUUID(),
    sequence: origin?.sequence ?? context.store.nextSequence(),
    refreshRealm: profile.refreshRealm,
  }
  return completeUserGrant(context, request, { authorization, target, identity: scope.identity })
}

function required(form: URLSearchParams, name: string): string {
  const value = param(form, name)
  if (value === undefined) throw missingParameter(name)
  return value
}

const API_SCOPE =
  'Add a scope of the downstream API, for example User.Read. OpenID scopes are not enough.'

function onlyTarget(scopeParam: string, [target, ...others]: readonly ScopeTarget[]): ScopeTarget {
  if (target === undefined)
    throw invalidScope(scopeParam, 'it does not contain a scope of a resource', API_SCOPE)
  if (others.length > 0)
    throw invalidScope(scopeParam, 'it contains scopes of more than one resource', ONE_API)
  return target
}
