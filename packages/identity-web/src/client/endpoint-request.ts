import type { ClientAuth, Configuration } from 'openid-client'
import { askProvider, parseObject } from '../authority/index.ts'
import { IdentityError, isIdentityError } from '../errors.ts'
import { createConfiguration, type OAuthClient } from './oauth-client.ts'
import { providerError } from './provider-error.ts'

/** A request that the application sends to its provider itself, with its proof of who it is. */
export interface EndpointRequest<T> {
  /** For messages, such as `the sign-in`. */
  readonly what: string
  /** The endpoint's name, such as `token endpoint`. */
  readonly endpoint: string
  /** What it gives, such as `tokens`. */
  readonly gives: string
  /** The request, by openid-client. */
  readonly send: (configuration: Configuration) => Promise<T>
}

/** What an endpoint answered, with the ID token apart: openid-client never saw it. */
export interface EndpointAnswer<T> {
  readonly answer: T
  readonly idToken: unknown
}

const SENSITIVE = [
  'client_secret',
  'code',
  'code_verifier',
  'device_code',
  'refresh_token',
  'client_assertion',
  'assertion',
]

/**
 * Sends a request to an endpoint of the provider, by openid-client and yet within our bounds of time and size.
 *
 * The ID token is taken out of the answer before openid-client reads it: openid-client compares its issuer
 * literally, which no multi-tenant authority survives, and checks no signature. `verifyIdToken` does both.
 *
 * @throws IdentityError `interaction_required`, `access_denied`, `provider_error`, `provider_unavailable` or
 *   `invalid_response`.
 */
export async function askEndpoint<T>(
  client: OAuthClient,
  request: EndpointRequest<T>,
): Promise<EndpointAnswer<T>> {
  const { authentication } = client
  return authentication === undefined
    ? askOnce(client, request)
    : authentication.run((authenticate) => askOnce(client, request, authenticate))
}

async function askOnce<T>(
  client: OAuthClient,
  { what, endpoint, gives, send }: EndpointRequest<T>,
  authenticate?: ClientAuth,
): Promise<EndpointAnswer<T>> {
  const openid = await import('openid-client')
  const configuration = await createConfiguration(client, authenticate)
  let idToken: unknown
  let secrets: string[] = []
  configuration[openid.customFetch] = async (url, { method, headers, body }) => {
    const form = new URLSearchParams(body as URLSearchParams)
    secrets = sensitiveValues(form, new Headers(headers))
    const answer = await askProvider(client.issuing.transport, gives, {
      url,
      method,
      headers,
      body: form,
    })
    const parsed = parseObject(answer.text)
    if (parsed === undefined) {
      throw new IdentityError(
        'invalid_response',
        `The ${endpoint} answered ${answer.status} with no JSON object.`,
      )
    }
    // An error is an error whatever its status says.
    if (typeof parsed['error'] === 'string') throw providerError(what, parsed, secrets)
    const { id_token, ...rest } = parsed
    idToken = id_token
    return Response.json(rest, { status: answer.status, headers: wwwAuthenticate(answer.headers) })
  }
  try {
    return { answer: await send(configuration), idToken }
  } catch (error) {
    throw toIdentityError(openid, error, { what, secrets })
  }
}

function toIdentityError(
  { ClientError, ResponseBodyError }: typeof import('openid-client'),
  error: unknown,
  { what, secrets }: { readonly what: string; readonly secrets: readonly string[] },
): IdentityError {
  if (isIdentityError(error)) return error
  // openid-client wraps what its fetch throws.
  if (error instanceof Error && isIdentityError(error.cause)) return error.cause
  if (error instanceof ResponseBodyError) return providerError(what, error.cause, secrets)
  const reason = error instanceof ClientError ? `: ${error.message}` : ''
  // Not as `cause`: openid-client keeps whole answers there, tokens included.
  return new IdentityError(
    'invalid_response',
    `The provider's answer to ${what} can't be used${reason}.`,
  )
}

/** What was sent and must not come back, in every spelling that a provider may repeat it in. */
function sensitiveValues(form: URLSearchParams, headers: Headers): string[] {
  const { password = '', basic = '' } = credentialsIn(headers.get('authorization') ?? '')
  const values = [...SENSITIVE.map((name) => form.get(name) ?? ''), password, basic]
  return values
    .filter((value) => value !== '')
    .flatMap((value) => [
      value,
      encodeURIComponent(value),
      String(new URLSearchParams([['', value]])).slice(1),
    ])
}

// RFC 6749, section 2.3.1: form-encoded, then base64.
function credentialsIn(authorization: string): { password?: string; basic?: string } {
  const basic = /^Basic (.+)$/.exec(authorization)?.[1]
  if (basic === undefined) return {}
  const encoded = atob(basic).split(':')[1] ?? ''
  return { basic, password: new URLSearchParams(`=${encoded}`).get('') ?? '' }
}

function wwwAuthenticate(headers: Headers): Record<string, string> {
  const value = headers.get('www-authenticate')
  return value === null ? {} : { 'www-authenticate': value }
}
