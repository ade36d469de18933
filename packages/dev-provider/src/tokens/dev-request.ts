import { isObject } from '../config/value-checks.js'
import { toJson, type ProviderRequest, type ProviderResponse } from '../protocol/http.js'
import type { ProviderContext } from '../state/context.js'

/** The type of each member that the JSON body of a request may contain. */
export type MemberTypes = Readonly<Record<string, (value: unknown) => boolean>>

/** Returns whether a value is a string. */
export const isString = (value: unknown): boolean => typeof value === 'string'

/** Returns whether a value is a list of strings. */
export const isStringList = (value: unknown): boolean =>
  Array.isArray(value) && value.every((entry) => typeof entry === 'string')

/** A path that creates tokens for the programs of a developer. */
export interface DevEndpoint {
  readonly members: MemberTypes
  /** The name of the type that describes the body, for messages. */
  readonly typeName: string
  /** @throws TypeError for a body that the provider cannot satisfy. */
  handle(body: object): Promise<ProviderResponse>
}

/**
 * Handles a request to a path that creates tokens without a sign-in. The body is JSON.
 *
 * Real providers do not have such a path, so only programs on this machine may use it.
 */
export async function handleDevRequest(
  context: ProviderContext,
  request: ProviderRequest,
  { members, typeName, handle }: DevEndpoint,
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
  return handleJson(request, (body) => {
    const known: MemberTypes = { ...members, removedClaims: isStringList }
    for (const [name, value] of Object.entries(body)) {
      const isValid = Object.hasOwn(known, name) ? known[name] : undefined
      if (isValid?.(value) !== true) {
        throw new TypeError(`'${name}' is not valid. See the type ${typeName}.`)
      }
    }
    return handle(withoutClaims(body))
  })
}

/**
 * Handles a request whose body is a JSON object.
 *
 * @param handle - Its `TypeError` becomes a response that says what to change.
 */
export async function handleJson(
  { headers, body }: ProviderRequest,
  handle: (body: object) => Promise<ProviderResponse>,
): Promise<ProviderResponse> {
  // A form of another site cannot send JSON. This check also protects browsers that do not send
  // `Origin`.
  if (!/^application\/json\b/i.test(headers['content-type'] ?? '')) {
    return reject('invalid_request', 'The Content-Type must be application/json.', 415)
  }
  try {
    return await handle(parseJsonObject(body))
  } catch (error) {
    if (error instanceof TypeError) {
      return reject('invalid_request', error.message, 400)
    }
    throw error
  }
}

/** Sets the claims that `removedClaims` names to `undefined`, which JSON cannot contain. */
function withoutClaims({
  removedClaims,
  ...body
}: {
  readonly removedClaims?: readonly string[]
  readonly claims?: object
}): object {
  if (removedClaims === undefined) return body
  const removed = removedClaims.map((name) => [name, undefined] as const)
  return { ...body, claims: { ...body.claims, ...Object.fromEntries(removed) } }
}

/** Creates the response to a request that a program must change. */
export function reject(error: string, description: string, status: number): ProviderResponse {
  const response = toJson({ error, error_description: description }, status)
  return { ...response, error: { code: error, message: description, remedy: description } }
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
