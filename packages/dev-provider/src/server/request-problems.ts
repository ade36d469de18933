import { isGuid } from '../config/value-checks.js'
import type { ProviderRequest, ProviderResponse } from '../protocol/http.js'
import { OAuthError, invalidRequest } from '../protocol/oauth-error.js'
import { notFoundPage } from '../sign-in/pages/error-page.js'
import type { ProviderContext } from '../state/context.js'

/** Creates the error for a tenant that the configuration does not contain. */
export function unknownTenant({ config, origin }: ProviderContext, tenant: string): OAuthError {
  const [first] = config.tenants
  const example = first === undefined ? '' : `, for example ${origin}/${first.id}`
  const remedy = `Set the authority of your app to an authority at ${origin}/${example}.`
  // Entra ID only looks for names that can be a tenant.
  return canBeTenant(tenant)
    ? new OAuthError(
        'invalid_tenant',
        90002,
        `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.`,
        { remedy },
      )
    : invalidRequest(
        900023,
        `Specified tenant identifier '${tenant}' is neither a valid DNS name, nor a valid external domain.`,
        remedy,
      )
}

function canBeTenant(name: string): boolean {
  return name.includes('.') || isGuid(name)
}

/** Creates the error for a method that the endpoint does not accept. */
export function wrongMethod(method: string, methods: readonly string[]): OAuthError {
  const names = methods.join(', ')
  return new OAuthError(
    'invalid_request',
    900561,
    `The endpoint only accepts ${names} requests. Received a ${method} request.`,
    { status: 405, remedy: `Send a ${methods.join(' or ')} request.` },
  )
}

/** Creates the error for a body that is larger than `bytes`. */
export function tooLarge(bytes: number): OAuthError {
  return new OAuthError('invalid_request', 90015, 'Requested query string or body is too long.', {
    status: 413,
    remedy: `Send a body of at most ${bytes / 1024} KB.`,
  })
}

/**
 * Replaces the remedy of a missing parameter when the body has another format than a form, because
 * the provider then ignores the body.
 */
export function explainContentType(request: ProviderRequest, error: OAuthError): OAuthError {
  const isIgnored = request.method === 'POST' && request.body !== '' && request.form.size === 0
  if (error.number !== 900144 || !isIgnored) return error
  const { message, number, status } = error
  return new OAuthError(error.error, number, message, {
    status,
    remedy:
      'Send the parameters as a form, with the Content-Type application/x-www-form-urlencoded. The provider ignores other bodies, such as JSON.',
  })
}

// Paths that a client of an identity provider calls. Browsers also request icons, for example.
const PROTOCOL_PATH = /\/(?:\.well-known|oauth2|discovery|adminconsent)(?:\/|$)/i
const V1_PATH = /\/oauth2\/(?:authorize|token|devicecode)$/i

/** Creates the page for a path or a user flow that does not exist. */
export function notFound({ origin }: ProviderContext, request: ProviderRequest): ProviderResponse {
  const { pathname } = request.url
  const response = notFoundPage(pathname)
  const error = { code: 'not_found', message: 'The provider does not have this path.' }
  if (!PROTOCOL_PATH.test(pathname)) return { ...response, error }
  const remedy = V1_PATH.test(pathname)
    ? 'Insert v2.0 after /oauth2/. The provider does not have the version 1 endpoints of Entra ID for sign-in and tokens.'
    : `Compare the URL with the authorities at ${origin}/. A client adds /v2.0/.well-known/openid-configuration to an authority of Entra ID.`
  return { ...response, error: { ...error, remedy } }
}
