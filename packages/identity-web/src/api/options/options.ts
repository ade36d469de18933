import type { ProviderOptions } from '../../settings/provider-options.ts'
import type { TokenStore } from '../../store.ts'

/** How long-running processes go on when their user's token is gone. @public */
export interface LongRunningOptions {
  /** Keeps the refresh tokens, sealed. */
  readonly store: TokenStore
  /**
   * Seals what is stored: 32 characters or more, such as `openssl rand -base64 32` prints. Of an array the first seals
   * and all open, so that a secret can be replaced.
   *
   * @defaultValue `IDENTITY_SESSION_SECRET`
   */
  readonly secret?: string | readonly string[] | undefined
}

/**
 * The options of `ApiAuth`. Those not given are read from the environment, under the variable that each names.
 *
 * What is missing or wrong is logged at start, all at once, and every guarded route answers 500 with it.
 *
 * @public
 */
export interface ApiAuthOptions extends ProviderOptions {
  /**
   * Further values of `aud` that tokens for this API may have, as a list or separated by spaces: its Application ID
   * URI, where that is another than `api://` and the client id, which are accepted anyway at Microsoft. There, the first
   * one that is a URI is also the prefix under which clients ask for scopes. At other providers the API's name; the
   * first one stands in for a `clientId` that is not given.
   *
   * @defaultValue `IDENTITY_AUDIENCE`, or none
   */
  readonly audience?: string | readonly string[] | undefined
  /** The client ids of the applications that may call, users' and their own. @defaultValue any */
  readonly allowedClients?: readonly string[] | undefined
  /**
   * The API's own URL, such as `https://api.contoso.com`. With it, answers to calls without a good token say where the
   * API describes itself, and an application given to `ApiAuth` serves that description, so that clients such as those
   * of the Model Context Protocol find their way.
   *
   * @defaultValue `IDENTITY_RESOURCE`, or none
   * @see {@link https://www.rfc-editor.org/rfc/rfc9728 | RFC 9728}
   */
  readonly resource?: string | undefined
  /** Lets background jobs go on for a user by `startLongRunningProcess()`. @defaultValue none */
  readonly longRunning?: LongRunningOptions | undefined
}
