// Signs assertions in the vault.
import { random, toBase64Url } from '../base64.ts'
import { getOrCreate } from '../caches.ts'
import { assertionMethod, type AssertionSource } from '../client/credential/assertion.ts'
import { adviceOn, isExpired } from '../client/credential/certificate.ts'
import {
  ASSERTION_JWT_TYPE,
  type ClientAssertion,
  type ClientAssertionRequest,
  type LoadedCredential,
  type Method,
  type NamedSettings,
  type OnError,
} from '../client/credential/client-credential.ts'
import type { Bytes } from '../client/credential/der.ts'
import { warnOfExpiry } from '../client/expiring-credentials.ts'
import { assertOutside, nestedErrors, within, type CodeOwner } from './application-code.ts'
import { createKeySource, type KeySource } from './key-source.ts'
import type { ReadKey, VaultKey } from './options.ts'
import { wrongKeys, type LoadedKey } from './loaded-key.ts'

/** The lifetime, in seconds, of an assertion. */
const LIFETIME = 600
/** An assertion is not used again in this number of seconds before its expiry. */
const MARGIN = 60

/** A method whose assertions the application can also use itself. */
interface SigningMethod extends Method {
  load(): Promise<LoadedCredential & { readonly sign: AssertionSource }>
}

interface Client {
  readonly source: KeySource
  readonly settings: NamedSettings
  readonly owner: CodeOwner
  readonly onError: OnError
}

/** Returns the method that authenticates a client with assertions that a key in a vault signs. */
export function createSigningMethod(
  key: VaultKey | ReadKey,
  settings: NamedSettings,
  { owner, onError }: Pick<Client, 'owner' | 'onError'>,
): SigningMethod {
  const source = createKeySource(key, settings, owner)
  return {
    name: settings.name,
    async prepare() {
      // The function is called with the first request, because a vault that is down must not stop the start.
      if (typeof key !== 'function') warn(await source.get(), settings)
    },
    load: () => load({ source, settings, owner, onError }),
  }
}

/** Returns one request's credential, which remembers the key that it used. */
async function load(client: Client): ReturnType<SigningMethod['load']> {
  const { source, settings, owner, onError } = client
  let used: { readonly request: ClientAssertionRequest; readonly key: LoadedKey } | undefined
  let reloadError = ''

  async function sign(request: ClientAssertionRequest): Promise<string> {
    assertOutside(owner)
    const key = await source.get(request)
    used = { request, key }
    try {
      return await signWith(key, request, settings)
    } catch (error) {
      // If the key was rotated, its certificate is new as well.
      const current = wrongKeys.has(error as object) ? await source.reload(request, key) : undefined
      if (current === undefined) throw error
      used = { request, key: current }
      return signWith(current, request, settings)
    }
  }

  const { authenticate } = await assertionMethod(sign, settings, (error) => {
    // The list's next credential would hide that the application can never use this one.
    if (!nestedErrors.has(error)) onError(error)
  }).load()

  return {
    sign,
    authenticate,
    advice: () => used && `${adviceOn(used.key)}${reloadError}`,
    get isExpired() {
      return used !== undefined && isExpired(used.key)
    },
    async reload() {
      if (used === undefined) return undefined
      // No request may use the rejected assertion again.
      delete used.key.assertion
      try {
        const current = await source.reload(used.request, used.key)
        return current && (await load(client))
      } catch (error) {
        // The request used the previous key, and the operator, who replaced the key, has to know why.
        reloadError = ` The current version cannot be used: ${(error as Error).message}`
        return undefined
      }
    },
  }
}

function warn({ notAfter, sha1: thumbprint }: LoadedKey, settings: NamedSettings): void {
  warnOfExpiry(settings.expiryWarnings, { option: settings.name, notAfter, thumbprint })
}

async function signWith(
  key: LoadedKey,
  request: ClientAssertionRequest,
  settings: NamedSettings,
): Promise<string> {
  const { name, timeoutSeconds, preferredSecretMethod } = settings
  warn(key, settings)
  // Microsoft's own library MSAL reuses assertions, too, but other providers accept an assertion only once (RFC 7523,
  // section 3).
  const canReuse = preferredSecretMethod === 'client_secret_post'
  try {
    return await within(timeoutSeconds, `${name}.sign()`, assertionOf(key, request, canReuse))
  } catch (error) {
    delete key.assertion
    throw error
  }
}

/** Returns a function that the application can call inside another function. */
export function createAssertion(key: VaultKey | ReadKey, owner: CodeOwner): ClientAssertion {
  const methods = new Map<string, SigningMethod>()
  return async (request) => {
    const { clientId, algorithm } = request
    const settings = {
      name: 'vaultKey()',
      clientId,
      certificateAlgorithm: algorithm,
      assertionAudience: 'token_endpoint' as const,
      // Each call signs a new assertion, because the function does not learn that the provider rejected the last one.
      preferredSecretMethod: 'client_secret_basic' as const,
      timeoutSeconds: 10,
    }
    const method = getOrCreate(methods, algorithm, () =>
      createSigningMethod(key, settings, { owner, onError: () => undefined }),
    )
    return (await method.load()).sign(request)
  }
}

/** Returns the assertion of a key that can be used again, or a new one. */
function assertionOf(
  key: LoadedKey,
  { clientId, audience, tokenEndpoint }: ClientAssertionRequest,
  canReuse: boolean,
): Promise<string> {
  const now = Math.floor(Date.now() / 1000)
  const known = key.assertion
  if (known?.audience === audience && now < known.expiresAt - MARGIN) return known.jwt
  const expiresAt = now + LIFETIME
  const claims = { jti: random(16), iss: clientId, sub: clientId, aud: audience }
  const typ = audience === tokenEndpoint ? 'JWT' : ASSERTION_JWT_TYPE
  const header = key.header.replace('"typ":"JWT"', `"typ":"${typ}"`)
  const jwt = signJwt(key, header, { ...claims, iat: now, nbf: now, exp: expiresAt })
  if (canReuse) key.assertion = { audience, expiresAt, jwt }
  return jwt
}

const encode = (value: string): Bytes => new TextEncoder().encode(value)

/** @see {@link https://www.rfc-editor.org/rfc/rfc7515#section-5.1 | RFC 7515, section 5.1} */
async function signJwt(key: LoadedKey, header: string, claims: object): Promise<string> {
  const parts = [header, JSON.stringify(claims)].map((part) => toBase64Url(encode(part)))
  const input = parts.join('.')
  return `${input}.${toBase64Url(await key.sign(encode(input)))}`
}
