import type { TenantAccount } from '../profiles/issuer-profile.js'
import type { ProviderContext } from '../state/context.js'
import type { ProviderRequest, ProviderResponse } from '../protocol/http.js'
import type { Caller } from './caller.js'

/** A Graph request whose token is valid. */
export interface GraphCall {
  readonly context: ProviderContext
  readonly request: ProviderRequest
  readonly caller: Caller
  /** The path in lower case, for example `/v1.0`, which starts each link to the next page. */
  readonly version: string
  /** The values in the path, by the name of the placeholder. */
  readonly params: Readonly<Record<string, string>>
}

/** A Graph request for one user, at `/me` or `/users/{id}`. */
export interface UserCall extends GraphCall {
  readonly account: TenantAccount
  /** `true` if the user is the signed-in user. */
  readonly isOwn: boolean
}

/** A function that handles the request of an endpoint. */
export type Respond = (call: GraphCall) => ProviderResponse

/** A function that handles the request of an endpoint below a user. */
export type RespondForUser = (call: UserCall) => ProviderResponse

/** Returns the value of a placeholder in the path. */
export function pathParam({ params }: GraphCall, name: string): string {
  return params[name] ?? ''
}
