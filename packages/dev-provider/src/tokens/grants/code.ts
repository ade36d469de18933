import { createHash } from 'node:crypto'
import { assertAuthenticated } from '../client-authentication.js'
import type { ProviderContext } from '../../state/context.js'
import { param } from '../../protocol/http.js'
import { missingParameter, OAuthError } from '../../protocol/oauth-error.js'
import { withNamedResource } from '../../profiles/named-resource.js'
import { invalidScope } from '../../profiles/scope-request.js'
import type { ScopeTarget } from '../../profiles/scope-request.js'
import type { CodeRecord } from '../../state/records.js'
import type { TokenRequest } from './token-request.js'
import { completeUserGrant } from './user-grant.js'

/** Exchanges an authorization code for tokens (RFC 6749, section 4.1.3, and RFC 7636). */
export async function codeGrant(
  context: ProviderContext,
  request: TokenRequest,
): Promise<Record<string, unknown>> {
  const { form, client, profile } = request
  const code = param(form, 'code')
  if (code === undefined) throw missingParameter('code')
  assertAuthenticated(client)
  const record = context.store.codes.get(code)
  if (record === undefined || record.authorization.app !== client.app) {
    throw new OAuthError(
      'invalid_grant',
      9002313,
      'Invalid request. Request is malformed or invalid: the code was not issued to this application.',
    )
  }
  assertRedeemable(context, request, record)
  assertVerifier(param(form, 'code_verifier'), record.challenge)
  const target = withNamedResource(
    profile,
    form,
    chooseTarget(request, record),
    record.authorization.scope.targets[0],
  )
  // Set before the first await, so that two simultaneous requests cannot both use the code.
  record.used = true
  const { authorization } = record
  return completeUserGrant(context, request, {
    authorization,
    target,
    identity: authorization.scope.identity,
    nonce: authorization.nonce,
  })
}

function assertRedeemable(
  context: ProviderContext,
  { profile, form }: TokenRequest,
  record: CodeRecord,
): void {
  if (record.profileKey !== profile.key) {
    throw new OAuthError(
      'invalid_grant',
      700005,
      'Provided Authorization Code is intended to use against other tenant, thus rejected.',
    )
  }
  if (record.used) {
    throw new OAuthError(
      'invalid_grant',
      54005,
      'OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.',
    )
  }
  if (record.expiresAt <= context.nowSeconds()) {
    throw new OAuthError(
      'invalid_grant',
      70008,
      'The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.',
    )
  }
  if (param(form, 'redirect_uri') !== record.redirectUri) {
    throw new OAuthError(
      'invalid_grant',
      500112,
      'The reply address does not match the reply address provided when requesting Authorization code.',
    )
  }
}

function assertVerifier(verifier: string | undefined, challenge: CodeRecord['challenge']): void {
  if (challenge === undefined && verifier === undefined) return
  const value =
    challenge?.method === 'S256'
      ? createHash('sha256')
          .update(verifier ?? '')
          .digest('base64url')
      : verifier
  if (challenge !== undefined && value === challenge.value) return
  throw new OAuthError(
    'invalid_grant',
    501481,
    'The Code_Verifier does not match the code_challenge supplied in the authorization request.',
  )
}

/**
 * Returns the target of the token. It is the resource in `scope`, otherwise the first resource of
 * the sign-in.
 */
function chooseTarget({ profile, form, client }: TokenRequest, record: CodeRecord): ScopeTarget {
  const scopeParam = param(form, 'scope')
  const requestedTargets =
    scopeParam === undefined ? undefined : profile.parseScopes(scopeParam, client.app).targets
  if (requestedTargets !== undefined && requestedTargets.length > 1) {
    throw invalidScope(scopeParam ?? '', 'it contains scopes of more than one resource')
  }
  return (requestedTargets ?? record.authorization.scope.targets)[0] ?? profile.defaultTarget
}
