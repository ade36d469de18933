import type { DevProvider } from './dev-provider.js'

const RUNNING = Symbol.for('identity-web-dev.running-providers')

/**
 * Returns this process's providers by origin, so that the testing kit calls them directly.
 *
 * All copies of the package share the map, because test runners can load a package more than once.
 */
export function runningProviders(): Map<string, DevProvider> {
  const shared = globalThis as { [RUNNING]?: Map<string, DevProvider> }
  return (shared[RUNNING] ??= new Map())
}
