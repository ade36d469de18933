import { randomUUID } from 'node:crypto'
import { missingSecret } from '../client-authentication.js'
import { findOrigin } from '../token-origins.js'
import type { ProviderContext } from '../../state/context.js'
import { param } from '../../protocol/http.js'
import { missingParameter, OAuthError } from '../../protocol/oauth-error.js'
import { noClaims } from '../../protocol/requested-claims.js'
import { invalidScope, type ScopeTarget } from '../../profiles/scope-request.js'
import type { Authorization } from '../../state/records.js'
import type { TokenRequest } from './token-request.js'
import { answerUserGrant } from './user-grant.js'
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
  if (client.proof === 'none') throw missingSecret()
  const assertion = required(form, 'assertion')
  if (required(form, 'requested_token_use') !== 'on_behalf_of') {
    throw new OAuthError(
      'invalid_request',
      9002313,
      "Invalid request. Request is malformed or invalid: 'requested_token_use' must be 'on_behalf_of'.",
    )
  }
  const text = required(form, 'scope')
  const scope = profile.parseScopes(text, client.app)
  const target = onlyTarget(text, scope.targets)
  const { claims, seat } = await verifyUserAssertion(context, request, assertion)
  const origin = findOrigin(context, assertion)
  const { iat, sid } = claims
  const authorization: Authorization = {
    app: client.app,
    user: seat.user,
    scope,
    sid: typeof sid === 'string' ? sid : randomUUID(),
    authTime: origin?.authTime ?? iat ?? context.nowSeconds(),
    wantsAuthTime: false,
    // The sign-in satisfied these claims. The exchange itself cannot satisfy any.
    claims: origin?.claims ?? noClaims,
    isPublic: false,
    family: origin?.family ?? randomUUID(),
    order: origin?.order ?? context.store.nextOrder(),
    refreshRealm: profile.refreshRealm,
  }
  return answerUserGrant(context, request, { authorization, target, identity: scope.identity })
}

function required(form: URLSearchParams, name: string): string {
  const value = param(form, name)
  if (value === undefined) throw missingParameter(name)
  return value
}

function onlyTarget(text: string, [target, ...others]: readonly ScopeTarget[]): ScopeTarget {
  if (target === undefined) throw invalidScope(text, 'it holds no scope of a resource')
  if (others.length > 0) throw invalidScope(text, 'it holds scopes of more than one resource')
  return target
}
