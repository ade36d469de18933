import { createHash } from 'node:crypto'
import { assertAuthenticated } from '../client-authentication.js'
import type { ProviderContext } from '../../state/context.js'
import { param } from '../../protocol/http.js'
import {
  missingParameter,
  OAuthError,
  invalidGrant,
  invalidRequest,
} from '../../protocol/oauth-error.js'
import { isRegisteredRedirectUri } from '../../profiles/redirect-uris.js'
import type { IssuerProfile } from '../../profiles/issuer-profile.js'
import { withNamedResource } from '../../profiles/named-resource.js'
import { ONE_API } from '../../profiles/scope-request.js'
import type { ScopeTarget } from '../../profiles/scope-request.js'
import type { CodeRecord } from '../../state/records.js'
import type { TokenRequest } from './token-request.js'
import { completeUserGrant, issuedToAnotherApp } from './user-grant.js'

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
  if (record === undefined) {
    throw invalidGrant(
      9002313,
      'Invalid request. Request is malformed or invalid: the code does not exist.',
      'Send the value of the parameter code from the redirect without changes. The provider forgets codes when it restarts.',
    )
  }
  if (record.authorization.app !== client.app) throw issuedToAnotherApp('code')
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
    throw invalidGrant(
      700005,
      'Provided Authorization Code is intended to use against other tenant, thus rejected.',
      'Redeem the code at the token endpoint of the authority that started the sign-in.',
    )
  }
  if (record.used) {
    throw invalidGrant(
      54005,
      'OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.',
      'Redeem each code once. Check whether the app handles its redirect URI twice, for example because of a reload or a repeated token request.',
    )
  }
  if (record.expiresAt <= context.nowSeconds()) {
    throw invalidGrant(
      70008,
      'The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.',
      'Redeem the code within ten minutes. Start a new sign-in.',
    )
  }
  const uri = param(form, 'redirect_uri')
  if (uri !== record.redirectUri) throw otherRedirectUri(profile, record, uri)
}

function otherRedirectUri(
  { kind }: IssuerProfile,
  { authorization: { app }, redirectUri }: CodeRecord,
  uri = '',
): OAuthError {
  const isRegistered = uri === '' || isRegisteredRedirectUri(app, uri)
  return new OAuthError(
    // Entra ID knows the client, but calls the error like this.
    kind === 'entra' ? 'invalid_client' : 'invalid_grant',
    isRegistered ? 500112 : 50011,
    isRegistered
      ? `The reply address '${uri}' does not match the reply address '${redirectUri}' provided when requesting Authorization code.`
      : `The redirect URI '${uri}' specified in the request does not match the redirect URIs configured for the application '${app.clientId}'.`,
    {
      remedy:
        'Send the same redirect_uri in the token request as in the authorization request. Check the port and the slash at the end.',
    },
  )
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
  throw invalidGrant(
    501481,
    'The Code_Verifier does not match the code_challenge supplied in the authorization request.',
    verifierRemedy(verifier, challenge),
  )
}

function verifierRemedy(verifier: string | undefined, challenge: CodeRecord['challenge']): string {
  if (verifier === undefined) {
    return 'Add code_verifier to the token request, because the authorization request contained a code_challenge.'
  }
  return challenge === undefined
    ? 'Add code_challenge to the authorization request, or remove code_verifier from the token request.'
    : 'Send the code_verifier of the same sign-in. Each sign-in has another code_verifier, and code_challenge is the SHA-256 hash of the code_verifier.'
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
    throw invalidRequest(
      28000,
      `Provided value for the input parameter scope is not valid because it contains more than one resource. Scope ${scopeParam} is not valid.`,
      ONE_API,
    )
  }
  return (requestedTargets ?? record.authorization.scope.targets)[0] ?? profile.defaultTarget
}
