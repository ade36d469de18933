// Authenticates the application, and tries the next credential.
import type { ClientAuth } from 'openid-client'
import { configurationError, IdentityError, withChanges } from '../../errors.ts'
import { expiryText, warnOfExpiry } from '../expiring-credentials.ts'
import { REDIRECT_URI_CODES, withHint } from '../provider-error.ts'
import { assertionMethod, sourceOfFunction, sourceOfTokenCredential } from './assertion.ts'
import { certificateMethod } from './certificate.ts'
import {
  expiryOf,
  isSecretCredential,
  isTokenCredential,
  SIGNER,
  type ClientCredential,
  type SingleCredential,
  type CredentialSettings,
  type ExpiringSecret,
  type LoadedCredential,
  type Method,
  type NamedSettings,
  type OnError,
  type SecretMethod,
} from './client-credential.ts'

export interface ClientAuthentication {
  /**
   * Loads files and keys before the first request.
   *
   * @throws IdentityError `configuration` for the first credential that cannot be used.
   */
  prepare(): Promise<void>
  /**
   * Runs a request with the credential that worked last. If that credential cannot be used, or if the provider rejects
   * it (`invalid_client`), the request is repeated with each other credential in the list.
   *
   * @param request - Sends the request, and can run several times.
   * @throws The request's error. If all credentials in a list failed, the provider's last rejection, or else the first
   *   error that a credential caused, with a hint about each credential.
   */
  run<T>(request: (authenticate: ClientAuth) => Promise<T>): Promise<T>
}

type Request<T> = (authenticate: ClientAuth) => Promise<T>

export function createClientAuthentication(
  credential: ClientCredential,
  settings: CredentialSettings,
): ClientAuthentication {
  /** The errors that a credential caused, and not the request. */
  const credentialErrors = new WeakSet<Error>()
  const isList = Array.isArray(credential)
  const list = (isList ? credential : [credential]) as readonly (SingleCredential | undefined)[]
  // `undefined` is skipped here, so that messages count the entries as the application wrote them.
  const methods = list.flatMap((single, index) => {
    if (single === undefined) return []
    const name = isList ? `clientCredential[${index}]` : 'clientCredential'
    return [createMethod(single, { ...settings, name }, (error) => credentialErrors.add(error))]
  })
  let current = 0

  async function load(method: Method): ReturnType<Method['load']> {
    try {
      return await method.load()
    } catch (error) {
      if (IdentityError.is(error)) credentialErrors.add(error)
      throw error
    }
  }

  async function attempt<T>(method: Method, request: Request<T>): Promise<T> {
    const loaded = await load(method)
    try {
      return await request(loaded.authenticate)
    } catch (error) {
      if (!isRejection(error)) throw error
      const reloaded = await loaded.reload?.()
      if (reloaded === undefined) throw withAdvice(error, loaded, method.hint)
      return request(reloaded.authenticate).catch((second: unknown) => {
        throw isRejection(second) ? withAdvice(second, reloaded, method.hint) : second
      })
    }
  }

  return {
    async prepare() {
      // In sequence, so that the error is about the first credential of the list that has one.
      // oxlint-disable-next-line no-await-in-loop
      for (const method of methods) await method.prepare()
    },

    async run(request) {
      const start = current
      const failures: Failure[] = []
      for (let step = 0; step < methods.length; step += 1) {
        const index = (start + step) % methods.length
        const method = methods[index] as Method
        try {
          // oxlint-disable-next-line no-await-in-loop
          const value = await attempt(method, request)
          current = index
          return value
        } catch (error) {
          if (!IdentityError.is(error)) throw error
          const isOfCredential = isRejection(error) || credentialErrors.has(error)
          // Another OAuth error means that the provider accepted the credential.
          if (!isOfCredential && error.oauthError !== undefined) current = index
          if (!isOfCredential) throw error
          failures.push({ name: method.name, error })
        }
      }
      throw errorOfAll(failures)
    },
  }
}

function createMethod(
  credential: SingleCredential,
  settings: NamedSettings,
  onError: OnError,
): Method {
  if (typeof credential === 'string')
    return secretMethod({ secret: credential, expires: '' }, settings)
  if (isSecretCredential(credential)) return secretMethod(credential, settings)
  const method = signingMethod(credential, settings, onError)
  return settings.assertionAudience === 'issuer' ? { ...method, hint: AUDIENCE_HINT } : method
}

function signingMethod(
  credential: Exclude<SingleCredential, string | ExpiringSecret>,
  settings: NamedSettings,
  onError: OnError,
): Method {
  const { name } = settings
  if (typeof credential === 'function') {
    return (
      SIGNER.of(credential)?.().createMethod(settings, onError) ??
      assertionMethod(sourceOfFunction(credential, name), settings, onError)
    )
  }
  if (isTokenCredential(credential)) {
    return assertionMethod(sourceOfTokenCredential(credential, name), settings, onError)
  }
  return certificateMethod(credential, settings)
}

const AUDIENCE_HINT =
  "The audience of the client assertion is this provider's issuer (RFC 10070). If the provider expects its token endpoint, as Okta did in 2023, set Auth({ clientAuthentication: { method: 'private_key_jwt', audience: 'token_endpoint' } })."

function withAdvice(
  error: IdentityError,
  { advice, isExpired }: LoadedCredential,
  hint: string | undefined,
): IdentityError {
  const sentence = advice?.(error.microsoftCodes ?? [])
  if (isExpired !== true) return withHint(withHint(error, sentence), hint)
  if (error.hint === undefined) return withHint(error, sentence)
  // A code's hint names several causes, but this one is known.
  return withChanges(error, { hint: `${sentence} ${error.hint}` })
}

interface Failure {
  readonly name: string
  readonly error: IdentityError
}

function isRejection(
  error: unknown,
): error is IdentityError & { readonly oauthError: 'invalid_client' } {
  return (
    IdentityError.is(error) &&
    error.oauthError === 'invalid_client' &&
    !error.microsoftCodes?.some((code) => REDIRECT_URI_CODES.has(code))
  )
}

function errorOfAll(failures: readonly Failure[]): IdentityError {
  const chosen = failures.findLast(({ error }) => isRejection(error)) ?? failures[0]
  if (chosen === undefined) {
    return configurationError('clientCredential is an empty list. Add at least one credential.')
  }
  if (failures.length === 1) return chosen.error
  const each = failures.map(({ name, error }) => `${name}: ${summaryOf(error)}`).join(' ')
  return withHint(chosen.error, `All ${failures.length} credentials failed. ${each}`)
}

function summaryOf(error: IdentityError): string {
  if (!isRejection(error)) return error.message
  const codes = error.microsoftCodes?.map((code) => ` ${code}`).join('') ?? ''
  return `rejected (invalid_client${codes}).${error.hint === undefined ? '' : ` ${error.hint}`}`
}

const OTHER: Readonly<Record<SecretMethod, SecretMethod>> = {
  client_secret_basic: 'client_secret_post',
  client_secret_post: 'client_secret_basic',
}

function secretMethod(given: ExpiringSecret, settings: NamedSettings): Method {
  const { name, expiryWarnings } = settings
  const { secret, expires, variable: option = name } = given
  async function load(): Promise<LoadedCredential> {
    const fault = given.check?.()
    if (fault !== undefined) throw configurationError(fault)
    const loaded = loadSecret(secret, settings)
    if (expires === '') return loaded
    const used = { option, notAfter: expiryOf(expires) }
    warnOfExpiry(expiryWarnings, used)
    const isExpired = used.notAfter <= (expiryWarnings?.now() ?? 0)
    return isExpired ? { ...loaded, isExpired, advice: () => expiryText(used) } : loaded
  }
  return { name, prepare: async () => void (await load()), load }
}

function loadSecret(secret: string, settings: NamedSettings): LoadedCredential {
  let used: SecretMethod | undefined
  const { secretMethod: chosen, preferredSecretMethod: preferred } = settings
  const isMicrosoft = chosen === undefined && preferred === 'client_secret_post'
  return {
    authenticate(...request) {
      used = methodFor(settings, request[0].token_endpoint_auth_methods_supported)
      const authenticate = used === 'client_secret_post' ? inBody(secret) : inHeader(secret)
      return authenticate(...request)
    },
    advice: (codes) =>
      // Microsoft accepts both methods, so its codes name another cause.
      used === undefined || codes.length > 0 || isMicrosoft
        ? undefined
        : `The request authenticated with ${used}. If the registration of the application requires ${OTHER[used]}, set Auth({ clientAuthentication: '${OTHER[used]}' }) or IDENTITY_CLIENT_AUTHENTICATION.`,
  }
}

function methodFor(
  { secretMethod: chosen, preferredSecretMethod: preferred }: NamedSettings,
  listed: readonly string[] | undefined,
): SecretMethod {
  if (chosen !== undefined) return chosen
  // If the list is missing, OpenID Connect Discovery defines client_secret_basic.
  if (listed === undefined || listed.length === 0) return 'client_secret_basic'
  if (listed.includes(preferred)) return preferred
  return listed.includes('client_secret_basic') ? 'client_secret_basic' : 'client_secret_post'
}

function inBody(secret: string): ClientAuth {
  return (_as, client, body) => {
    body.set('client_id', client.client_id)
    body.set('client_secret', secret)
  }
}

function inHeader(secret: string): ClientAuth {
  return (...request) => {
    const [, client, , headers] = request
    const credentials = `${formEncode(client.client_id)}:${formEncode(secret)}`
    // The encoded credentials contain only ASCII characters, which `btoa` requires.
    headers.set('authorization', `Basic ${btoa(credentials)}`)
  }
}

/**
 * Encodes a value for the `Authorization` header (RFC 6749, section 2.3.1 and appendix B).
 *
 * Many providers do not decode the header, so the characters `-._~` stay as they are. With openid-client's encoder,
 * which changes them, generated secrets would not work at these providers.
 */
function formEncode(value: string): string {
  return encodeURIComponent(value)
    .replaceAll(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+')
}
