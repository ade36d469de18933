import type { MaybePromise } from '../maybe-promise.ts'
import type { AccessToken, TOKEN_SOURCE } from '../tokens.ts'
import type { ClaimsChallenge } from './challenges.ts'
import type { OAuthClient } from './oauth-client.ts'
import type { ResourceScopes } from './scopes.ts'

/** The tokens of a user or an application, for a credential that SDKs use. */
export interface TokenSource {
  /** The owner of the tokens: the user of a session, the caller of an API, the application, or a long-running process. */
  readonly kind: 'user' | 'caller' | 'application' | 'process'
  readonly client: OAuthClient
  /** The ID of the user's session, which `auth.listSessions` compares. */
  readonly sessionId?: string
  /** Returns the tenant of the user. Without this function, the tokens belong to the tenant of the client. */
  tenant?(): MaybePromise<string | undefined>
  /** Returns whether the source cannot be used anymore. */
  isEnded?(): boolean
  getToken(requested: ResourceScopes, challenge?: ClaimsChallenge): Promise<AccessToken>
}

/** The app-only tokens of an application. */
export interface ApplicationTokens extends TokenSource {
  getToken(
    requested: Pick<ResourceScopes, 'scopes'>,
    challenge?: ClaimsChallenge,
  ): Promise<AccessToken>
}

/** A context that has a source of tokens. */
export interface SourceOfTokens {
  readonly [TOKEN_SOURCE]: () => MaybePromise<TokenSource>
}

/** The tokens of an `ApiAuth` that a credential uses: one of its issuers, or a long-running process. */
export interface SourceOptions {
  readonly issuer?: string | undefined
  readonly longRunningKey?: string | undefined
}
