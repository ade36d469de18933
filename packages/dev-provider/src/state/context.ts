import type { Behaviour } from '../controls/behaviour.js'
import type { DevProviderConfig } from '../config/config.js'
import type { KeyRing } from '../profiles/key-ring.js'
import type { RequestLog } from '../controls/request-log.js'
import type { Store } from './store.js'
import type { Tamper } from '../controls/tamper.js'
import type { ResolveProfile } from '../profiles/tenants.js'

/** What every handler may use. */
export interface ProviderContext {
  readonly origin: string
  readonly config: DevProviderConfig
  readonly keys: KeyRing
  readonly store: Store
  readonly resolveProfile: ResolveProfile
  readonly log: RequestLog
  /** The clock in milliseconds. */
  readonly nowMs: () => number
  /** The clock in seconds, for what lives inside the provider. */
  readonly nowSeconds: () => number
  /** The clock in seconds that goes into tokens: it may be wrong on purpose. */
  readonly issueSeconds: () => number
  behaviour: Behaviour
  tamper: Tamper
}
