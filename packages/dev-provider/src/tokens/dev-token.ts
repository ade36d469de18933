import type { AccessTokenRequest } from '../controls/access-token-request.js'
import { isObject } from '../config/value-checks.js'
import { toJson, type ProviderResponse, type ProviderRequest } from '../protocol/http.js'
import type { ProviderContext } from '../state/context.js'
import { createRequestedToken } from './requested-token.js'

const STRING_MEMBERS = ['as', 'app', 'api', 'authority', 'claimsRequest'] as const
const STRING_LIST_MEMBERS = ['scopes', 'roles'] as const
const OTHER_MEMBERS = ['claims', 'header', 'expiresIn', 'key'] as const

/**
 * Handles `/dev/token`, which creates an access token for the command line. The body is an
 * `AccessTokenRequest` in JSON.
 */
export async function devToken(
  context: ProviderContext,
  request: ProviderRequest,
): Promise<ProviderResponse> {
  const { origin } = request.headers
  // A page of another site can send requests to this machine through the browser of its visitor.
  if (origin !== undefined && origin !== context.origin) {
    return reject(
      'access_denied',
      'Pages of other sites cannot request tokens. Use the command identity-web-dev token, or call provider.accessToken() in a test.',
      403,
    )
  }
  // A form of another site cannot send JSON. This check also protects browsers that do not send
  // `Origin`.
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
    return reject('invalid_request', 'The Content-Type must be application/json.', 415)
  }
  try {
    const token = await createRequestedToken(context, parseBody(request.body))
    return toJson({ access_token: token, token_type: 'Bearer' })
  } catch (error) {
    if (error instanceof TypeError) {
      return reject('invalid_request', error.message, 400)
    }
    throw error
  }
}

function reject(error: string, description: string, status: number): ProviderResponse {
  const response = toJson({ error, error_description: description }, status)
  return { ...response, error: { code: error, message: description, remedy: description } }
}

function parseBody(json: string): AccessTokenRequest {
  const body = parseJsonObject(json)
  for (const [name, value] of Object.entries(body)) {
    if (!isValidMember(name, value))
      throw new TypeError(`'${name}' is not valid. See the type AccessTokenRequest.`)
  }
  return body
}

function parseJsonObject(json: string): object {
  try {
    const body: unknown = JSON.parse(json)
    if (isObject(body)) return body
  } catch {
    // The error below also covers JSON that is not an object.
  }
  throw new TypeError('The body must be a JSON object.')
}

function isValidMember(name: string, value: unknown): boolean {
  if (includes(STRING_MEMBERS, name)) return typeof value === 'string'
  if (includes(STRING_LIST_MEMBERS, name)) {
    return Array.isArray(value) && value.every((entry) => typeof entry === 'string')
  }
  if (!includes(OTHER_MEMBERS, name)) return false
  if (name === 'expiresIn') return Number.isFinite(value)
  // JSON cannot contain a key of the caller.
  if (name === 'key') return value === 'main' || value === 'consumers' || value === 'stranger'
  return isObject(value)
}

function includes(names: readonly string[], name: string): boolean {
  return names.includes(name)
}
