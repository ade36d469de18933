import type { AppConfig, DevProviderConfig } from './config.js'

/**
 * Replaces the contents of a configuration.
 *
 * The object itself and the objects of its apps stay the same, because profiles, sessions and
 * grants hold references to them.
 */
export function replaceConfig(config: DevProviderConfig, next: DevProviderConfig): void {
  const apps = next.apps.map((app) => {
    const current = findApp(config.apps, app)
    return current === undefined ? app : replaceProperties(current, app)
  })
  replaceProperties(config, { ...next, apps })
}

/** Replaces all properties of an object, and returns the object. */
export function replaceProperties<T extends object>(target: T, source: T): T {
  for (const key of Object.keys(target)) Reflect.deleteProperty(target, key)
  return Object.assign(target, source)
}

function findApp(apps: readonly AppConfig[], { clientId }: AppConfig): AppConfig | undefined {
  return apps.find((app) => app.clientId.toLowerCase() === clientId.toLowerCase())
}
