import { createHash, randomBytes } from 'node:crypto'
import { decodeJwt } from 'jose'
import type { DevProvider } from '../dev-provider.js'

/** The tokens that the provider issued to the platform. */
export interface PlatformTokens {
  readonly idToken: string
  readonly claims: Readonly<Record<string, unknown>>
  readonly accessToken: string
  readonly refreshToken: string | undefined
  /** Milliseconds since 1970. */
  readonly expiresAt: number
}

/** A sign-in that has started. */
export interface StartedSignIn {
  readonly url: string
  readonly state: string
  readonly nonce: string
  readonly verifier: string
}

/** The platform as a client of the provider. */
export interface EntraClient {
  readonly clientId: string
  /** @param parameters - Parameters of the login URL, which the platform passes on. */
  start(parameters: Readonly<Record<string, string>>): StartedSignIn
  /** @throws Error when the provider rejects the code. */
  redeem(code: string, started: StartedSignIn): Promise<PlatformTokens>
  /** Returns `undefined` when the provider rejects the refresh token. */
  refresh(tokens: PlatformTokens): Promise<PlatformTokens | undefined>
  /** The URL that ends the session at the provider. */
  signOutUrl(returnTo: string): string
}

/** The path of the redirect URI. */
export const CALLBACK = '/.auth/login/aad/callback'

/** The settings of the platform that its requests contain. */
export interface ClientSettings {
  /** The origin of the platform. */
  readonly origin: string
  readonly scopes: readonly string[]
  readonly now: () => number
}

export function createEntraClient(
  provider: DevProvider,
  { origin, scopes, now }: ClientSettings,
): EntraClient {
  const { clientId, clientSecret = '' } = provider.app
  const base = `${provider.authority()}/oauth2/v2.0`
  const redirectUri = origin + CALLBACK
  const scope = ['openid', 'profile', 'email', 'offline_access', ...scopes].join(' ')

  async function requestTokens(
    form: Readonly<Record<string, string>>,
  ): Promise<Readonly<Record<string, unknown>>> {
    const response = await fetch(`${base}/token`, {
      method: 'POST',
      body: new URLSearchParams({
        client_id: clientId,
        client_secret: clientSecret,
        scope,
        ...form,
      }),
    })
    return (await response.json()) as Record<string, unknown>
  }

  return {
    clientId,

    start(parameters) {
      const [state, nonce, verifier] = [random(), random(), random()]
      const url = new URL(`${base}/authorize`)
      const challenge = createHash('sha256').update(verifier).digest('base64url')
      for (const [name, value] of Object.entries({
        ...parameters,
        client_id: clientId,
        response_type: 'code',
        redirect_uri: redirectUri,
        scope,
        state,
        nonce,
        code_challenge: challenge,
        code_challenge_method: 'S256',
      })) {
        url.searchParams.set(name, value)
      }
      return { url: url.href, state, nonce, verifier }
    },

    async redeem(code, { nonce, verifier }) {
      const body = await requestTokens({
        grant_type: 'authorization_code',
        code,
        code_verifier: verifier,
        redirect_uri: redirectUri,
      })
      const tokens = toTokens(body, { now, previous: undefined })
      if (tokens?.claims['nonce'] === nonce) return tokens
      throw new Error(describeError(body))
    },

    async refresh(tokens) {
      if (tokens.refreshToken === undefined) return undefined
      const body = await requestTokens({
        grant_type: 'refresh_token',
        refresh_token: tokens.refreshToken,
      })
      return toTokens(body, { now, previous: tokens })
    },

    signOutUrl: (returnTo) =>
      `${base}/logout?${new URLSearchParams({ post_logout_redirect_uri: returnTo })}`,
  }
}

function random(): string {
  return randomBytes(32).toString('base64url')
}

function toTokens(
  body: Readonly<Record<string, unknown>>,
  { now, previous }: { readonly now: () => number; readonly previous: PlatformTokens | undefined },
): PlatformTokens | undefined {
  const {
    access_token: accessToken,
    id_token: idToken = previous?.idToken,
    refresh_token: refreshToken = previous?.refreshToken,
    expires_in: expiresIn,
  } = body
  if (typeof accessToken !== 'string' || typeof idToken !== 'string') return undefined
  return {
    accessToken,
    idToken,
    claims: decodeJwt(idToken),
    refreshToken: typeof refreshToken === 'string' ? refreshToken : undefined,
    expiresAt: now() + Number(expiresIn) * 1000,
  }
}

function describeError({ error, error_description: description }: Record<string, unknown>): string {
  return `The provider did not issue tokens: ${JSON.stringify([error, description])}`
}
