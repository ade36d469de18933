import { randomBytes } from 'node:crypto'
import { changesOf } from '../controls/deviations.js'
import { toClientInfo } from '../profiles/client-info.js'
import type { ProviderContext } from '../state/context.js'
import { toRedirect, type ProviderResponse, type ProviderRequest } from '../protocol/http.js'
import type { AuthorizeRequest, ResponseTarget } from '../state/interaction.js'
import type { IssuerProfile } from '../profiles/issuer-profile.js'
import { createErrorIds, type OAuthError } from '../protocol/oauth-error.js'
import { toRequestError } from '../protocol/request-error.js'
import { formPostPage } from './pages/form-post-page.js'
import type { Authorization } from '../state/records.js'

/** Codes of Entra ID expire after about ten minutes (v2-oauth2-auth-code-flow). */
const CODE_SECONDS = 600
// Used and expired codes stay in the store for a while, because their error differs from that of an
// unknown code.
const CODE_MEMORY_SECONDS = 3600

/** An authorization without the members that only an authorization request has. */
export type SignedIn = Omit<Authorization, 'nonce' | 'claims' | 'isPublic'>

/** Completes a sign-in with an authorization response that contains a code. */
export function completeAuthorize(
  context: ProviderContext,
  profile: IssuerProfile,
  request: AuthorizeRequest,
  signedIn: SignedIn,
): ProviderResponse {
  const { responseTarget, nonce, challenge, claims } = request
  const code = `1.${randomBytes(48).toString('base64url')}`
  context.store.codes.set(
    code,
    {
      authorization: {
        ...signedIn,
        ...(nonce !== undefined && { nonce }),
        claims,
        isPublic: false,
      },
      profileKey: profile.key,
      redirectUri: responseTarget.redirectUri,
      ...(challenge !== undefined && { challenge }),
      expiresAt: context.nowSeconds() + CODE_SECONDS,
      used: false,
    },
    CODE_MEMORY_SECONDS,
  )
  const params = new URLSearchParams({ code })
  if (request.clientInfo) params.set('client_info', toClientInfo(profile, signedIn.user))
  if (profile.kind === 'entra') params.set('session_state', signedIn.sid)
  return toAuthorizationResponse(context, profile, responseTarget, params)
}

/** Completes a sign-in with an authorization response that contains an error. */
export function failAuthorize(
  context: ProviderContext,
  request: ProviderRequest,
  profile: IssuerProfile,
  responseTarget: ResponseTarget,
  error: OAuthError,
): ProviderResponse {
  const ids = createErrorIds(request, context.nowMs())
  const body = profile.errorBody(error, ids)
  const params = new URLSearchParams({ error: String(body['error']) })
  // A redirect contains fewer members of an error than a JSON body.
  for (const name of ['error_description', 'error_uri', 'claims']) {
    if (typeof body[name] === 'string') params.set(name, body[name])
  }
  if (error.suberror !== undefined && profile.kind === 'entra') {
    params.set('error_subcode', error.suberror)
  }
  const response = toAuthorizationResponse(context, profile, responseTarget, params)
  return { ...response, error: toRequestError(profile.translateError(error)) }
}

function toAuthorizationResponse(
  context: ProviderContext,
  profile: IssuerProfile,
  responseTarget: ResponseTarget,
  params: URLSearchParams,
): ProviderResponse {
  if (responseTarget.state !== undefined) params.set('state', responseTarget.state)
  if (profile.sendsIss) params.set('iss', profile.issuer)
  for (const change of changesOf(context, 'response')) change(params)
  const sent = context.tamper.authorizationResponse?.(params) ?? params
  const { redirectUri, responseMode } = responseTarget
  if (responseMode === 'form_post') return formPostPage(redirectUri, sent)
  if (responseMode === 'fragment') return toRedirect(`${redirectUri}#${sent.toString()}`)
  const separator = redirectUri.includes('?') ? '&' : '?'
  return toRedirect(`${redirectUri}${separator}${sent.toString()}`)
}
