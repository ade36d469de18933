import { isSecureUrl } from '../authority/index.ts'
import { IdentityError, isIdentityError } from '../errors.ts'
import { askEndpoint } from './endpoint-request.ts'
import type { OAuthClient } from './oauth-client.ts'
import { tokenParameters } from './request-parameters.ts'
import { firstResource, toSignIn, type SignIn } from './sign-in-answer.ts'
import { requestTokens, type TokenResponse } from './token-request.ts'

/** What a device code is asked for. */
export interface DeviceCodeRequest {
  readonly scopes: readonly string[]
  /** A claims request, as JSON. */
  readonly claims?: string | undefined
  readonly extraParams?: Readonly<Record<string, string>> | undefined
}

/** What a provider gives for a sign-in by code (RFC 8628, section 3.2). */
export interface DeviceCode {
  /** What the tokens are asked for with. It is nobody's business but ours. */
  readonly deviceCode: string
  /** What the user types at the provider. */
  readonly userCode: string
  readonly verificationUri: string
  /** The same with the code in it, where a provider has that. */
  readonly verificationUriComplete?: string
  /** Unix time in seconds. */
  readonly expiresAt: number
  /** Seconds between two polls. */
  readonly interval: number
}

/** What a poll brought. */
export type DevicePoll =
  /** The user is not done yet; after `slowDown` they are asked about less often. */
  | { readonly kind: 'waiting'; readonly slowDown: boolean }
  /** The provider could not answer, which says nothing of the user. */
  | { readonly kind: 'unavailable'; readonly error: IdentityError }
  | { readonly kind: 'expired'; readonly error: IdentityError }
  | { readonly kind: 'declined'; readonly error: IdentityError }
  | { readonly kind: 'signed-in'; readonly signIn: SignIn }

const GRANT_TYPE = 'urn:ietf:params:oauth:grant-type:device_code'
/** RFC 8628, section 3.2: where the provider doesn't say. */
const DEFAULT_INTERVAL = 5
/** No code for a person to type is longer. */
const MAX_USER_CODE = 64

/**
 * Begins a sign-in at a provider that never sends the user back.
 *
 * @returns `undefined` where the provider has no device code flow.
 * @see {@link https://www.rfc-editor.org/rfc/rfc8628 | RFC 8628}
 */
export async function requestDeviceCode(
  client: OAuthClient,
  { scopes, claims, extraParams }: DeviceCodeRequest,
): Promise<DeviceCode | undefined> {
  const { device_authorization_endpoint: endpoint } = await client.issuing.metadata()
  if (endpoint === undefined) return undefined
  const { scope } = firstResource(client, scopes)
  const { initiateDeviceAuthorization } = await import('openid-client')
  const { answer } = await askEndpoint(client, {
    what: 'the sign-in with a code',
    endpoint: 'device authorization endpoint',
    gives: 'device code',
    send: (configuration) =>
      initiateDeviceAuthorization(configuration, {
        ...extraParams,
        ...tokenParameters(client, { scope, claims }),
      }),
  })
  const { verification_uri: uri, verification_uri_complete: complete, user_code } = answer
  // It becomes a link.
  if (!isSecureLink(uri) || user_code.length > MAX_USER_CODE) {
    throw new IdentityError(
      'invalid_response',
      "The provider's device code can't be used: verification_uri must be an https URL and user_code one that people can type.",
    )
  }
  return {
    deviceCode: answer.device_code,
    userCode: user_code,
    verificationUri: uri,
    ...(isSecureLink(complete) && { verificationUriComplete: complete }),
    expiresAt: client.issuing.now() + Math.floor(answer.expires_in),
    interval: answer.interval ?? DEFAULT_INTERVAL,
  }
}

/** What the sign-in was begun with; the tokens must fit it. */
export interface DeviceExpectations {
  readonly scopes: readonly string[]
  readonly claims?: string | undefined
  readonly maxAge?: number | undefined
}

/**
 * Asks once whether the user is done, and verifies the ID token when they are.
 *
 * @throws IdentityError by what was wrong; see the error codes.
 * @see {@link https://www.rfc-editor.org/rfc/rfc8628#section-3.4 | RFC 8628, section 3.4}
 */
export async function pollDeviceCode(
  client: OAuthClient,
  deviceCode: string,
  { scopes, claims, maxAge }: DeviceExpectations,
): Promise<DevicePoll> {
  const { genericGrantRequest } = await import('openid-client')
  let response: TokenResponse
  try {
    response = await requestTokens(client, 'the sign-in with a code', (configuration) =>
      genericGrantRequest(configuration, GRANT_TYPE, {
        device_code: deviceCode,
        ...tokenParameters(client, { claims }),
      }),
    )
  } catch (error) {
    const poll = isIdentityError(error) ? toPoll(error) : undefined
    if (poll === undefined) throw error
    return poll
  }
  // Outside: from here on the device code is used up, and another poll would find nothing.
  const { asked } = firstResource(client, scopes)
  return { kind: 'signed-in', signIn: await toSignIn(client, response, { maxAge, asked }) }
}

// Beside the names of RFC 8628 those of Microsoft, its older ones included.
const EXPIRED = ['expired_token', 'code_expired']
const DECLINED = ['access_denied', 'authorization_declined']
const WAITING = ['authorization_pending', 'slow_down']

function toPoll(error: IdentityError): DevicePoll | undefined {
  const { error: name = '' } = error
  if (WAITING.includes(name)) return { kind: 'waiting', slowDown: name === 'slow_down' }
  if (EXPIRED.includes(name)) return { kind: 'expired', error }
  if (DECLINED.includes(name)) return { kind: 'declined', error }
  return error.code === 'provider_unavailable' ? { kind: 'unavailable', error } : undefined
}

function isSecureLink(value: unknown): value is string {
  return typeof value === 'string' && URL.canParse(value) && isSecureUrl(new URL(value))
}
