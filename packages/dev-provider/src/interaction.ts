import type { AuthorizeRequest, Prompt } from './authorize-request.js'
import type { AppConfig } from './config.js'
import type { IssuerProfile } from './issuer-profile.js'
import type { ScopeRequest } from './scope-request.js'
import type { DeviceRecord, SessionAccount } from './records.js'

/** A sign-in under way: the pages a user is led through between a request and its answer. */
export interface Interaction {
  readonly id: string
  readonly profile: IssuerProfile
  readonly app: AppConfig
  readonly scope: ScopeRequest
  readonly prompt: Prompt | undefined
  readonly loginHint: string | undefined
  readonly domainHint: string | undefined
  /** Seconds since the sign-in that are still acceptable. */
  readonly maxAge: number | undefined
  /** What waits for the end of it. */
  readonly purpose:
    | { readonly kind: 'authorize'; readonly request: AuthorizeRequest }
    | { readonly kind: 'device'; readonly device: DeviceRecord }
  /** The account that the user picked on a page of this interaction. */
  picked?: SessionAccount
  /** The user agreed on the consent page of this interaction. */
  agreed?: boolean
}
