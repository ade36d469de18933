import type { AppConfig } from '../config/config.js'
import { findApp } from '../profiles/find-app.js'
import type { ProviderContext } from '../state/context.js'
import { assertNoDuplicates, param } from '../protocol/http.js'
import type { AuthorizeRequest, Prompt, ResponseTarget } from '../state/interaction.js'
import type { IssuerProfile } from '../profiles/issuer-profile.js'
import { missingParameter, OAuthError, invalidRequest } from '../protocol/oauth-error.js'
import { withNamedResources } from '../profiles/named-resource.js'
import { isRegisteredRedirectUri } from '../profiles/redirect-uris.js'
import { parseRequestedClaims } from '../protocol/requested-claims.js'

/**
 * Parses the parameters that determine where the authorization response goes.
 *
 * An error here must not redirect, because the redirect URI is not verified yet (RFC 6749, section
 * 4.1.2.1).
 */
export function parseResponseTarget(
  context: ProviderContext,
  profile: IssuerProfile,
  params: URLSearchParams,
): ResponseTarget {
  assertNoDuplicates(params)
  const app = findApp(context.config, profile, param(params, 'client_id'))
  const uris = app.redirectUris
  const redirectUri = param(params, 'redirect_uri') ?? (uris === 'loopback' ? undefined : uris[0])
  if (redirectUri === undefined) throw missingParameter('redirect_uri')
  if (!isRegisteredRedirectUri(app, redirectUri, profile)) {
    throw invalidRequest(
      50011,
      `The redirect URI '${redirectUri}' specified in the request does not match the redirect URIs configured for the application '${app.clientId}'. Make sure the redirect URI sent in the request matches one added to your application.`,
      redirectUriRemedy(profile, app),
    )
  }
  const mode = param(params, 'response_mode') ?? 'query'
  if (mode !== 'query' && mode !== 'fragment' && mode !== 'form_post') {
    throw invalidRequest(
      70007,
      `'${mode}' is not a supported value of 'response_mode' when requesting a token.`,
      'Set response_mode to query, fragment or form_post, or remove it.',
    )
  }
  return { app, redirectUri, responseMode: mode, state: param(params, 'state') }
}

/**
 * Parses the other parameters of an authorization request. The app receives errors of these
 * parameters.
 */
export function parseAuthorizeRequest(
  profile: IssuerProfile,
  params: URLSearchParams,
  responseTarget: ResponseTarget,
): AuthorizeRequest {
  assertResponseType(params, responseTarget.app)
  const scope = param(params, 'scope')
  if (scope === undefined) throw missingParameter('scope')
  return {
    responseTarget,
    scope: withNamedResources(profile, params, profile.parseScopes(scope, responseTarget.app)),
    prompt: parsePrompt(profile, param(params, 'prompt')),
    maxAge: parseMaxAge(param(params, 'max_age')),
    nonce: param(params, 'nonce'),
    challenge: parseChallenge(params),
    claims: parseRequestedClaims(param(params, 'claims')),
    clientInfo: params.get('client_info') === '1',
  }
}

function assertResponseType(params: URLSearchParams, app: AppConfig): void {
  const type = param(params, 'response_type')
  if (type === undefined) throw missingParameter('response_type')
  if (type === 'code') return
  const words = type.split(' ')
  const isKnown = words.every((word) => ['code', 'id_token', 'token', 'none'].includes(word))
  // The hybrid and the implicit flow require a setting in the registration, which is off for new
  // apps.
  const number = words.includes('id_token') ? 700054 : 700051
  throw new OAuthError(
    'unsupported_response_type',
    isKnown ? number : 70005,
    `response_type '${type}' is not enabled for the application '${app.clientId}'.`,
    {
      remedy: 'Set response_type to code. The provider only supports the authorization code flow.',
    },
  )
}

function parsePrompt(profile: IssuerProfile, value: string | undefined): Prompt | undefined {
  if (value === undefined) return undefined
  // OpenID Connect Prompt Create 1.0. Azure AD B2C only has a button for sign-up.
  if (value === 'create' && profile.kind === 'entra' && profile.hasCustomerAccounts) return value
  if (['login', 'none', 'consent', 'select_account'].includes(value)) return value as Prompt
  throw invalidRequest(
    90023,
    `Unsupported 'prompt' value '${value}'. Valid values are 'login', 'none', 'consent' and 'select_account'.`,
    'Set prompt to login, none, consent or select_account, or remove it.',
  )
}

function parseMaxAge(value: string | undefined): number | undefined {
  if (value === undefined) return undefined
  if (/^\d{1,9}$/.test(value)) return Number(value)
  throw invalidRequest(
    90023,
    `'max_age' must be a number of seconds.`,
    'Set max_age to a number of seconds, for example 3600, or remove it.',
  )
}

function parseChallenge(params: URLSearchParams): AuthorizeRequest['challenge'] {
  const value = param(params, 'code_challenge')
  if (value === undefined) return undefined
  const method = param(params, 'code_challenge_method') ?? 'plain'
  if (!/^[\w.~-]{43,128}$/.test(value)) {
    throw invalidRequest(
      501491,
      'Invalid size of Code_Challenge parameter.',
      'Set code_challenge to the SHA-256 hash of the code verifier in base64url, which has 43 characters.',
    )
  }
  if (method === 'S256' || method === 'plain') return { value, method }
  throw invalidRequest(
    9002313,
    `Invalid request. Code_Challenge_Method '${method}' is not supported.`,
    'Set code_challenge_method to S256.',
  )
}

function redirectUriRemedy(profile: IssuerProfile, { name, redirectUris }: AppConfig): string {
  if (redirectUris === 'loopback') {
    return `"${name}" allows http and https URLs on localhost, 127.0.0.1 and [::1], without a fragment. Change the redirect URI of your app, or list it in redirectUris of "${name}" in the configuration.`
  }
  return `Add the redirect URI to redirectUris of "${name}" in the configuration. The two URIs must be identical, including ${profile.ignoresLoopbackPort ? '' : 'the port and '}a slash at the end.`
}
