import type { AppConfig, DevProviderConfig } from './config.js'
import { forgetRecord } from './registration-records.js'
import { replaceProperties } from './replace-config.js'
import { resolveConfig } from './resolve-config.js'

/**
 * An app's URLs, which a test often knows only after the app has started. To remove a logout URI, set it to
 * `undefined`.
 *
 * @example
 * ```ts
 * const addresses: AppAddresses = { redirectUris: [`${origin}/redirect`] }
 * provider.register(addresses)
 * ```
 */
export interface AppAddresses {
  /** The allowed redirect URIs, compared exactly, or `'loopback'`. */
  readonly redirectUris?: AppConfig['redirectUris']
  /** The page that the provider loads in a hidden iframe when the user signs out. */
  readonly frontChannelLogoutUri?: string | undefined
  /** The URL to which the plain OpenID provider posts logout tokens. */
  readonly backChannelLogoutUri?: string | undefined
}

/** Changes the app registrations while the provider runs. */
export interface Registrations {
  readonly change: (app: AppConfig, addresses: AppAddresses) => void
  /** Restores the registrations from the configuration. */
  readonly reset: () => void
  /** Keeps a new configuration's registrations for `reset`. */
  readonly configure: () => void
}

/**
 * Returns the app with this client ID.
 *
 * @throws TypeError when the configuration does not contain the app.
 */
export function requireApp({ apps }: DevProviderConfig, clientId: string): AppConfig {
  const app = apps.find((entry) => entry.clientId.toLowerCase() === clientId.toLowerCase())
  if (app !== undefined) return app
  throw new TypeError(
    `The configuration has no app with the client ID ${clientId}. Use the clientId of an app in apps.`,
  )
}

/** Creates the functions that change a configuration's registrations. */
export function createRegistrations(config: DevProviderConfig): Registrations {
  let original = structuredClone(config.apps)
  return {
    configure: () => {
      original = structuredClone(config.apps)
    },
    change: (app, addresses) => {
      // Only for the check. The returned copy is not used.
      resolveConfig({ apps: [{ ...app, ...addresses } as AppConfig] })
      // Changes the object itself, because grants hold references to it.
      Object.assign(app, addresses)
    },
    // Also undoes the changes of clients of Graph, which can create, change and delete apps.
    reset: () => {
      const apps = original.map((app) => {
        const current = config.apps.find(({ clientId }) => clientId === app.clientId) ?? app
        forgetRecord(current)
        return current === app
          ? structuredClone(app)
          : replaceProperties(current, structuredClone(app))
      })
      replaceProperties(config, { ...config, apps })
    },
  }
}
