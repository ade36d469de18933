import { randomUUID } from 'node:crypto'
import { decodeJwt } from 'jose'
import { frontChannelPage, json, redirectTo, withParameters } from './pages.ts'
import type { Parameters, TokenClaims } from './script.ts'
import type { ProviderState } from './state.ts'

const EVENT = 'http://schemas.openid.net/event/backchannel-logout'

/** Handles a sign-out that the application started (OpenID Connect RP-Initiated Logout 1.0). */
export async function respondToEndSessionRequest(
  state: ProviderState,
  url: URL,
): Promise<Response> {
  const { client, record, script } = state
  const request = Object.fromEntries(url.searchParams)
  record.requests.push({ endpoint: 'end-session', parameters: request })
  const problem = problemOf(state, request)
  if (problem !== undefined) {
    record.problems.push(problem)
    return json({ error: 'invalid_request', error_description: problem }, 400)
  }
  const response: Parameters = request['state'] === undefined ? {} : { state: request['state'] }
  const next = withParameters(
    client.postLogoutRedirectUri,
    script.changeLogoutResponse?.(response) ?? response,
  )
  if (script.logout === 'back-channel') await sendLogoutToken(state)
  const page = script.logout === 'front-channel' ? logoutPage(state, next) : redirectTo(next)
  state.signedIn = undefined
  return page
}

function problemOf({ client, issuer }: ProviderState, request: Parameters): string | undefined {
  const { id_token_hint: hint } = request
  if (request['post_logout_redirect_uri'] !== client.postLogoutRedirectUri) {
    return 'post_logout_redirect_uri is not registered.'
  }
  if (hint === undefined || decodeJwt(hint).iss !== issuer) {
    return 'id_token_hint is not an ID token of this provider.'
  }
  return undefined
}

/** Returns a page whose iframe signs the user out of the application (OpenID Connect Front-Channel Logout 1.0). */
export function logoutPage(state: ProviderState, nextUri?: string): Response {
  const { client, issuer, signedIn } = state
  return frontChannelPage({
    logoutUri: withParameters(client.frontChannelLogoutUri ?? '', {
      iss: issuer,
      sid: signedIn?.sid ?? '',
    }),
    loadedUri: `${issuer}frontchannel_logout_callback`,
    nextUri,
  })
}

/** Sends a logout token to the application (OpenID Connect Back-Channel Logout 1.0). */
async function sendLogoutToken(state: ProviderState): Promise<void> {
  const { client, issuer, record, script, signer, signedIn } = state
  const issuedAt = Math.floor(Date.now() / 1000)
  const claims: TokenClaims = {
    iss: issuer,
    sub: signedIn?.sub,
    aud: client.clientId,
    jti: randomUUID(),
    sid: signedIn?.sid,
    events: { [EVENT]: {} },
    iat: issuedAt,
    exp: issuedAt + 120,
  }
  const token = await signer.sign(script.changeLogoutToken?.(claims) ?? claims, {
    algorithm: script.logoutSigning ?? 'RS256',
    typ: 'logout+jwt',
  })
  const { status, headers } = await fetch(client.backChannelLogoutUri ?? '', {
    method: 'POST',
    body: new URLSearchParams({ logout_token: token }),
  })
  record.requests.push({
    endpoint: 'back-channel',
    status,
    parameters: { 'cache-control': headers.get('cache-control') ?? '' },
  })
}
