import type { AppConfig } from '../config/config.js'
import type { IssuerProfile } from '../profiles/issuer-profile.js'
import type { RequestedClaims } from '../protocol/requested-claims.js'
import type { ScopeRequest } from '../profiles/scope-request.js'
import type { DeviceRecord, SessionAccount } from './records.js'

/** The values of `prompt` that Entra knows; `create` is External ID's. */
export type Prompt = 'login' | 'none' | 'consent' | 'select_account' | 'create'

export type ResponseMode = 'query' | 'fragment' | 'form_post'

/** Where an answer goes: known before the rest of the request is judged. */
export interface ReplyTo {
  readonly app: AppConfig
  readonly redirectUri: string
  readonly responseMode: ResponseMode
  readonly state: string | undefined
}

/** A request to sign in, checked. */
export interface AuthorizeRequest {
  readonly replyTo: ReplyTo
  readonly scope: ScopeRequest
  readonly prompt: Prompt | undefined
  readonly maxAge: number | undefined
  readonly nonce: string | undefined
  readonly challenge: { readonly value: string; readonly method: string } | undefined
  readonly claims: RequestedClaims
  /** The client asked for `client_info`, as MSAL does. */
  readonly clientInfo: boolean
}

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
  /** The user, or the app, wants a new account. */
  signsUp?: boolean
  /** The user is through with the page for the profile. */
  isEdited?: boolean
}
