// Sends requests to the provider with openid-client.
import {
  allowInsecureRequests,
  ClientError,
  Configuration,
  customFetch,
  None,
  ResponseBodyError,
  type ClientAuth,
} from 'openid-client'
import {
  notFromProvider,
  parseProviderObject,
  requestProvider,
  type ProviderResponse,
} from '../authority/index.ts'
import { IdentityError } from '../errors.ts'
import { jsonResponse } from '../fetch-api.ts'
import type { OAuthClient } from './oauth-client.ts'
import { providerError, withHint, type RejectedRequest } from './provider-error.ts'

/** A request that the application sends to one of its provider's endpoints, with client authentication. */
export interface EndpointRequest<T> {
  /** The request's purpose for messages, such as `the sign-in`. */
  readonly purpose: string
  /** The endpoint's name for messages, such as `token endpoint`. */
  readonly endpoint: string
  /** The requested content for messages, such as `tokens`. */
  readonly content: string
  /** Sends the request with openid-client. */
  readonly send: (configuration: Configuration) => Promise<T>
}

/** An endpoint's response, in which the ID token is separate, because openid-client does not receive it. */
export interface EndpointResponse<T> {
  readonly response: T
  readonly idToken: unknown
}

const SENSITIVE =
  'client_secret code code_verifier device_code refresh_token client_assertion assertion'.split(' ')

/**
 * Sends a request to one of the provider's endpoints with openid-client, and limits the response's time and size.
 *
 * Removes the ID token before openid-client reads the response, because openid-client compares the issuer literally,
 * which fails at multi-tenant authorities, and does not check the signature. `verifyIdToken` checks both instead.
 *
 * @throws IdentityError `interaction_required`, `access_denied`, `provider_error`, `provider_unavailable` or
 *   `invalid_response`.
 */
export async function requestEndpoint<T>(
  client: OAuthClient,
  request: EndpointRequest<T>,
): Promise<EndpointResponse<T>> {
  const { authentication } = client
  if (authentication !== undefined) {
    return authentication.run((authenticate) => requestOnce(client, request, authenticate))
  }
  try {
    return await requestOnce(client, request)
  } catch (error) {
    throw IdentityError.is(error) ? withoutCredential(error) : error
  }
}

// Microsoft's codes have their own hints.
function withoutCredential(error: IdentityError): IdentityError {
  const { oauthError, microsoftCodes = [] } = error
  if (oauthError !== 'invalid_client' || microsoftCodes.length > 0) return error
  return withHint(
    error,
    'The request did not contain a client credential, because clientCredential (IDENTITY_CLIENT_SECRET) is not configured.',
  )
}

async function requestOnce<T>(
  client: OAuthClient,
  { purpose, endpoint, content, send }: EndpointRequest<T>,
  authenticate?: ClientAuth,
): Promise<EndpointResponse<T>> {
  const configuration = await createConfiguration(client, authenticate)
  let idToken: unknown
  let secrets: string[] = []
  let grant: string | undefined
  configuration[customFetch] = async (url, { method, headers, body }) => {
    const form = new URLSearchParams(body as URLSearchParams)
    secrets = sensitiveValues(form, new Headers(headers))
    grant = form.get('grant_type') ?? undefined
    const providerResponse = await requestProvider(client.issuing.transport, content, {
      url,
      method,
      headers,
      // `fetch` rejects a URLSearchParams of another class, with which another package may have replaced the global one.
      body: String(form),
    })
    const { redirectTarget: target } = providerResponse
    if (target !== undefined) {
      throw new IdentityError(
        'invalid_response',
        `The ${endpoint} returned ${providerResponse.status} and redirects to ${target}. Redirects are not followed, because the request contains credentials.`,
      )
    }
    const parsed = parseProviderObject(providerResponse.body)
    const { status } = providerResponse
    if (parsed === undefined) {
      throw unreadable(
        `The ${endpoint} returned ${status} without a JSON object.`,
        providerResponse,
      )
    }
    // Some providers return an error with status 200.
    if (typeof parsed['error'] === 'string')
      throw providerError(purpose, parsed, { secrets, grant })
    if (status >= 400) {
      throw unreadable(
        `The ${endpoint} returned ${status} without an OAuth error.`,
        providerResponse,
      )
    }
    const { id_token, ...rest } = parsed
    idToken = id_token
    return jsonResponse(rest, { status, headers: wwwAuthenticate(providerResponse.headers) })
  }
  try {
    return { response: await send(configuration), idToken }
  } catch (error) {
    throw toIdentityError(error, { purpose, secrets, grant })
  }
}

/**
 * Returns the error for a response that does not comply with OAuth, which a proxy in front of the provider may have
 * sent.
 */
function unreadable(message: string, { status, body }: ProviderResponse): IdentityError {
  const text = body.trim()
  const hint = text === '' ? undefined : notFromProvider(text)
  if (status < 400) return new IdentityError('invalid_response', message, { hint })
  const reason = 'unreadable_response'
  const error = new IdentityError('invalid_response', message, { reason, hint })
  if (status === 400 && text === '') emptyRejections.add(error)
  return error
}

const emptyRejections = new WeakSet<IdentityError>()

/** Returns whether an error is the status 400 without a body, with which some providers reject a refresh token. */
export function isEmptyRejection(error: IdentityError): boolean {
  return emptyRejections.has(error)
}

function toIdentityError(
  error: unknown,
  { purpose, ...request }: RejectedRequest & { readonly purpose: string },
): IdentityError {
  if (IdentityError.is(error)) return error
  // openid-client wraps errors from its fetch function.
  if (error instanceof Error && IdentityError.is(error.cause)) return error.cause
  if (error instanceof ResponseBodyError) return providerError(purpose, error.cause, request)
  const reason = error instanceof ClientError ? `: ${error.message}` : ''
  // `cause` is not set, because openid-client keeps the whole response there, with the tokens.
  return new IdentityError(
    'invalid_response',
    `The response of the provider to ${purpose} is not valid${reason}.`,
  )
}

/** Returns a request's secrets in each encoding, so that they can be removed from the provider's error messages. */
function sensitiveValues(form: URLSearchParams, headers: Headers): string[] {
  const values = [
    ...SENSITIVE.map((name) => form.get(name) ?? ''),
    ...credentialsIn(headers.get('authorization') ?? ''),
  ]
  return values
    .filter((value) => value !== '')
    .flatMap((value) => [
      value,
      encodeURIComponent(value),
      String(new URLSearchParams([['', value]])).slice(1),
    ])
}

// The secret is form-encoded and then base64-encoded (RFC 6749, section 2.3.1).
function credentialsIn(authorization: string): readonly string[] {
  const basic = /^Basic (.+)$/.exec(authorization)?.[1]
  if (basic === undefined) return []
  const encoded = atob(basic).split(':')[1] ?? ''
  return [basic, encoded, new URLSearchParams(`=${encoded}`).get('') ?? '']
}

function wwwAuthenticate(headers: Headers): Record<string, string> {
  const value = headers.get('www-authenticate')
  return value === null ? {} : { 'www-authenticate': value }
}

/**
 * Creates the openid-client configuration for one request.
 *
 * Each request gets its own configuration, because it also contains the request's settings.
 *
 * @param authenticate - Authenticates the application, unless it is a public client.
 */
async function createConfiguration(
  client: OAuthClient,
  authenticate?: ClientAuth,
): Promise<Configuration> {
  const metadata = await client.issuing.metadata()
  const configuration = new Configuration(
    // authority/ checks `iss` (RFC 9207), because openid-client compares it with Microsoft's literal issuer template.
    { ...metadata, authorization_response_iss_parameter_supported: false } as ConstructorParameters<
      typeof Configuration
    >[0],
    client.clientId,
    undefined,
    authenticate ?? None(),
  )
  // The metadata check allows only https and loopback URLs. openid-client needs this call for loopback URLs.
  allowInsecureRequests(configuration)
  return configuration
}
