import type { MaybePromise } from '../maybe-promise.ts'
import type { AccessToken, TOKEN_SOURCE } from '../tokens.ts'
import type { ClaimsChallenge } from './challenges.ts'
import type { ResourceScopes } from './scopes.ts'

/** A token that an SDK needs. */
export interface SourceRequest {
  readonly requested: ResourceScopes
  readonly challenge?: ClaimsChallenge | undefined
  /** The tenant of the token, if it is not the tenant of the application. */
  readonly tenant?: string | undefined
}

/** The tokens of a user or an application, for a credential that SDKs use. */
export interface TokenSource {
  /** The owner of the tokens: the user of a session, the caller of an API, the application, or the user of a long-running process. */
  readonly kind: 'user' | 'caller' | 'application' | 'process'
  /** Returns the tenant that issues the tokens. `undefined` if the provider has no tenants. */
  tenant(): MaybePromise<string | undefined>
  /**
   * Returns the scopes of the API.
   *
   * @throws IdentityError `configuration` without a scope, for scopes of several APIs, and if the source cannot be used
   *   anymore.
   */
  check(scopes: string | readonly string[]): ResourceScopes
  getToken(request: SourceRequest): Promise<AccessToken>
}

/** A context that has a source of tokens. */
export interface SourceOfTokens {
  readonly [TOKEN_SOURCE]: () => TokenSource
}

/** The tokens of an `ApiAuth` that a credential uses: one of its issuers, or a long-running process. */
export interface SourceOptions {
  readonly issuer?: string | undefined
  readonly longRunningKey?: string | undefined
}
