import type { MaybePromise } from '../maybe-promise.ts'
import { configurationError } from '../errors.ts'
import type { AccessToken, TOKEN_SOURCE } from '../tokens.ts'
import type { ClaimsChallenge } from './challenges.ts'
import type { ClientTokens } from './client-token.ts'
import type { OAuthClient } from './oauth-client.ts'
import { scopesToCall, type ResourceScopes } from './scopes.ts'

/** A token that an SDK needs. */
export interface SourceRequest {
  readonly requested: ResourceScopes
  readonly challenge?: ClaimsChallenge | undefined
  /** The tenant of the token, if it is not the tenant of the application. */
  readonly tenant?: string | undefined
}

/** The tokens of a user or an application, for a credential that SDKs use. */
export interface TokenSource {
  /** Whose tokens they are: the user of a session, the caller of an API, the application, or a long-running process. */
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

const TENANT_ID = /\/([\da-f-]{36})(?=\/|$)/i

/** Returns the tokens of an application, for the SDKs that it uses. */
export function applicationTokenSource({
  client: { issuing, traits },
  clientTokens,
}: {
  readonly client: OAuthClient
  readonly clientTokens: ClientTokens
}): TokenSource {
  return {
    kind: 'application',
    // The authority can contain the domain of the tenant, and the issuer contains its ID.
    tenant: async () => TENANT_ID.exec((await issuing.metadata()).issuer)?.[1],
    check: (scopes) => scopesToCall(scopes, traits.prefixedScopes),
    async getToken({ requested, challenge, tenant }) {
      if (tenant === undefined || issuing.authority.kind === 'entra')
        return clientTokens(requested.scopes, { challenge, tenant })
      throw configurationError(
        'additionallyAllowedTenants works only with Entra ID. Remove this option of azureCredential().',
      )
    },
  }
}
