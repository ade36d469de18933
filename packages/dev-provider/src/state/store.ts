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

/** Everything the provider remembers between two requests. */
export interface Store {
  readonly users: UserDirectory
  readonly codes: ExpiringMap<CodeRecord>
  readonly refreshTokens: ExpiringMap<RefreshRecord>
  readonly deadFamilies: Set<string>
  /** By user name: authorizations up to this place in the order are dead. */
  readonly revokedUpTo: Map<string, number>
  readonly devices: ExpiringMap<DeviceRecord>
  readonly sessions: ExpiringMap<BrowserSession>
  readonly interactions: ExpiringMap<Interaction>
  /** By the hash of an access token: what the requests that led to it asked of it. */
  readonly askedClaims: ExpiringMap<readonly RequestedClaims[]>
  /** By the hash of an access token: the authorization that it was made from. */
  readonly tokenOrigins: ExpiringMap<Authorization>
  /** Full scope names by user, tenant and app. */
  readonly consents: Map<string, Set<string>>
  /** The next place in the order of authorizations. A clock would not do: tests stop it. */
  readonly nextOrder: () => number
  readonly clear: () => void
}

/** Makes an empty memory. */
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
    interactions: createExpiringMap<Interaction>(nowSeconds),
    askedClaims: createExpiringMap<readonly RequestedClaims[]>(nowSeconds),
    tokenOrigins: createExpiringMap<Authorization>(nowSeconds),
    deadFamilies: new Set<string>(),
    revokedUpTo: new Map<string, number>(),
    consents: new Map<string, Set<string>>(),
  }
  let order = 0
  return {
    ...maps,
    nextOrder: () => ++order,
    clear: () => Object.values(maps).forEach((map) => map.clear()),
  }
}
