import type { ClientAuth } from 'openid-client'
import type { IdentityError } from '../../errors.ts'
import type { SecretMethod } from './client-credential.ts'

export interface Method {
  /** The option, for lists in messages, such as `clientCredential[1]`. */
  readonly name: string
  /** Loads files and keys. */
  prepare(): Promise<void>
  /** Returns the credential in its current state, for one request. */
  load(): Promise<LoadedCredential>
}

export interface LoadedCredential {
  readonly authenticate: ClientAuth
  /** Reads the files again after the provider rejected the credential. Returns `undefined` if they did not change. */
  reload?(): Promise<LoadedCredential | undefined>
  /**
   * Returns a hint for an operator who reads that the provider rejected this credential.
   *
   * @param codes - Microsoft's error codes of the rejection. Their hints name the cause.
   */
  advice?(codes: readonly string[]): string | undefined
  /** Whether it has expired, so that the advice is the cause and not only one of the possible ones. */
  readonly isExpired?: boolean
}

/** The algorithm that signs assertions. AD FS supports only RS256 and SHA-1 thumbprints. */
export type CertificateAlgorithm = 'PS256' | 'RS256'

export interface CredentialSettings {
  readonly clientId: string
  readonly certificateAlgorithm: CertificateAlgorithm
  readonly tenantId?: string
  /** How the application chose to send a secret. */
  readonly secretMethod?: SecretMethod | undefined
  /** How to send a secret if the provider supports both methods. */
  readonly preferredSecretMethod: SecretMethod
  /** Receives a certificate each time it is used. */
  readonly onCertificate?: OnCertificate | undefined
}

export interface UsedCertificate {
  /** The option that contains it, such as `clientCredential` or `clientCredential[1]`. */
  readonly option: string
  /** The end of its validity: Unix time in seconds. */
  readonly notAfter: number
  /** SHA-1 in hexadecimal, as the Entra admin center shows it. */
  readonly thumbprint: string
}

/** Receives a certificate that the application uses. It must be fast and must not throw. */
export type OnCertificate = (certificate: UsedCertificate) => void

/** Receives each error that comes from the credential itself, before a request is sent. */
export type OnError = (error: IdentityError) => void

export type NamedSettings = CredentialSettings & { readonly name: string }
