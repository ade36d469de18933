/** The claims of a token. A script can set a claim to `undefined` to remove it. */
export type TokenClaims = Record<string, unknown>

/** The parameters of a request or of a response in a URL or a form. */
export type Parameters = Record<string, string>

/** The client that is registered at the provider. */
export interface ScriptedClient {
  readonly clientId: string
  readonly clientSecret: string
  readonly redirectUri: string
  readonly postLogoutRedirectUri: string
  readonly backChannelLogoutUri?: string
  readonly frontChannelLogoutUri?: string
}

/** How a scripted provider differs from a correct one. Without a script, it follows the specifications. */
export interface ProviderScript {
  /** The algorithm of the ID token. The metadata announce it alone. The default is RS256, among others. */
  readonly signing?: 'RS256' | 'ES256' | 'HS256' | 'none'
  /** `false` removes the key IDs from the published keys and from the tokens. */
  readonly hasKids?: boolean
  /** The number of published RSA keys. The default is 2. */
  readonly rsaKeys?: number
  /** When the provider replaces its keys. */
  readonly rotation?: 'second-sign-in' | 'before-signing'
  /** The last part of the path of the keys. The default is `jwks`. */
  readonly jwksPath?: string
  /** Changes the metadata document. */
  changeMetadata?(metadata: Record<string, unknown>): Record<string, unknown>
  /** Changes the claims of an ID token. */
  changeIdToken?(claims: TokenClaims, grantType: string): TokenClaims
  /** Whether the signature of the ID token is wrong. */
  readonly hasWrongSignature?: boolean
  /** Changes the response of the UserInfo endpoint. */
  changeUserInfo?(claims: TokenClaims): TokenClaims
  /** Whether the response of the UserInfo endpoint is a signed token. */
  readonly signsUserInfo?: boolean
  /** Whether the provider issues refresh tokens. */
  readonly hasRefreshTokens?: boolean
  /** Returns an error instead of a code. */
  authorizationError?(request: Parameters): Parameters
  /** The methods of client authentication in the metadata. */
  readonly authenticationMethods?: readonly string[]
  /** What the provider does when the application ends the session of the user. */
  readonly logout?: 'front-channel' | 'back-channel'
  /** Changes the claims of a logout token. */
  changeLogoutToken?(claims: TokenClaims): TokenClaims
  /** The wrong algorithm of a logout token. */
  readonly logoutSigning?: 'none' | 'ES256'
  /** Changes the parameters of the redirect after a sign-out. */
  changeLogoutResponse?(response: Parameters): Parameters
}

/** A request that the provider received, or that it sent to the application. */
export interface RecordedRequest {
  readonly endpoint:
    | 'metadata'
    | 'jwks'
    | 'authorization'
    | 'token'
    | 'userinfo'
    | 'end-session'
    | 'back-channel'
    | 'front-channel'
  /** The grant type of a token request. */
  readonly grantType?: string
  /** The status of the application's response to a back-channel logout. */
  readonly status?: number
  readonly parameters: Parameters
}

/** Everything that happened at a scripted provider. */
export interface ProviderRecord {
  readonly requests: RecordedRequest[]
  /** What was wrong with the requests of the application. */
  readonly problems: string[]
}
