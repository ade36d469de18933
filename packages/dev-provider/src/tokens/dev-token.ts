import type { AccessTokenRequest } from '../controls/access-token-request.js'
import { toJson, type ProviderReply, type ProviderRequest } from '../protocol/http.js'
import { OAuthError } from '../protocol/oauth-error.js'
import type { ProviderContext } from '../state/context.js'
import { mintAccessToken } from './mint.js'

const TEXTS = ['as', 'app', 'api', 'authority', 'claimsRequest'] as const
const LISTS = ['scopes', 'roles'] as const
const OTHERS = ['claims', 'header', 'expiresIn', 'key'] as const

/**
 * Handles `/dev/token`, which creates an access token for the command line. The body is an
 * `AccessTokenRequest` in JSON.
 */
export async function devToken(
  context: ProviderContext,
  request: ProviderRequest,
): Promise<ProviderReply> {
  const { origin } = request.headers
  // A page of another site can send requests to this machine through the browser of its visitor.
  if (origin !== undefined && origin !== context.origin) {
    return refuse('access_denied', 'Pages of other sites get no tokens.', 403)
  }
  // A form of another site cannot send JSON. This check also protects browsers that do not send
  // `Origin`.
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
    return refuse('invalid_request', 'The body must be application/json.', 415)
  }
  try {
    const token = await mintAccessToken(context, parseBody(request.body))
    return toJson({ access_token: token, token_type: 'Bearer' })
  } catch (error) {
    if (error instanceof OAuthError || error instanceof TypeError) {
      return refuse('invalid_request', error.message, 400)
    }
    throw error
  }
}

function refuse(error: string, description: string, status: number): ProviderReply {
  return toJson({ error, error_description: description }, status)
}

function parseBody(text: string): AccessTokenRequest {
  const body = parse(text)
  for (const [name, value] of Object.entries(body)) {
    if (!isRight(name, value)) throw new TypeError(`'${name}' is not what it should be.`)
  }
  return body
}

function parse(text: string): object {
  try {
    const body: unknown = JSON.parse(text)
    if (isObject(body)) return body
  } catch {
    // The error below also covers JSON that is not an object.
  }
  throw new TypeError('The body must be a JSON object.')
}

function isRight(name: string, value: unknown): boolean {
  if (includes(TEXTS, name)) return typeof value === 'string'
  if (includes(LISTS, name)) {
    return Array.isArray(value) && value.every((entry) => typeof entry === 'string')
  }
  if (!includes(OTHERS, name)) return false
  if (name === 'expiresIn') return Number.isFinite(value)
  // JSON cannot contain a key of the caller.
  if (name === 'key') return value === 'main' || value === 'consumers' || value === 'stranger'
  return isObject(value)
}

function includes(names: readonly string[], name: string): boolean {
  return names.includes(name)
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
