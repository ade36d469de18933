import type { AppConfig, DevProviderConfig } from './config.js'
import { resolveConfig } from './resolve-config.js'

/** Addresses of an app, which are known only when it listens; `undefined` takes one away. */
export interface AppAddresses {
  readonly redirectUris?: AppConfig['redirectUris']
  readonly frontChannelLogoutUri?: string | undefined
  readonly backChannelLogoutUri?: string | undefined
}

/** What becomes of registrations while the provider runs. */
export interface Registrations {
  readonly change: (app: AppConfig, addresses: AppAddresses) => void
  /** Back to the configuration. */
  readonly reset: () => void
}

/** Finds an app by its client id. */
export function requireApp({ apps }: DevProviderConfig, clientId: string): AppConfig {
  const app = apps.find((entry) => entry.clientId.toLowerCase() === clientId.toLowerCase())
  if (app !== undefined) return app
  throw new TypeError(`There is no app ${clientId}.`)
}

/** Makes the registrations of a configuration changeable. */
export function createRegistrations(config: DevProviderConfig): Registrations {
  const original = structuredClone(config.apps)
  return {
    change: (app, addresses) => {
      // The check alone: what it returns is a copy.
      resolveConfig({ apps: [{ ...app, ...addresses } as AppConfig] })
      // In place: grants hold the app itself.
      Object.assign(app, addresses)
    },
    reset: () => {
      config.apps.forEach((app, index) => {
        const { redirectUris, frontChannelLogoutUri, backChannelLogoutUri } = original[index] ?? app
        Object.assign(app, { redirectUris, frontChannelLogoutUri, backChannelLogoutUri })
      })
    },
  }
}
