// Tokens for the SDKs that an application uses.
import type { MaybePromise } from '../maybe-promise.ts'
import type { AccessToken, TOKEN_SOURCE } from '../tokens.ts'
import type { ClaimsChallenge } from './challenges.ts'
import type { OAuthClient } from './oauth-client.ts'
import type { ResourceScopes } from './scopes.ts'

/** A user's or an application's tokens, for a credential that SDKs use. */
export interface TokenSource {
  /** The tokens' owner: a session's user, an API's caller, the application, or a long-running process. */
  readonly kind: 'user' | 'caller' | 'application' | 'process'
  readonly client: OAuthClient
  /** The ID of the user's session, which `auth.listSessions` compares. */
  readonly sessionId?: string
  /** Returns the user's tenant. Without this function, the tokens belong to the client's tenant. */
  tenant?(): MaybePromise<string | undefined>
  /** Returns whether the source cannot be used anymore. */
  isEnded?(): boolean
  getToken(requested: ResourceScopes, challenge?: ClaimsChallenge): Promise<AccessToken>
}

/** An application's app-only tokens. */
export interface ApplicationTokens extends TokenSource {
  getToken(
    requested: Pick<ResourceScopes, 'scopes'>,
    challenge?: ClaimsChallenge,
  ): Promise<AccessToken>
}

/** A context that has a token source. */
export interface SourceOfTokens {
  readonly [TOKEN_SOURCE]: () => MaybePromise<TokenSource>
}

/** The source from which a credential gets an `ApiAuth`'s tokens: one of its issuers, or a long-running process. */
export interface SourceOptions {
  readonly issuer?: string | undefined
  readonly longRunningKey?: string | undefined
}
