import { randomBytes } from 'node:crypto'
import { toClientInfo } from '../profiles/client-info.js'
import type { ProviderContext } from '../state/context.js'
import { toRedirect, type ProviderReply, type ProviderRequest } from '../protocol/http.js'
import type { AuthorizeRequest, ReplyTo } from '../state/interaction.js'
import type { IssuerProfile } from '../profiles/issuer-profile.js'
import { createErrorIds, type OAuthError } from '../protocol/oauth-error.js'
import { formPostPage } from './pages/form-post-page.js'
import type { Authorization } from '../state/records.js'

/** Codes of Entra live about ten minutes (v2-oauth2-auth-code-flow). */
const CODE_SECONDS = 600
// A redeemed or expired code is remembered a while, to be told from one that never was.
const CODE_MEMORY_SECONDS = 3600

/** An authorization that lacks what only the request for a code knows. */
export type SignedIn = Omit<Authorization, 'nonce' | 'claims' | 'isPublic'>

/** Ends a sign-in with a code for the app. */
export function completeAuthorize(
  context: ProviderContext,
  profile: IssuerProfile,
  request: AuthorizeRequest,
  signedIn: SignedIn,
): ProviderReply {
  const { replyTo, nonce, challenge, claims } = request
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
      redirectUri: replyTo.redirectUri,
      ...(challenge !== undefined && { challenge }),
      expiresAt: context.nowSeconds() + CODE_SECONDS,
      used: false,
    },
    CODE_MEMORY_SECONDS,
  )
  const params = new URLSearchParams({ code })
  if (request.clientInfo) params.set('client_info', toClientInfo(profile, signedIn.user))
  if (profile.kind === 'entra') params.set('session_state', signedIn.sid)
  return reply(context, profile, replyTo, params)
}

/** Ends a sign-in with an error for the app. */
export function failAuthorize(
  context: ProviderContext,
  request: ProviderRequest,
  profile: IssuerProfile,
  replyTo: ReplyTo,
  error: OAuthError,
): ProviderReply {
  const ids = createErrorIds(request.correlationId, context.nowMs())
  const body = profile.errorBody(error, ids)
  const params = new URLSearchParams({ error: String(body['error']) })
  // A redirect carries less of an error than a JSON body does.
  for (const name of ['error_description', 'error_uri', 'claims']) {
    if (typeof body[name] === 'string') params.set(name, body[name])
  }
  if (error.suberror !== undefined && profile.kind === 'entra') {
    params.set('error_subcode', error.suberror)
  }
  return reply(context, profile, replyTo, params)
}

function reply(
  context: ProviderContext,
  profile: IssuerProfile,
  replyTo: ReplyTo,
  params: URLSearchParams,
): ProviderReply {
  if (replyTo.state !== undefined) params.set('state', replyTo.state)
  if (profile.sendsIss) params.set('iss', profile.issuer)
  const sent = context.tamper.authorizationResponse?.(params) ?? params
  const { redirectUri, responseMode } = replyTo
  if (responseMode === 'form_post') return formPostPage(redirectUri, sent)
  if (responseMode === 'fragment') return toRedirect(`${redirectUri}#${sent.toString()}`)
  const separator = redirectUri.includes('?') ? '&' : '?'
  return toRedirect(`${redirectUri}${separator}${sent.toString()}`)
}
