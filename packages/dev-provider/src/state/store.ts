import type { UserConfig } from '../config/config.js'
import { createExpiringMap, type ExpiringMap } from './expiring-map.js'
import type { Interaction } from './interaction.js'
import type { RequestedClaims } from '../protocol/requested-claims.js'
import { createUserDirectory, type UserDirectory } from './users.js'
import type {
  Authorization,
  BrowserSession,
  CodeRecord,
  DeviceRecord,
  RefreshRecord,
} from './records.js'

/** The records that the provider keeps between two requests. */
export interface Store {
  readonly users: UserDirectory
  readonly codes: ExpiringMap<CodeRecord>
  readonly refreshTokens: ExpiringMap<RefreshRecord>
  readonly revokedFamilies: Set<string>
  /** A sequence number for each user name. All authorizations up to this number are revoked. */
  readonly revokedUpTo: Map<string, number>
  readonly devices: ExpiringMap<DeviceRecord>
  readonly sessions: ExpiringMap<BrowserSession>
  readonly interactions: ExpiringMap<Interaction>
  /** The claims in the requests of an access token, by the hash of the token. */
  readonly requestedClaims: ExpiringMap<readonly RequestedClaims[]>
  /** The authorization of an access token, by the hash of the token. */
  readonly tokenOrigins: ExpiringMap<Authorization>
  /** The full names of granted scopes, by user, tenant and app. */
  readonly consents: Map<string, Set<string>>
  /** The permissions about which a line was written. `clear` keeps them, so that each gets one line. */
  readonly notedGrants: Set<string>
  /**
   * Returns the next sequence number of an authorization. A time is not enough, because tests stop
   * the clock.
   */
  readonly nextSequence: () => number
  readonly clear: () => void
}

/**
 * The limit of unfinished sign-ins. It is low, because a website can start many of them through the
 * browser of a developer, with large values of `state`.
 */
export const MAX_INTERACTIONS = 5000

/** Creates an empty store. */
export function createStore(
  nowSeconds: () => number,
  configuredUsers: readonly UserConfig[],
): Store {
  const maps = {
    users: createUserDirectory(configuredUsers),
    codes: createExpiringMap<CodeRecord>(nowSeconds),
    refreshTokens: createExpiringMap<RefreshRecord>(nowSeconds),
    devices: createExpiringMap<DeviceRecord>(nowSeconds),
    sessions: createExpiringMap<BrowserSession>(nowSeconds),
    interactions: createExpiringMap<Interaction>(nowSeconds, MAX_INTERACTIONS),
    requestedClaims: createExpiringMap<readonly RequestedClaims[]>(nowSeconds),
    tokenOrigins: createExpiringMap<Authorization>(nowSeconds),
    revokedFamilies: new Set<string>(),
    revokedUpTo: new Map<string, number>(),
    consents: new Map<string, Set<string>>(),
  }
  let sequence = 0
  return {
    ...maps,
    notedGrants: new Set(),
    nextSequence: () => ++sequence,
    clear: () => Object.values(maps).forEach((map) => map.clear()),
  }
}
