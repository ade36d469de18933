import { random, toBase64Url } from '../base64.ts'
import { assertionMethod } from '../client/credential/assertion.ts'
import { adviceOn, isExpired } from '../client/credential/certificate.ts'
import type {
  ClientAssertionRequest,
  LoadedCredential,
  Method,
  NamedSettings,
  OnError,
} from '../client/credential/client-credential.ts'
import type { Bytes } from '../client/credential/der.ts'
import { warnOfExpiry } from '../client/expiring-credentials.ts'
import { assertOutside, nestedErrors, within, type CodeOwner } from './application-code.ts'
import type { KeySource } from './key-source.ts'
import { wrongKeys, type Assertion, type LoadedKey } from './loaded-key.ts'

/** The lifetime, in seconds, of an assertion. */
const LIFETIME = 600
/** The number of seconds before its expiry at which an assertion is not used again. */
const MARGIN = 60

export interface Signing {
  /** Reads the certificate at the start. */
  prepare(): Promise<void>
  /** @param key - The key that was read after a rejection. Otherwise, the source has the key. */
  start(key?: LoadedKey): SigningRequest
}

/** A request to the provider, which remembers the key that it used. */
interface SigningRequest {
  readonly key: LoadedKey | undefined
  /** Returns the assertion of the request. */
  sign(request: ClientAssertionRequest): Promise<string>
  /** Reads the key again after a rejection. Returns `undefined` if it did not change. */
  reload(): Promise<SigningRequest | undefined>
}

export function createSigning(
  source: KeySource,
  { name, timeoutSeconds, preferredSecretMethod, expiryWarnings }: NamedSettings,
  owner: CodeOwner,
): Signing {
  // Microsoft's own library MSAL reuses assertions, too. Other providers accept an assertion only once (RFC 7523, section 3).
  const canReuse = preferredSecretMethod === 'client_secret_post'

  function warn({ notAfter, sha1: thumbprint }: LoadedKey): void {
    warnOfExpiry(expiryWarnings, { option: name, notAfter, thumbprint })
  }

  function start(given?: LoadedKey): SigningRequest {
    let last:
      | { readonly request: ClientAssertionRequest; key: LoadedKey; assertion: Assertion }
      | undefined

    async function signWith(
      key: LoadedKey,
      request: ClientAssertionRequest,
      isLast = false,
    ): Promise<string> {
      warn(key)
      const assertion = assertionOf(key, request, canReuse)
      last = { request, key, assertion }
      try {
        return await within(timeoutSeconds, `${name}.sign()`, assertion.jwt)
      } catch (error) {
        forget(key, assertion)
        // If the key was rotated, its certificate is new as well.
        const isWrong = !isLast && wrongKeys.has(error as object)
        const current = isWrong ? await source.reload(request, key) : undefined
        if (current === undefined) throw error
        return signWith(current, request, true)
      }
    }

    return {
      get key() {
        return last?.key
      },
      async sign(request) {
        assertOutside(owner)
        return signWith(given ?? (await source.get(request)), request)
      },
      async reload() {
        if (last === undefined) return undefined
        forget(last.key, last.assertion)
        const current = await source.reload(last.request, last.key)
        return current && start(current)
      },
    }
  }

  return {
    async prepare() {
      const key = await source.prepare()
      if (key !== undefined) warn(key)
    },
    start,
  }
}

/** Returns the method of the client authentication that signs its assertions with a key in a vault. */
export function createSigningMethod(
  signing: Signing,
  settings: NamedSettings,
  onError: OnError,
): Method {
  async function load(request: SigningRequest): Promise<LoadedCredential> {
    let reloadError = ''
    const { authenticate } = await assertionMethod(request.sign, settings, (error) => {
      // The next credential of a list would hide that the application can never use this one.
      if (!nestedErrors.has(error)) onError(error)
    }).load()
    return {
      authenticate,
      advice: () => request.key && `${adviceOn(request.key)}${reloadError}`,
      get isExpired() {
        return request.key !== undefined && isExpired(request.key)
      },
      async reload() {
        try {
          const next = await request.reload()
          return next && (await load(next))
        } catch (error) {
          // The request used the previous key. The operator, who replaced the key, has to know why.
          reloadError = ` The current version cannot be used: ${(error as Error).message}`
          return undefined
        }
      },
    }
  }

  return { name: settings.name, prepare: signing.prepare, load: () => load(signing.start()) }
}

/** Returns the assertion of a key that can be used again, or a new one. */
function assertionOf(
  key: LoadedKey,
  { clientId, tokenEndpoint: audience }: ClientAssertionRequest,
  canReuse: boolean,
): Assertion {
  const now = Math.floor(Date.now() / 1000)
  const known = key.assertion
  if (known?.audience === audience && now < known.expiresAt - MARGIN) return known
  const expiresAt = now + LIFETIME
  const claims = { jti: random(16), iss: clientId, sub: clientId, aud: audience }
  const jwt = signJwt(key, { ...claims, iat: now, nbf: now, exp: expiresAt })
  const assertion = { audience, expiresAt, jwt }
  if (canReuse) key.assertion = assertion
  return assertion
}

/** Forgets an assertion, so that no request uses it again. */
function forget(key: LoadedKey, assertion: Assertion): void {
  if (key.assertion === assertion) key.assertion = undefined
}

const encode = (value: string): Bytes => new TextEncoder().encode(value)

/** @see {@link https://www.rfc-editor.org/rfc/rfc7515#section-5.1 | RFC 7515, section 5.1} */
async function signJwt(key: LoadedKey, claims: object): Promise<string> {
  const input = [key.header, JSON.stringify(claims)]
    .map((part) => toBase64Url(encode(part)))
    .join('.')
  return `${input}.${toBase64Url(await key.sign(encode(input)))}`
}
