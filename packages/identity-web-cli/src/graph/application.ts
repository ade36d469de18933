/** A scope of an app registration (`permissionScope`). */
export interface Scope {
  readonly id: string
  readonly value: string
  readonly type: 'User' | 'Admin'
  readonly isEnabled: boolean
  readonly adminConsentDisplayName: string
  readonly adminConsentDescription: string
  readonly userConsentDisplayName?: string | null
  readonly userConsentDescription?: string | null
}

/** A role of an app registration (`appRole`). */
export interface AppRole {
  readonly id: string
  readonly value: string
  readonly displayName: string
  readonly description: string
  readonly isEnabled: boolean
  readonly allowedMemberTypes: readonly ('User' | 'Application')[]
}

/** A client whose users see no consent page. */
export interface PreAuthorized {
  readonly appId: string
  readonly delegatedPermissionIds: readonly string[]
}

/** The permissions of one API that an app lists. */
export interface ResourceAccess {
  readonly resourceAppId: string
  readonly resourceAccess: readonly { readonly id: string; readonly type: 'Scope' | 'Role' }[]
}

/** An optional claim of a token. */
export interface OptionalClaim {
  readonly name: string
  readonly essential?: boolean
  readonly additionalProperties?: readonly string[]
}

/** The parts of an app registration that this program sets. */
export interface ApplicationSettings {
  readonly displayName: string
  readonly signInAudience: string
  readonly identifierUris: readonly string[]
  readonly web: { readonly redirectUris: readonly string[]; readonly logoutUrl?: string | null }
  readonly publicClient: { readonly redirectUris: readonly string[] }
  readonly api: {
    readonly requestedAccessTokenVersion?: number | null
    readonly oauth2PermissionScopes: readonly Scope[]
    readonly preAuthorizedApplications: readonly PreAuthorized[]
  }
  readonly appRoles: readonly AppRole[]
  readonly optionalClaims?: {
    readonly idToken?: readonly OptionalClaim[]
    readonly accessToken?: readonly OptionalClaim[]
  } | null
  readonly requiredResourceAccess: readonly ResourceAccess[]
  /** The tags, which are words for programs. They cannot contain spaces. */
  readonly tags?: readonly string[]
}

/** A secret of an app registration. Graph does not return the secret itself. */
export interface PasswordCredential {
  readonly keyId: string
  readonly displayName?: string | null
  /** The first three characters of the secret. */
  readonly hint?: string | null
  readonly startDateTime?: string | null
  readonly endDateTime?: string | null
}

/** A certificate of an app registration. */
export interface KeyCredential {
  readonly keyId?: string
  readonly displayName?: string | null
  /** The SHA-1 thumbprint, in hexadecimal digits or in base64. */
  readonly customKeyIdentifier?: string | null
  readonly key?: string | null
  readonly type: string
  readonly usage: string
  readonly startDateTime?: string | null
  readonly endDateTime?: string | null
}

/** An app registration, as Graph returns it. */
export interface Application extends ApplicationSettings {
  readonly id: string
  readonly appId: string
  readonly createdDateTime?: string | null
  readonly passwordCredentials: readonly PasswordCredential[]
  readonly keyCredentials: readonly KeyCredential[]
}

/** A token of another issuer that the app can send instead of a secret. */
export interface FederatedCredential {
  readonly name: string
  readonly issuer: string
  readonly subject: string
  readonly audiences: readonly string[]
}
