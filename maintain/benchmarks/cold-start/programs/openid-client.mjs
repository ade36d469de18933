import * as client from 'openid-client'
import { fetchFrom } from './documents.mjs'

/** Starts a sign-in as its documentation shows: discovery at the first request, PKCE, `state` and `nonce`. */
export function createApp({ issuer, options, documents }) {
  const { clientId, clientCredential, redirectUri } = options
  let configuration
  return async () => {
    configuration ??= await client.discovery(
      new URL(issuer),
      clientId,
      clientCredential,
      undefined,
      { [client.customFetch]: fetchFrom(documents), execute: [client.allowInsecureRequests] },
    )
    const codeVerifier = client.randomPKCECodeVerifier()
    const state = client.randomState()
    const nonce = client.randomNonce()
    const location = client.buildAuthorizationUrl(configuration, {
      redirect_uri: redirectUri,
      scope: 'openid profile offline_access User.Read',
      code_challenge: await client.calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: 'S256',
      state,
      nonce,
    })
    const cookie = [codeVerifier, state, nonce].join('.')
    return new Response(null, {
      status: 302,
      headers: { location: location.href, 'set-cookie': `flow=${cookie}; HttpOnly; Path=/` },
    })
  }
}
