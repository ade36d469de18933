/**
 * One way of an application to prove itself: a client secret, a certificate, or a function that returns a signed
 * assertion.
 *
 * @example
 * ```ts
 * const credential: SingleCredential = { certificate: 'app.pem', privateKey: 'app.key' }
 * ```
 * @public
 */
export type SingleCredential = string | CertificateCredential | ClientAssertion

/**
 * How an application proves itself, or several ways of which the first that the provider accepts is used.
 *
 * A list lets a credential be replaced without an outage: the new one is added while the old one still works.
 *
 * @example Replace a secret by a certificate
 * ```ts
 * const clientCredential: ClientCredential = [{ pfx: 'new.pfx' }, process.env.IDENTITY_CLIENT_SECRET ?? '']
 * ```
 * @public
 */
export type ClientCredential = SingleCredential | readonly SingleCredential[]

/**
 * A certificate with its private key, as PEM or PKCS#12 (PFX).
 *
 * Files are read again when they change, so a renewed certificate needs no restart. The key must be RSA: Microsoft
 * Entra ID takes no other. Files, PFX, encrypted keys and `RSA PRIVATE KEY` need Node.js; elsewhere give PEM text.
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
   * PEM text, or the path of a PEM file. It may hold a chain, and the private key too. Needed without `pfx` and
   * `thumbprint`.
   *
   * @defaultValue none
   */
  readonly certificate?: string
  /** PEM text, or the path of a PEM file; not needed where `certificate` holds the key. @defaultValue none */
  readonly privateKey?: string
  /** PKCS#12, in place of `certificate` and `privateKey`: the path of a file, its base64 text, or its bytes. @defaultValue none */
  readonly pfx?: string | Uint8Array
  /** What `privateKey` or `pfx` is encrypted with. @defaultValue none: the key is not encrypted */
  readonly passphrase?: string
  /**
   * Names the certificate where it isn't given: its SHA-256 (64 hexadecimal digits) or SHA-1 (40). Colons and case
   * don't matter.
   *
   * @defaultValue none
   */
  readonly thumbprint?: string
  /**
   * Sends the certificate along, for apps registered by subject name and issuer.
   *
   * @defaultValue `false`
   */
  readonly sendX5c?: boolean
}

/**
 * Returns a JWT that somebody else signed for this application: a federated identity credential.
 *
 * It is called for each token request and does its own caching. See `kubernetesAssertion` and
 * `managedIdentityAssertion` for two that are ready to use.
 *
 * @param request - Whom the assertion is for.
 * @returns The JWT.
 *
 * @example
 * ```ts
 * const clientCredential: ClientAssertion = async ({ tokenEndpoint }) => signWithKeyVault(tokenEndpoint)
 * ```
 * @public
 */
export type ClientAssertion = (request: ClientAssertionRequest) => string | Promise<string>

/**
 * Whom an assertion is for: what a {@link ClientAssertion} signs.
 *
 * @example
 * ```ts
 * const claims = ({ clientId, tokenEndpoint }: ClientAssertionRequest) => ({ sub: clientId, aud: tokenEndpoint })
 * ```
 * @public
 */
export interface ClientAssertionRequest {
  /** The application's client id. */
  readonly clientId: string
  /** The URL that the assertion is sent to: the audience of an assertion that the application signs itself. */
  readonly tokenEndpoint: string
  /** The tenant of the authority, where it names one. */
  readonly tenantId?: string
}

/** Bytes of their own memory, as WebCrypto wants them. */
export type Bytes = Uint8Array<ArrayBuffer>

/** A private key and its certificates, whatever they were kept in. */
export interface KeyMaterial {
  /** PKCS#8, DER. */
  readonly privateKey: Bytes
  /** DER, the likeliest first. */
  readonly certificates: readonly Bytes[]
}
