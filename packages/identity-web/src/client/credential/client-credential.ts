// The forms of the option `clientCredential`.
import type { ClientAuth } from 'openid-client'
import type { IdentityError } from '../../errors.ts'
import type { EventEmitter } from '../../event-emitter.ts'
import { isObject } from '../../own.ts'
import { defineSeam, type Seam } from '../../seam.ts'

/**
 * One credential: a client secret, alone or with its expiry, a certificate, a function that returns a signed assertion,
 * or an object that gets a managed identity's tokens.
 *
 * @example
 * ```ts
 * const credential: SingleCredential = { certificate: 'app.pem', privateKey: 'app.key' }
 * ```
 * @public
 */
export type SingleCredential =
  | string
  | SecretCredential
  | CertificateCredential
  | ClientAssertion
  | FederatedTokenCredential

/**
 * The credential that an application authenticates with, or a list of credentials. The first credential in a list that
 * the provider accepts is used. `undefined` entries are skipped.
 *
 * With a list, you can replace a credential without an outage: add the new one while the old one still works.
 *
 * @example Replace a secret by a certificate
 * ```ts
 * const clientCredential: ClientCredential = [{ pfx: 'new.pfx' }, process.env.IDENTITY_CLIENT_SECRET]
 * ```
 * @public
 */
export type ClientCredential = SingleCredential | readonly (SingleCredential | undefined)[]

/**
 * A client secret and the time at which it expires, so that the event `credential.expiring` can warn you before that
 * time.
 *
 * The secret is also sent after this time, because the date can be wrong.
 *
 * @example
 * ```ts
 * const secret = readFileSync('/run/secrets/orders', 'utf8').trim()
 * const clientCredential: SecretCredential = { secret, expires: '2027-03-31' }
 * ```
 * @public
 */
export interface SecretCredential {
  /** The secret's value, not its ID. */
  readonly secret: string
  /**
   * The time at which the secret expires: a `Date`, a day such as `'2027-03-31'`, or a day with a time such as
   * `'2027-03-31T09:30:00Z'`. A day means its end in UTC (23:59:59). Add a time zone such as `Z` to a time, because a
   * time without one is in this server's time zone.
   */
  readonly expires: Date | string
}

/**
 * A certificate with its private key, as PEM or PKCS#12 (PFX).
 *
 * Changed files are read again, so you can replace a certificate without a restart. The key must be RSA, because
 * Microsoft Entra ID accepts only RSA keys. Files, PFX, encrypted keys and `RSA PRIVATE KEY` require Node.js, so pass
 * PEM strings on other runtimes.
 *
 * @example
 * ```ts
 * const clientCredential: CertificateCredential = {
 *   certificate: '/etc/app/certificate.pem',
 *   privateKey: '/etc/app/private-key.pem',
 * }
 * ```
 * @public
 */
export interface CertificateCredential {
  /**
   * A PEM string or the path of a PEM file, which can contain a chain and the private key. It is required unless you
   * set `pfx` or `thumbprint`.
   *
   * @defaultValue none
   */
  readonly certificate?: string
  /** A PEM string or the path of a PEM file. It is optional if `certificate` contains the key. @defaultValue none */
  readonly privateKey?: string
  /**
   * PKCS#12, instead of `certificate` and `privateKey`: the path of a file, a base64 string, or the bytes.
   *
   * @defaultValue none
   */
  readonly pfx?: string | Uint8Array
  /** The passphrase for an encrypted `privateKey` or `pfx`. @defaultValue none: the key is not encrypted */
  readonly passphrase?: string
  /**
   * The certificate's thumbprint, if you do not pass the certificate itself: SHA-256 (64 hexadecimal digits) or SHA-1
   * (40). Colons and upper case are allowed.
   *
   * @defaultValue none
   */
  readonly thumbprint?: string
  /**
   * Sends the certificate with each assertion. Apps that are registered by subject name and issuer require it.
   *
   * @defaultValue `false`
   */
  readonly sendX5c?: boolean
}

/**
 * Returns a JWT that another service signed for this application (a federated identity credential).
 *
 * The function is called for each token request, so cache the JWT inside it. The ready-made functions are
 * `kubernetesAssertion()` and `managedIdentityAssertion()`.
 *
 * @param request - The application and the token endpoint that the assertion is for.
 * @returns The JWT.
 *
 * @example
 * ```ts
 * const clientCredential: ClientAssertion = async ({ audience }) => signWithKeyVault(audience)
 * ```
 * @public
 */
export type ClientAssertion = (request: ClientAssertionRequest) => string | Promise<string>

/**
 * The application and the token endpoint that a {@link ClientAssertion} is for.
 *
 * @example
 * ```ts
 * const claims = ({ clientId, audience }: ClientAssertionRequest) => ({ sub: clientId, aud: audience })
 * ```
 * @public
 */
export interface ClientAssertionRequest {
  /** The application's client ID. */
  readonly clientId: string
  /** The URL that receives the assertion. */
  readonly tokenEndpoint: string
  /** The provider's issuer. */
  readonly issuer: string
  /**
   * The audience if the application signs the assertion itself: at Microsoft the token endpoint, and at other providers the
   * issuer. The header then contains `typ: 'client-authentication+jwt'`.
   */
  readonly audience: string
  /** The authority's tenant, if it is a single tenant. */
  readonly tenantId?: string
  /** The algorithm that the provider expects if the application signs the assertion itself. */
  readonly algorithm: 'PS256' | 'RS256'
}

/**
 * An object that gets tokens for a managed identity or another workload, such as a `TokenCredential` from
 * `@azure/identity`. Its token authenticates the application, so the app registration needs a federated credential for
 * that identity.
 *
 * `getToken` is called for each token request, so it should cache its tokens, as the classes in `@azure/identity` do.
 * The scope is `api://AzureADTokenExchange/.default`, but national clouds have other scopes.
 *
 * @example
 * ```ts
 * import { ManagedIdentityCredential } from '@azure/identity'
 *
 * const auth = new Auth(app, { clientCredential: new ManagedIdentityCredential({ clientId: '…' }) })
 * ```
 * @public
 */
export interface FederatedTokenCredential {
  /**
   * Returns a token for a scope, or `null` if the identity is not available.
   *
   * @param scope - The scope for federated credentials, such as `api://AzureADTokenExchange/.default`.
   */
  getToken(scope: string): Promise<{
    /** The token, which is a signed JWT. */
    readonly token: string
  } | null>
}

/** The method of a function that signs its assertions with a certificate. `vaultKey()` returns such a function. */
export interface AssertionSigner {
  /** @param name - The name of the option, for messages. */
  problems(name: string): string[]
  createMethod(settings: NamedSettings, onError: OnError): Method
}

export const SIGNER: Seam<() => AssertionSigner> = /* @__PURE__ */ defineSeam('vault-key')

/** Returns whether a value has the method `getToken`, such as a `TokenCredential` from `@azure/identity`. */
export function isTokenCredential(value: object): value is FederatedTokenCredential {
  return 'getToken' in value && typeof value.getToken === 'function'
}

/** A secret with its expiry, and the variable that contains the secret if the option does not contain it. */
export type ExpiringSecret = SecretCredential & {
  readonly variable?: string
  /** Returns the reason why the secret must not be sent. */
  readonly check?: (() => string | undefined) | undefined
}

export function isSecretCredential(value: unknown): value is SecretCredential {
  return isObject(value) && Object.hasOwn(value, 'secret') && !isTokenCredential(value)
}

/** Returns a credential's secret. Other credentials are returned as they are. */
export function secretOf(credential: unknown): unknown {
  return isSecretCredential(credential) ? credential.secret : credential
}

/** Returns the time in `expires` as Unix time in seconds, or `NaN` if the value is not a date. */
export function expiryOf(expires: unknown): number {
  const [date, time] = /^\d{4}-\d\d-\d\d(T.+)?$/.exec(String(expires)) ?? []
  const text = time === undefined ? `${date}T23:59:59Z` : `${date}`
  return (expires instanceof Date ? expires.getTime() : Date.parse(text)) / 1000
}

/** The client authentication methods that an application can choose, by their names in providers' metadata. */
export type AuthenticationMethod =
  | 'client_secret_basic'
  | 'client_secret_post'
  | 'private_key_jwt'
  | 'none'

/** The audience of the assertions that the application signs. */
export type AssertionAudience = 'issuer' | 'token_endpoint'

/** The methods that authenticate an application with a client secret. */
export type SecretMethod = 'client_secret_basic' | 'client_secret_post'

/** Removes the separators that portals and tools put between a thumbprint's digits. */
export function normalThumbprint(thumbprint: string): string {
  // A thumbprint that was copied from Windows starts with an invisible character.
  return thumbprint.replaceAll(/[\s:\u200e\u200f\ufeff-]/g, '').toLowerCase()
}

export interface Method {
  /** The option's name as messages show it, for example `clientCredential[1]`. */
  readonly name: string
  /** A hint for the operator if the provider rejected the credential. */
  readonly hint?: string
  /** Loads files and keys. */
  prepare(): Promise<void>
  /** Returns the credential in its current state, for one request. */
  load(): Promise<LoadedCredential>
}

export interface LoadedCredential {
  readonly authenticate: ClientAuth
  /** Reads the files again after the provider rejected the credential, and returns `undefined` if they did not change. */
  reload?(): Promise<LoadedCredential | undefined>
  /**
   * Returns a hint for an operator who reads that the provider rejected this credential.
   *
   * @param codes - Microsoft's error codes for the rejection, whose hints name the cause.
   */
  advice?(codes: readonly string[]): string | undefined
  /** `true` if the credential has expired, so that the advice is the cause, and not only a possible cause. */
  readonly isExpired?: boolean
}

/** The algorithm that signs assertions. AD FS supports only RS256 and SHA-1 thumbprints. */
export type CertificateAlgorithm = 'PS256' | 'RS256'

export interface CredentialSettings {
  readonly clientId: string
  readonly certificateAlgorithm: CertificateAlgorithm
  readonly assertionAudience: AssertionAudience
  readonly tenantId?: string
  /** The method to send a secret that the application has chosen. */
  readonly secretMethod?: SecretMethod | undefined
  /** The method to send a secret if the provider supports both methods. */
  readonly preferredSecretMethod: SecretMethod
  readonly expiryWarnings?: ExpiryWarnings | undefined
  /** The time limit for a request to the provider, in seconds. */
  readonly timeoutSeconds: number
}

/** An application's warnings, which all its clients share, so that they do not repeat a warning. */
export interface ExpiryWarnings {
  readonly events: EventEmitter
  /** Returns the Unix time in seconds. */
  readonly now: () => number
  /** The last warning about each option or variable. Times are Unix times in seconds. */
  readonly sent: Map<string, { readonly notAfter: number; readonly sentAt: number }>
}

/** Returns whether a credential expires within 30 days, or has expired. */
export function isSoon(notAfter: number, { now = () => 0 }: Partial<ExpiryWarnings> = {}): boolean {
  return notAfter - now() <= 30 * 24 * 3600
}

/** The type of an assertion whose audience is the issuer (RFC 10070). */
export const ASSERTION_JWT_TYPE = 'client-authentication+jwt'

/** A function that receives each credential error that occurs before a request is sent. */
export type OnError = (error: IdentityError) => void

export type NamedSettings = CredentialSettings & { readonly name: string }
