import { createHash, randomBytes } from 'node:crypto'
import { decodeJwt } from 'jose'
import type { DevProvider, ProviderCookies, SignInOptions } from '../../src/index.js'

/** The redirect URI of the app. No server listens there. */
export const REDIRECT_URI = 'http://localhost:3999/callback'

/** The prefix of the scopes of the second app. */
export const TODO_API = 'api://todos.contoso.example'

export const ALL_IDENTITY = 'openid profile email offline_access'

export type Params = Record<string, string>

/** Returns an authorization URL with valid defaults. */
export function authorizeUrl(provider: DevProvider, params: Params = {}, tenant?: string): URL {
  const url = new URL(`${provider.authority(tenant)}/oauth2/v2.0/authorize`)
  const all: Params = {
    client_id: provider.app.clientId,
    response_type: 'code',
    redirect_uri: REDIRECT_URI,
    scope: ALL_IDENTITY,
    state: 'state-1',
    nonce: 'nonce-1',
    ...params,
  }
  for (const [name, value] of Object.entries(all))
    if (value !== '') url.searchParams.set(name, value)
  return url
}

/**
 * Posts a form to the token endpoint, as the default app unless the form contains another client.
 */
export async function requestToken(
  provider: DevProvider,
  params: Params,
  tenant?: string,
): ReturnType<typeof postForm> {
  const { clientId, clientSecret = '' } = provider.app
  const all: Params = { client_id: clientId, client_secret: clientSecret, ...params }
  const form = new URLSearchParams(Object.entries(all).filter(([, value]) => value !== ''))
  return postForm(`${provider.authority(tenant)}/oauth2/v2.0/token`, form)
}

/** Posts a form. @returns The status and the JSON of the response. */
export async function postForm(
  url: string,
  form: URLSearchParams | Params,
): Promise<{ status: number; body: Params & Record<string, unknown> }> {
  const response = await fetch(url, { method: 'POST', body: new URLSearchParams(form) })
  return {
    status: response.status,
    body: (await response.json()) as Params & Record<string, unknown>,
  }
}

/** Signs in and returns the code. */
export async function getCode(
  provider: DevProvider,
  params: Params = {},
  options: SignInOptions & { readonly tenant?: string } = {},
): Promise<string> {
  const { url } = await provider.signIn(authorizeUrl(provider, params, options.tenant), options)
  const code = url.searchParams.get('code')
  if (code === null) throw new Error(`no code in ${url.search}`)
  return code
}

/** Runs the whole code flow. */
export async function getTokens(
  provider: DevProvider,
  params: Params = {},
  options: SignInOptions & { readonly tenant?: string } = {},
): Promise<Params & Record<string, unknown>> {
  const code = await getCode(provider, params, options)
  const { status, body } = await redeem(provider, code, {}, options.tenant)
  if (status !== 200) throw new Error(`token endpoint: ${JSON.stringify(body)}`)
  return body
}

/** Redeems a code. */
export function redeem(
  provider: DevProvider,
  code: string,
  params: Params = {},
  tenant?: string,
): ReturnType<typeof requestToken> {
  return requestToken(
    provider,
    { grant_type: 'authorization_code', code, redirect_uri: REDIRECT_URI, ...params },
    tenant,
  )
}

/** Redeems a refresh token. */
export function refresh(
  provider: DevProvider,
  refreshToken: string | undefined,
  params: Params = {},
  tenant?: string,
): ReturnType<typeof requestToken> {
  return requestToken(
    provider,
    { grant_type: 'refresh_token', refresh_token: refreshToken ?? '', ...params },
    tenant,
  )
}

/** Returns the claims of a token without verifying it. */
export function claimsOf(token: string | undefined): Record<string, unknown> {
  return decodeJwt(token ?? '')
}

/** Returns the header of a browser with these cookies. */
export function cookieHeader(cookies: ProviderCookies): { readonly cookie: string } {
  return { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') }
}

/** Creates a PKCE pair. */
export function createPkce(): { verifier: string; challenge: string } {
  const verifier = randomBytes(32).toString('base64url')
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') }
}
