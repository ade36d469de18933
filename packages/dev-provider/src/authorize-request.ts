import type { AppConfig } from './config.js'
import type { ProviderContext } from './context.js'
import { param } from './http.js'
import type { IssuerProfile } from './issuer-profile.js'
import { missingParameter, OAuthError } from './oauth-error.js'
import { isRegisteredRedirectUri } from './redirect-uris.js'
import { parseRequestedClaims, type RequestedClaims } from './requested-claims.js'
import type { ScopeRequest } from './scope-request.js'

/** The values of `prompt` that Entra knows. */
export type Prompt = 'login' | 'none' | 'consent' | 'select_account'

export type ResponseMode = 'query' | 'fragment' | 'form_post'

/** Where an answer goes: known before the rest of the request is judged. */
export interface ReplyTo {
  readonly app: AppConfig
  readonly redirectUri: string
  readonly responseMode: ResponseMode
  readonly state: string | undefined
}

/** A request to sign in, checked. */
export interface AuthorizeRequest {
  readonly replyTo: ReplyTo
  readonly scope: ScopeRequest
  readonly prompt: Prompt | undefined
  readonly maxAge: number | undefined
  readonly nonce: string | undefined
  readonly challenge: { readonly value: string; readonly method: string } | undefined
  readonly claims: RequestedClaims
  /** The client asked for `client_info`, as MSAL does. */
  readonly clientInfo: boolean
}

/** Finds the app of a request, or says that there is none. */
export function findApp(
  context: ProviderContext,
  profile: IssuerProfile,
  clientId: string | undefined,
): AppConfig {
  if (clientId === undefined) throw missingParameter('client_id')
  const app = context.config.apps.find(
    (entry) => entry.clientId.toLowerCase() === clientId.toLowerCase(),
  )
  const tenant = profile.appTenantId
  const isHere =
    app?.tenants === undefined ||
    tenant === undefined ||
    app.tenants.some((id) => id.toLowerCase() === tenant)
  if (app !== undefined && isHere) return app
  throw new OAuthError(
    'unauthorized_client',
    700016,
    `Application with identifier '${clientId}' was not found in the directory '${profile.title}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.`,
  )
}

/**
 * Reads what decides where an answer goes.
 *
 * A fault here must never redirect: the address itself is not trusted yet (RFC 6749, 4.1.2.1).
 */
export function parseReplyTo(
  context: ProviderContext,
  profile: IssuerProfile,
  params: URLSearchParams,
): ReplyTo {
  assertNoDuplicates(params)
  const app = findApp(context, profile, param(params, 'client_id'))
  const uris = app.redirectUris
  const redirectUri = param(params, 'redirect_uri') ?? (uris === 'loopback' ? undefined : uris[0])
  if (redirectUri === undefined) throw missingParameter('redirect_uri')
  if (!isRegisteredRedirectUri(app, redirectUri)) {
    throw new OAuthError(
      'invalid_request',
      50011,
      `The redirect URI '${redirectUri}' specified in the request does not match the redirect URIs configured for the application '${app.clientId}'. Make sure the redirect URI sent in the request matches one added to your application.`,
    )
  }
  const mode = param(params, 'response_mode') ?? 'query'
  if (mode !== 'query' && mode !== 'fragment' && mode !== 'form_post') {
    throw new OAuthError(
      'invalid_request',
      9002313,
      `Invalid request. Request is malformed or invalid: response_mode '${mode}' is not supported.`,
    )
  }
  return { app, redirectUri, responseMode: mode, state: param(params, 'state') }
}

/** Reads the rest of a request; faults from here on go back to the app. */
export function parseAuthorizeRequest(
  profile: IssuerProfile,
  params: URLSearchParams,
  replyTo: ReplyTo,
): AuthorizeRequest {
  assertResponseType(params, replyTo.app)
  if (profile.kind === 'entra' && param(params, 'resource') !== undefined) {
    throw new OAuthError(
      'invalid_request',
      901002,
      "The 'resource' request parameter is not supported.",
    )
  }
  const scope = param(params, 'scope')
  if (scope === undefined) throw missingParameter('scope')
  return {
    replyTo,
    scope: profile.parseScopes(scope, replyTo.app),
    prompt: parsePrompt(param(params, 'prompt')),
    maxAge: parseMaxAge(param(params, 'max_age')),
    nonce: param(params, 'nonce'),
    challenge: parseChallenge(params),
    claims: parseRequestedClaims(param(params, 'claims')),
    clientInfo: params.get('client_info') === '1',
  }
}

/** Refuses a parameter that comes twice (RFC 6749, 3.1). */
export function assertNoDuplicates(params: URLSearchParams): void {
  for (const name of new Set(params.keys())) {
    if (params.getAll(name).length > 1) {
      throw new OAuthError(
        'invalid_request',
        9000411,
        `The request is not properly formatted. The parameter '${name}' is duplicated.`,
      )
    }
  }
}

function assertResponseType(params: URLSearchParams, app: AppConfig): void {
  const type = param(params, 'response_type')
  if (type === undefined) throw missingParameter('response_type')
  if (type === 'code') return
  // Hybrid and implicit need a switch in the registration that new apps leave off.
  throw new OAuthError(
    'unsupported_response_type',
    type.split(' ').includes('id_token') ? 700054 : 700051,
    `response_type '${type}' is not enabled for the application '${app.clientId}'.`,
  )
}

function parsePrompt(value: string | undefined): Prompt | undefined {
  if (value === undefined) return undefined
  if (['login', 'none', 'consent', 'select_account'].includes(value)) return value as Prompt
  throw new OAuthError(
    'invalid_request',
    90023,
    `Unsupported 'prompt' value '${value}'. Valid values are 'login', 'none', 'consent' and 'select_account'.`,
  )
}

function parseMaxAge(value: string | undefined): number | undefined {
  if (value === undefined) return undefined
  if (/^\d{1,9}$/.test(value)) return Number(value)
  throw new OAuthError('invalid_request', 90023, `'max_age' must be a number of seconds.`)
}

function parseChallenge(params: URLSearchParams): AuthorizeRequest['challenge'] {
  const value = param(params, 'code_challenge')
  if (value === undefined) return undefined
  const method = param(params, 'code_challenge_method') ?? 'plain'
  if (!/^[\w.~-]{43,128}$/.test(value)) {
    throw new OAuthError('invalid_request', 501491, 'Invalid size of Code_Challenge parameter.')
  }
  if (method === 'S256' || method === 'plain') return { value, method }
  throw new OAuthError(
    'invalid_request',
    9002313,
    `Invalid request. Code_Challenge_Method '${method}' is not supported.`,
  )
}
