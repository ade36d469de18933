// Requests a code, and its result, at the provider.
import { genericGrantRequest, initiateDeviceAuthorization } from 'openid-client'
import { isSecureUrl } from '../authority/index.ts'
import {
  requestEndpoint,
  requestTokens,
  scopesOfFirstResource,
  tokenParameters,
  verifyTokenResponse,
  type OAuthClient,
  type SignIn,
  type TokenResponse,
} from '../client/index.ts'
import { type ClaimsRequest, IdentityError } from '../errors.ts'
import type { SignInExpectation } from '../web/sign-in/finish-sign-in.ts'

/** The parameters for a device authorization request. */
export interface DeviceCodeRequest {
  readonly scopes: readonly string[]
  /** A claims request. */
  readonly claims?: ClaimsRequest | undefined
  readonly extraParams?: Readonly<Record<string, string>> | undefined
}

/** A provider's device authorization response (RFC 8628, section 3.2). */
export interface DeviceCode {
  /** The secret code that requests the tokens, so it must not leave the server. */
  readonly deviceCode: string
  /** The code that the user enters at the provider. */
  readonly userCode: string
  readonly verificationUri: string
  /** `verificationUri` with the user code included, which not every provider returns. */
  readonly verificationUriComplete?: string
  /** Unix time in seconds. */
  readonly expiresAt: number
  /** The minimum time between two polls, in seconds. */
  readonly interval: number
}

/** Returns whether a transaction belongs to a sign-in with a code. Other ways to sign in do not add these values. */
export function isDeviceCode(extra: unknown): extra is DeviceCode {
  const code = Object(extra) as Readonly<Record<string, unknown>>
  const texts = [code['deviceCode'], code['userCode'], code['verificationUri']]
  const numbers = [code['expiresAt'], code['interval']]
  return texts.every((text) => typeof text === 'string') && numbers.every(Number.isFinite)
}

/** The result of a poll. */
export type DevicePoll =
  /** The user has not signed in yet, and with `slowDown`, the application must poll less often. */
  | { readonly kind: 'waiting'; readonly slowDown: boolean }
  /** The provider is not available, but the user may still be signing in. */
  | { readonly kind: 'unavailable'; readonly error: IdentityError }
  | { readonly kind: 'expired'; readonly error: IdentityError }
  | { readonly kind: 'declined'; readonly error: IdentityError }
  | { readonly kind: 'signed-in'; readonly signIn: SignIn }

const GRANT_TYPE = 'urn:ietf:params:oauth:grant-type:device_code'
/** The interval in seconds if the provider does not send one (RFC 8628, section 3.2). */
const DEFAULT_INTERVAL = 5
/** The maximum length that a user code may have. */
const MAX_USER_CODE = 64

/**
 * Starts a sign-in with a code, for applications that the provider cannot redirect to.
 *
 * @returns `undefined` if the provider does not support the device code flow.
 * @see {@link https://www.rfc-editor.org/rfc/rfc8628 | RFC 8628}
 */
export async function requestDeviceCode(
  client: OAuthClient,
  { scopes, claims, extraParams }: DeviceCodeRequest,
): Promise<DeviceCode | undefined> {
  const { device_authorization_endpoint: endpoint } = await client.issuing.metadata()
  if (endpoint === undefined) return undefined
  const { scope } = scopesOfFirstResource(client, scopes)
  const { response } = await requestEndpoint(client, {
    purpose: 'the sign-in with a code',
    endpoint: 'device authorization endpoint',
    content: 'device code',
    send: (configuration) =>
      initiateDeviceAuthorization(configuration, {
        ...extraParams,
        ...tokenParameters(client, { scope, claims }),
      }),
  })
  const { verification_uri: uri, verification_uri_complete: complete, user_code } = response
  // The page shows this URL as a link.
  if (!isSecureLink(uri) || user_code.length > MAX_USER_CODE) {
    throw new IdentityError(
      'invalid_response',
      `The device authorization response is not valid. verification_uri must be an https URL, and user_code must have at most ${MAX_USER_CODE} characters.`,
    )
  }
  return {
    deviceCode: response.device_code,
    userCode: user_code,
    verificationUri: uri,
    ...(isSecureLink(complete) && { verificationUriComplete: complete }),
    expiresAt: client.issuing.now() + Math.floor(response.expires_in),
    interval: response.interval ?? DEFAULT_INTERVAL,
  }
}

/**
 * Asks the provider once whether the user has signed in, and if so, verifies the ID token.
 *
 * @throws IdentityError The code depends on the failure, and the documentation explains each code.
 * @see {@link https://www.rfc-editor.org/rfc/rfc8628#section-3.4 | RFC 8628, section 3.4}
 */
export async function pollDeviceCode(
  client: OAuthClient,
  deviceCode: string,
  { scopes, claims, maxAgeSeconds, resourceIndicator }: SignInExpectation,
): Promise<DevicePoll> {
  let response: TokenResponse
  try {
    response = await requestTokens(client, 'the sign-in with a code', (configuration) =>
      genericGrantRequest(configuration, GRANT_TYPE, {
        device_code: deviceCode,
        ...tokenParameters(client, { claims, resourceIndicator }),
      }),
    )
  } catch (error) {
    const poll = IdentityError.is(error) ? toPoll(error) : undefined
    if (poll === undefined) throw error
    return poll
  }
  // Not inside `try`: the device code is used now, so an error here must not lead to another poll.
  const { requested } = scopesOfFirstResource(client, scopes)
  const signIn = await verifyTokenResponse(client, response, { maxAgeSeconds, requested })
  return { kind: 'signed-in', signIn: { ...signIn, resourceIndicator } }
}

// The error codes from RFC 8628 and from Microsoft, including older ones.
const EXPIRED_ERRORS = ['expired_token', 'code_expired']
const DECLINED_ERRORS = ['access_denied', 'authorization_declined']
const PENDING_ERRORS = ['authorization_pending', 'slow_down']

function toPoll(error: IdentityError): DevicePoll | undefined {
  const { oauthError: name = '' } = error
  if (PENDING_ERRORS.includes(name)) return { kind: 'waiting', slowDown: name === 'slow_down' }
  if (EXPIRED_ERRORS.includes(name)) return { kind: 'expired', error }
  if (DECLINED_ERRORS.includes(name)) return { kind: 'declined', error }
  return error.code === 'provider_unavailable' ? { kind: 'unavailable', error } : undefined
}

function isSecureLink(value: unknown): value is string {
  return typeof value === 'string' && isSecureUrl(value)
}
