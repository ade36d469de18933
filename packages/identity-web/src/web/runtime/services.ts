// The services of all rooms.
import type { EventEmitter } from '../../event-emitter.ts'
import type { Previews } from '../../seams/previews.ts'
import type { Site } from '../../seams/site.ts'
import type { Provider } from './provider.ts'
import type { Sessions } from './sessions.ts'

// Each room of `web/` has one interface of services, which adds its own to those of the rooms before it.

/** The services of all rooms. There is one of each for an application, except for the provider. */
export interface AppServices {
  readonly site: Site
  readonly provider: Provider
  readonly sessions: Sessions
  readonly events: EventEmitter
  /** Returns the Unix time in seconds. */
  readonly now: () => number
  /** Returns the Unix time in milliseconds. */
  readonly clock: () => number
  /** `true` in production, where pages and the log must not contain the messages of the application's errors. */
  readonly isProduction: boolean
  readonly fetch: typeof fetch
  /** This deployment's role for previews. Not set if the application does not have the option `previews`. */
  readonly previews: Previews | undefined
}
