// Tokens of the platform's token store, and their refresh.
import { decodeToken, requestProvider, type Transport } from '../authority/index.ts'
import {
  addAccessToken,
  includesAll,
  scopesOfOneResource,
  type OAuthClient,
  type ResourceScopes,
} from '../client/index.ts'
import type { AccessToken, SessionTokens } from '../tokens.ts'
import { cookiePairs } from '../session/index.ts'
import type { PlatformTokens } from './headers.ts'
import { toSeconds } from './principal.ts'
import type { PlatformNames } from './options.ts'

/** The lifetime in seconds that is assumed for a token whose lifetime is not known. */
const UNKNOWN_LIFETIME = 300
/** A token is refreshed this number of seconds before it expires. */
const REFRESH_AHEAD = 300

/** The parts of an `Auth` that describe the platform's tokens. */
export interface TokenSettings {
  readonly client: OAuthClient
  /** The scopes in the option `scopes` that belong to its first API, or `undefined` without such scopes. */
  readonly declared: ResourceScopes | undefined
}

/**
 * Returns a session's tokens after the platform passed on an access token, which may be older than the session's
 * tokens.
 */
export function addPlatformTokens(
  settings: TokenSettings,
  given: PlatformTokens,
  previous: SessionTokens | undefined,
): SessionTokens {
  const { now } = settings.client.issuing
  const known = previous?.access ?? []
  const added = given.accessToken === '' ? undefined : toAccessToken(settings, given)
  const isKnown =
    added === undefined ||
    known.some(
      (token) =>
        token.resource === added.resource &&
        token.expiresAt >= added.expiresAt &&
        includesAll(token.scopes, added.scopes),
    )
  return {
    // Requests with the previous tokens must see that these are newer.
    revision: previous === undefined ? 0 : previous.revision + 1,
    ...(given.refreshToken !== '' && { refreshToken: given.refreshToken }),
    access: isKnown ? known : addAccessToken(known, added, now()),
  }
}

/**
 * Describes an access token. The scopes are read from the token, because only the platform knows which scopes it
 * requested. The token is not verified, because the platform received it from the provider.
 */
function toAccessToken(
  { client, declared }: TokenSettings,
  { accessToken, expiresOn }: PlatformTokens,
): AccessToken {
  const now = client.issuing.now()
  const claims = decodeToken(accessToken)?.claims ?? {}
  const { aud, scp, exp } = claims
  const expiresAt = toSeconds(expiresOn) ?? (typeof exp === 'number' ? exp : now + UNKNOWN_LIFETIME)
  return {
    token: accessToken,
    type: 'Bearer',
    resource: declared?.resource ?? resourceOf(aud, client),
    scopes: typeof scp === 'string' ? scp.split(' ') : (declared?.names ?? []),
    expiresAt,
    refreshAt: expiresAt - REFRESH_AHEAD,
  }
}

/** Microsoft Graph's client ID, which is the audience of its tokens. */
const GRAPH_ID = '00000003-0000-0000-c000-000000000000'

/** Returns the scope prefix for the API that accepts a token. Microsoft Graph is the default API. */
function resourceOf(audience: unknown, { traits }: OAuthClient): string {
  if (!traits.prefixedScopes || typeof audience !== 'string' || audience === GRAPH_ID) return ''
  const prefix = audience.includes(':') ? audience.replace(/\/$/, '') : `api://${audience}`
  return scopesOfOneResource([`${prefix}/.default`], true).resource
}

/** How the names of the platform's session cookies start. */
const SESSION_COOKIES = 'AppServiceAuthSession'

/**
 * Lets the platform refresh a user's tokens, and reads them.
 *
 * @param cookieHeader - The browser's cookies, of which only those for the platform's session are sent.
 * @returns `undefined` if the platform cannot refresh the tokens, because its session, its token store or a refresh
 *   token is missing.
 * @throws IdentityError `provider_unavailable` if the platform does not respond.
 * @see {@link https://learn.microsoft.com/azure/app-service/configure-authentication-oauth-tokens#refresh-auth-tokens}
 */
export async function refreshAtPlatform(
  { url, prefix, provider }: PlatformNames,
  transport: Transport,
  cookieHeader: string,
): Promise<PlatformTokens | undefined> {
  const cookie = cookiePairs(cookieHeader, SESSION_COOKIES).join('; ')
  if (url === undefined || cookie === '') return undefined
  const get = (path: string): ReturnType<typeof requestProvider> =>
    requestProvider(transport, `the tokens at ${path}`, {
      url: url + path,
      headers: { cookie, accept: 'application/json' },
    })
  const refreshed = await get(`${prefix}/refresh`)
  if (refreshed.status !== 200) return undefined
  const { status, body } = await get(`${prefix}/me`)
  return status === 200 ? findTokens(body, provider) : undefined
}

function findTokens(json: string, provider: string): PlatformTokens | undefined {
  const found = parseList(json).find(({ provider_name: name }) => name === provider)
  const accessToken = toText(found?.['access_token'])
  if (found === undefined || accessToken === '') return undefined
  return {
    accessToken,
    expiresOn: toText(found['expires_on']),
    refreshToken: toText(found['refresh_token']),
    idToken: toText(found['id_token']),
  }
}

function parseList(json: string): readonly Readonly<Record<string, unknown>>[] {
  try {
    const value: unknown = JSON.parse(json)
    return Array.isArray(value) ? value.filter(isObject) : []
  } catch {
    return []
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function toText(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
