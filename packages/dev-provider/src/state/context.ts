import type { Behaviour } from '../controls/behaviour.js'
import type { Control } from '../controls/control.js'
import type { DevProviderConfig } from '../config/config.js'
import type { KeyRing } from '../profiles/key-ring.js'
import type { RequestLog } from '../controls/request-log.js'
import type { RequestHistory } from './request-details.js'
import type { Store } from './store.js'
import type { Tamper } from '../controls/tamper.js'
import type { ResolveProfile } from '../profiles/tenants.js'

/** The values that all handlers share. */
export interface ProviderContext {
  /** The origin of all URLs and issuers. Requests can also use other names of the provider. */
  readonly origin: string
  /** Returns whether a `Host` header contains a host of the provider. */
  readonly isOwnHost: (host: string | undefined) => boolean
  readonly config: DevProviderConfig
  readonly keys: KeyRing
  readonly store: Store
  resolveProfile: ResolveProfile
  readonly log: RequestLog
  readonly history: RequestHistory
  /** The session secret that apps can copy. It is random, because attackers know a value that is always the same. */
  readonly sessionSecret: string
  /** The seconds that a program added to the clock. */
  clockShiftSeconds: number
  /** The clock, in milliseconds. */
  readonly nowMs: () => number
  /** The clock for the provider's own records, in seconds. */
  readonly nowSeconds: () => number
  /** The clock for times in tokens, in seconds. A switch can add an error to it. */
  readonly issueSeconds: () => number
  /** The switches at the start, which `reset()` restores. */
  readonly startBehaviour: Readonly<Behaviour>
  readonly control: Control
  behaviour: Behaviour
  tamper: Tamper
}
