// The responses 401 and 403, with `WWW-Authenticate`.
import { uncachedJson } from '../../fetch-api.ts'
import { toBase64 } from '../../base64.ts'
import type { OAuthClient } from '../../client/index.ts'
import { AccessDenied, IdentityError } from '../../errors.ts'
import { failureAt, levelOf, type EventEmitter } from '../../event-emitter.ts'
import { isThenable } from '../../maybe-promise.ts'
import type { ApiAuthOptions } from '../../options/api-options.ts'
import { isObject } from '../../own.ts'
import { recordError } from '../../authentication/index.ts'
import { recordedCaller, recordedIssuer, type ScopeNames } from '../token/rules.ts'
import { clientIdOf, consentText, isClientError } from './on-behalf-of-errors.ts'

/** A protected API's challenges and error responses. */
export interface BearerResponses {
  /**
   * Returns the `WWW-Authenticate` value for a request without a token.
   *
   * @param scopes - The scopes that the client must request.
   */
  challenge(scopes: readonly string[] | undefined): string
  /**
   * Responds to a request without a token, with a challenge that does not contain an error.
   *
   * @param scopes - The scopes that the client must request.
   * @param isInUrl - `true` if the URL contains a token, which is ignored.
   * @see {@link https://www.rfc-editor.org/rfc/rfc6750#section-3 | RFC 6750, section 3}
   */
  unauthorized(scopes: readonly string[] | undefined, isInUrl: boolean): Response
  /**
   * Logs an error that concerns a token or an on-behalf-of call, and converts it to a response.
   *
   * @param scopes - The scopes that the client must request.
   * @param http - The request, for the event.
   * @see {@link https://www.rfc-editor.org/rfc/rfc6750#section-3.1 | RFC 6750, section 3.1}
   * @see {@link https://learn.microsoft.com/entra/identity-platform/claims-challenge}
   */
  toResponse(
    error: IdentityError,
    scopes?: readonly string[],
    http?: { readonly url: string },
  ): Promise<Response>
}

interface ResponseServices {
  /** Returns the services for the issuer of a token, which the client must ask. */
  issuerOf(name?: string): {
    readonly audiences: ScopeNames
    readonly client: OAuthClient
    readonly events: EventEmitter
  }
  readonly events: EventEmitter
  readonly metadataUrl: URL | undefined
  readonly isForMcp?: boolean | undefined
  readonly errorBody: ApiAuthOptions['errorBody']
}

type Parameters = Readonly<Record<string, string | undefined>>

// `authenticate()` returns the error without its route, and the application makes the response later.
const scopesOfErrors = new WeakMap<IdentityError, readonly string[]>()

/** Records the scopes that a client must request to solve an error. */
export function recordScopes<Failed extends IdentityError>(
  error: Failed,
  scopes: readonly string[],
): Failed {
  scopesOfErrors.set(error, scopes)
  return error
}

export function recordedScopes(error: IdentityError): readonly string[] | undefined {
  return scopesOfErrors.get(error)
}

export function createBearerResponses(services: ResponseServices): BearerResponses {
  const resourceMetadata = services.metadataUrl?.href

  function toChallenge(parameters: Parameters): string {
    const written = Object.entries({ ...parameters, resource_metadata: resourceMetadata })
      .filter(([, value]) => value !== undefined && value !== '')
      .map(([name, value]) => `${name}="${value}"`)
    return `Bearer ${written.join(', ')}`.trimEnd()
  }

  const challenge: BearerResponses['challenge'] = (scopes = []) =>
    toChallenge({ scope: scopes.join(' ') })

  const send = (status: number, body: Parameters, headers?: Record<string, string>): Response =>
    uncachedJson(status, toBody(services, status, body), headers)

  async function interactionResponse(error: IdentityError): Promise<Response> {
    const { code, description, ...parameters } = await toInteraction(services, error)
    const body = {
      ...toErrorBody(error, code, description),
      ...(error.claimsRequest !== undefined && { claims: JSON.stringify(error.claimsRequest) }),
    }
    const challenged = { ...parameters, error: code, error_description: description }
    return send(401, body, { 'www-authenticate': toChallenge(challenged) })
  }

  return {
    challenge,

    unauthorized(scopes = [], isInUrl) {
      const description = isInUrl
        ? 'A token in the URL is ignored. Send it in the Authorization header, as "Bearer" and the token.'
        : 'Send an access token in the Authorization header, as "Bearer" and the token.'
      const body = { error: 'unauthorized', error_description: description }
      const response = send(401, body, { 'www-authenticate': challenge(scopes) })
      const error = new IdentityError('login_required', description)
      return recordError(response, recordScopes(error, scopes))
    },

    async toResponse(error, scopes = [], { url } = { url: '' }) {
      await report(services, error, url)
      return recordError(await respondTo(error, scopes), recordScopes(error, scopes))
    },
  }

  async function respondTo(error: IdentityError, scopes: readonly string[]): Promise<Response> {
    const { code, status, retryAfterSeconds = 5 } = error
    if (status >= 500) {
      const headers = status === 503 ? { 'retry-after': String(retryAfterSeconds) } : undefined
      return send(status, toErrorBody(error, code), headers)
    }
    const description = toDescription(error.message)
    if (code === 'access_denied') {
      // The application's message is for its users, so it can have any characters.
      const text = AccessDenied.is(error) ? error.message : description
      return send(403, toErrorBody(error, code, text))
    }
    if (code === 'interaction_required')
      return consentResponse(services, error) ?? interactionResponse(error)
    return send(status, toErrorBody(error, code, description), {
      'www-authenticate': toChallenge({
        error: code,
        error_description: description,
        // A client whose token is not valid anymore requests a new one with these scopes.
        ...(code !== 'invalid_request' && { scope: scopes.join(' ') }),
      }),
    })
  }
}

/** Returns the body of an error response: the one that the application's function returns, or else the standard one. */
function toBody({ errorBody, events }: ResponseServices, status: number, body: Parameters): object {
  if (errorBody === undefined) return body
  const { error: code = '', error_description: message, claims } = body
  const { correlation_id: correlationId } = body
  let reason = 'TypeError'
  try {
    const given: unknown = errorBody({ status, code, message, correlationId, claims })
    // The error of an asynchronous function must not end the process.
    if (isThenable(given)) given.then(undefined, () => undefined)
    const json: unknown = isThenable(given) ? undefined : JSON.parse(JSON.stringify(given))
    if (isObject(json)) return json
  } catch (error) {
    reason = error instanceof Error ? error.name : reason
  }
  events.emit('hook.failed', { level: 'error', message: FAILED, hook: 'errorBody', reason })
  return body
}

const FAILED =
  'errorBody threw an error or did not return a JSON object, so the client got the standard body. The function must be synchronous.'

const reported = new WeakSet<IdentityError>()

/**
 * Marks the error that `authenticate()` returns, so that the log contains it once if the application passes it to
 * `toResponse()`.
 */
export function markReported(error: IdentityError): void {
  reported.add(error)
}

async function report(
  { events: ofApi, issuerOf }: ResponseServices,
  error: IdentityError,
  url: string,
): Promise<void> {
  const { status } = error
  // The call to the other API has already reported a client error.
  const isReported: boolean = isClientError(error) || reported.has(error)
  if (isReported) return
  const issuer = recordedIssuer(error)
  const { events } = issuer === undefined ? { events: ofApi } : issuerOf(issuer)
  const claims = recordedCaller(error)
  const failure = { level: levelOf(error), ...(await failureAt(events, error, { url, claims })) }
  if (status >= 500) events.emit('request.failed', failure)
  else events.emit('bearer.rejected', { ...failure, callerClientId: clientIdOf(claims) })
}

/** The message and the challenge parameters that tell the client how its user can continue. */
type Interaction = Parameters & { readonly code: string; readonly description: string }

/** Returns whether the user must satisfy claims, give consent or sign in again. */
async function toInteraction(
  { issuerOf }: ResponseServices,
  error: IdentityError,
): Promise<Interaction> {
  const { claimsRequest } = error
  const { audiences, client } = issuerOf(recordedIssuer(error))
  const { authorization_endpoint: endpoint } = await client.issuing.metadata()
  const parameters = { authorization_uri: endpoint, client_id: client.clientId }
  if (claimsRequest !== undefined) {
    return {
      code: 'insufficient_claims',
      description:
        'The user must meet the requirements in the claims parameter of this response. Request a token with this claims parameter.',
      ...parameters,
      claims: toBase64(new TextEncoder().encode(JSON.stringify(claimsRequest))),
    }
  }
  // The descriptions do not contain the provider's message, which is only for the log.
  if (error.reason === 'consent') {
    return {
      code: 'consent_required',
      description:
        'The user has not consented to the permissions that this API needs at another API.',
      ...parameters,
      // Users consent to the API and to everything that it needs on one page (knownClientApplications).
      scope: audiences.toFullScope('.default'),
    }
  }
  return {
    code: 'interaction_required',
    description: 'The user must sign in again before this API can act for them.',
    ...parameters,
  }
}

function toErrorBody(
  { correlationId }: IdentityError,
  code: string,
  description?: string,
): Readonly<Record<string, string>> {
  return {
    error: code,
    ...(description !== undefined && { error_description: description }),
    ...(correlationId !== undefined && { correlation_id: correlationId }),
  }
}

/** Replaces every character that RFC 6750, section 3, does not allow in an unescaped `error_description`. */
export function toDescription(message: string): string {
  return message
    .replaceAll('"', "'")
    .replaceAll('\\', '/')
    .replaceAll(/[^\x20-\x7e]/g, '?')
}

/** With 401 and `.default`, an MCP client would repeat the sign-in, and not show the text. */
function consentResponse(
  { isForMcp }: ResponseServices,
  error: IdentityError,
): Response | undefined {
  const text = isForMcp === true ? consentText(error) : undefined
  return text === undefined
    ? undefined
    : uncachedJson(403, toErrorBody(error, 'consent_required', text))
}
