import type { AppConfig } from '../config/config.js'
import type { IssuerProfile } from '../profiles/issuer-profile.js'
import type { RequestedClaims } from '../protocol/requested-claims.js'
import type { ScopeRequest } from '../profiles/scope-request.js'
import type { DeviceRecord, SessionAccount } from './records.js'

/** The values of `prompt` that Entra ID supports. Only External ID supports `create`. */
export type Prompt = 'login' | 'none' | 'consent' | 'select_account' | 'create'

export type ResponseMode = 'query' | 'fragment' | 'form_post'

/**
 * The destination of an authorization response. It is known before the other parameters are
 * checked.
 */
export interface ResponseTarget {
  readonly app: AppConfig
  readonly redirectUri: string
  readonly responseMode: ResponseMode
  readonly state: string | undefined
}

/** A checked authorization request. */
export interface AuthorizeRequest {
  readonly responseTarget: ResponseTarget
  readonly scope: ScopeRequest
  readonly prompt: Prompt | undefined
  readonly maxAge: number | undefined
  readonly nonce: string | undefined
  readonly challenge: { readonly value: string; readonly method: string } | undefined
  readonly claims: RequestedClaims
  /** `true` if the client requested `client_info`, as MSAL does. */
  readonly clientInfo: boolean
}

/** An unfinished sign-in, from the request to the response. */
export interface Interaction {
  readonly id: string
  readonly profile: IssuerProfile
  readonly app: AppConfig
  readonly scope: ScopeRequest
  readonly prompt: Prompt | undefined
  readonly loginHint: string | undefined
  readonly domainHint: string | undefined
  /** The maximum time since the last sign-in, in seconds. */
  readonly maxAge: number | undefined
  /** The action after the sign-in. */
  readonly purpose:
    | { readonly kind: 'authorize'; readonly request: AuthorizeRequest }
    | { readonly kind: 'device'; readonly device: DeviceRecord }
  /** The account that the user chose on a page of this interaction. */
  picked?: SessionAccount
  /** `true` if the user accepted the consent page of this interaction. */
  agreed?: boolean
  /** `true` if the user or the app requested a new account. */
  signsUp?: boolean
  /** `true` if the user has finished the page that edits the profile. */
  isEdited?: boolean
}
