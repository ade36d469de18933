// The differences between kinds of providers, such as AD FS.
import type { AuthorityKind } from '../authority/index.ts'
import type { AssertionAudience } from './credential/client-credential.ts'

/** The differences between kinds of authorities that requests must respect. */
export interface ProviderTraits {
  /**
   * `true` if a scope's prefix is its API's name, as at Microsoft, where an access token is therefore valid for only
   * one API.
   */
  readonly prefixedScopes: boolean
  /** `true` if names that differ only in case are the same scope or client, as at Microsoft. */
  readonly ignoresCase: boolean
  /**
   * The OpenID Connect scopes that a sign-in requests, or `'listed'` for those that the metadata lists.
   */
  readonly signInScopes: readonly string[] | 'listed'
  /**
   * `true` if the provider returns an access token only for a request that contains an API's scope, or the client ID as
   * a scope.
   */
  readonly clientIdScope: boolean
  /** `true` if the provider supports client capabilities in the `claims` parameter. */
  readonly capabilities: boolean
  /** `true` if the provider supports `prompt=select_account`. */
  readonly accountPicker: boolean
  /** The algorithm for client assertions that are signed with a certificate. */
  readonly certificateAlgorithm: 'PS256' | 'RS256'
  /**
   * The audience of client assertions. With the token endpoint, which the metadata contain, a hostile provider can collect
   * an assertion for another provider's token endpoint.
   *
   * @see {@link https://www.rfc-editor.org/rfc/rfc10070 | RFC 10070}
   */
  readonly assertionAudience: AssertionAudience
  /** The method to send a client secret if the metadata lists both methods. */
  readonly secretMethod: 'client_secret_basic' | 'client_secret_post'
  /**
   * `true` if the provider supports the on-behalf-of grant, with which an API gets tokens for another API on behalf of
   * its users.
   */
  readonly onBehalfOf: boolean
  /**
   * `true` if sign-out requires the ID token as a hint. Without the hint, the provider asks the user or accepts any
   * redirect URL.
   */
  readonly idTokenHint: boolean
}

const ENTRA: ProviderTraits = {
  prefixedScopes: true,
  ignoresCase: true,
  signInScopes: ['openid', 'profile', 'email', 'offline_access'],
  clientIdScope: false,
  capabilities: true,
  accountPicker: true,
  certificateAlgorithm: 'PS256',
  // AD FS rejects the issuer (AzureAD/microsoft-authentication-library-for-dotnet#1708).
  assertionAudience: 'token_endpoint',
  // Microsoft documents that the secret is in the body, and all its libraries send it there.
  secretMethod: 'client_secret_post',
  onBehalfOf: true,
  idTokenHint: false,
}

const TRAITS: Readonly<Record<AuthorityKind, ProviderTraits>> = {
  entra: ENTRA,
  'external-id': ENTRA,
  // The client ID as a scope: MicrosoftDocs/azure-docs#90863. B2C rejects scopes that it does not know (AADB2C90117).
  b2c: {
    ...ENTRA,
    signInScopes: ['openid', 'profile', 'offline_access'],
    clientIdScope: true,
    capabilities: false,
    accountPicker: false,
    // Microsoft's documentation of B2C access tokens says that the on-behalf-of flow is not supported.
    onBehalfOf: false,
    idTokenHint: true,
  },
  adfs: {
    ...ENTRA,
    signInScopes: 'listed',
    capabilities: false,
    accountPicker: false,
    certificateAlgorithm: 'RS256',
    idTokenHint: true,
  },
  oidc: {
    prefixedScopes: false,
    ignoresCase: false,
    signInScopes: 'listed',
    clientIdScope: false,
    capabilities: false,
    accountPicker: false,
    certificateAlgorithm: 'RS256',
    assertionAudience: 'issuer',
    // Clients that did not choose a method are registered for it (OpenID Connect Registration, section 2).
    secretMethod: 'client_secret_basic',
    onBehalfOf: false,
    idTokenHint: true,
  },
}

export function traitsOf(kind: AuthorityKind): ProviderTraits {
  return TRAITS[kind]
}
