// Assertions of the application's own function or credential.
import type { ClientAuth } from 'openid-client'
import { configurationError, IdentityError } from '../../errors.ts'
import type {
  ClientAssertion,
  ClientAssertionRequest,
  FederatedTokenCredential,
  Method,
  NamedSettings,
  OnError,
} from './client-credential.ts'

type AsyncClientAuth = (...parameters: Parameters<ClientAuth>) => Promise<void>

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

export function assertionMethod(
  source: AssertionSource,
  { name, clientId, tenantId, certificateAlgorithm: algorithm, assertionAudience }: NamedSettings,
  onError: OnError,
): Method {
  const authenticate: AsyncClientAuth = async (as, client, body) => {
    const { issuer, token_endpoint: tokenEndpoint = '' } = as
    try {
      const assertion = await source({
        clientId,
        algorithm,
        tokenEndpoint,
        issuer,
        audience: assertionAudience === 'issuer' ? issuer : tokenEndpoint,
        ...(tenantId !== undefined && { tenantId }),
      })
      body.set('client_id', client.client_id)
      body.set('client_assertion_type', ASSERTION_TYPE)
      body.set('client_assertion', assertion)
    } catch (error) {
      if (IdentityError.is(error)) onError(error)
      throw error
    }
  }

  return {
    name,
    prepare: async () => undefined,
    // openid-client awaits the result, although its type does not mention promises.
    // oxlint-disable-next-line typescript/no-misused-promises
    load: async () => ({ authenticate }),
  }
}

/**
 * Returns a JWT from the application's function or object.
 *
 * @throws IdentityError `configuration` if the value is not a JWT. `provider_unavailable` if the application's code
 *   throws or returns no token.
 */
export type AssertionSource = (request: ClientAssertionRequest) => Promise<string>

const JWT = /^[\w-]+\.[\w-]+\.[\w-]+$/
const EXAMPLE = 'such as eyJ….eyJ….abc'

/** @param name - The name of the option, for messages. */
export function sourceOfFunction(assertion: ClientAssertion, name: string): AssertionSource {
  const subject = `The function given as ${name}`
  return async (request) => {
    const value: unknown = await call(subject, () => assertion(request))
    if (isJwt(value)) return value
    throw configurationError(
      `${subject} returned ${kindOf(value)}. It must return a signed JWT, ${EXAMPLE}.`,
    )
  }
}

/** @param name - The name of the option, for messages. */
export function sourceOfTokenCredential(
  credential: FederatedTokenCredential,
  name: string,
): AssertionSource {
  return async ({ tokenEndpoint }) => {
    const scope = tokenExchangeScope(tokenEndpoint)
    const subject = `${name}.getToken('${scope}')`
    const result = await call(subject, () => credential.getToken(scope))
    if (result === null) {
      throw new IdentityError(
        'provider_unavailable',
        `${subject} returned null, because the identity does not have a token for this scope.`,
        { hint: 'Check that the identity is assigned to the service that runs the application.' },
      )
    }
    // JavaScript applications can return anything.
    const token: unknown = (result as { readonly token: unknown } | undefined)?.token
    if (isJwt(token)) return token
    throw configurationError(
      `${subject} returned an object whose token is ${kindOf(token)}. Set token to a signed JWT, ${EXAMPLE}.`,
    )
  }
}

async function call<T>(subject: string, run: () => T | Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    throw isOperational(error) ? error : failed(subject, error)
  }
}

function isJwt(value: unknown): value is string {
  return typeof value === 'string' && JWT.test(value)
}

function kindOf(value: unknown): string {
  return typeof value === 'string' ? 'a string that is not a JWT' : `${typeof value}, not a string`
}

// A code such as interaction_required would send a user to the provider, and the user cannot solve this error.
export function isOperational(error: unknown): error is IdentityError {
  const codes = ['configuration', 'provider_error', 'provider_unavailable', 'invalid_response']
  return IdentityError.is(error) && codes.includes(error.code)
}

// The message and the cause are left out, because the application's error can contain the token.
export function failed(subject: string, error: unknown): IdentityError {
  const kind =
    error instanceof Error ? error.name.replaceAll(/\W+/g, '').slice(0, 40) : typeof error
  return new IdentityError('provider_unavailable', `${subject} failed with an error (${kind}).`, {
    hint: 'To see more, catch and log the error inside your function.',
  })
}

/** The audience for federated credentials in the public cloud. */
export const DEFAULT_AUDIENCE = 'api://AzureADTokenExchange'

// Each national cloud accepts only tokens for its own audience.
const AUDIENCES: ReadonlyMap<string, string> = new Map([
  ['login.microsoftonline.us', 'api://AzureADTokenExchangeUSGov'],
  ['login.partner.microsoftonline.cn', 'api://AzureADTokenExchangeChina'],
  ['login.sovcloud-identity.fr', 'api://AzureADTokenExchangeFrance'],
  ['login.sovcloud-identity.de', 'api://AzureADTokenExchangeGermany'],
])

/** Returns the scope for federated credentials in a token endpoint's cloud. */
export function tokenExchangeScope(tokenEndpoint: string): string {
  const host = URL.canParse(tokenEndpoint) ? new URL(tokenEndpoint).hostname : ''
  return `${AUDIENCES.get(host) ?? DEFAULT_AUDIENCE}/.default`
}
