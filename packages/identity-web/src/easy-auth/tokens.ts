import { decodeToken } from '../authority/index.ts'
import {
  addAccessToken,
  includesAll,
  scopesOfOneResource,
  type OAuthClient,
  type ResourceScopes,
} from '../client/index.ts'
import type { AccessToken, SessionTokens } from '../tokens.ts'
import type { PlatformTokens } from './headers.ts'
import { toSeconds } from './principal.ts'

/** A token whose time is not known is used for this time, in seconds. */
const UNKNOWN_LIFETIME = 300
/** A token is refreshed this many seconds before it expires. */
const REFRESH_AHEAD = 300

/** The parts of an `Auth` that describe the tokens of the platform. */
export interface TokenSettings {
  readonly client: OAuthClient
  /** The scopes of the option `scopes` that belong to its first API. `undefined` without them. */
  readonly declared: ResourceScopes | undefined
}

/** Returns the tokens of a session after the platform passed on an access token, which can be an older one. */
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
 * Describes an access token. Only the platform knows which scopes it requested, so they are read from the token, without
 * verifying it: the platform received it from the provider.
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

/** The client ID of Microsoft Graph, which is the audience of its tokens. */
const GRAPH_ID = '00000003-0000-0000-c000-000000000000'

/** Returns the prefix of the scopes of the API that accepts a token. Microsoft Graph is the default API. */
function resourceOf(audience: unknown, { traits }: OAuthClient): string {
  if (!traits.prefixedScopes || typeof audience !== 'string' || audience === GRAPH_ID) return ''
  const prefix = audience.includes(':') ? audience.replace(/\/$/, '') : `api://${audience}`
  return scopesOfOneResource([`${prefix}/.default`], true).resource
}
