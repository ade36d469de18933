import type { ClientAuth } from 'openid-client'

/** The authentication method of one credential. */
export interface Method {
  /** The option, for lists in messages, such as `clientCredential[1]`. */
  readonly name: string
  /** Loads files and keys. */
  prepare(): Promise<void>
  /** Returns the credential in its current state, for one request. */
  load(): Promise<LoadedCredential>
}

/** A credential that authenticates one request. */
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
