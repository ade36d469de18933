import { IdentityError } from '../../errors.ts'
import { tokenExchangeScope } from './token-exchange.ts'
import type { ClientAssertion, ClientAssertionRequest, FederatedTokenCredential } from './types.ts'

/** A function or an object of the application that returns assertions. */
export interface AssertionSource {
  /**
   * Returns a JWT.
   *
   * @throws IdentityError `configuration` if the value is not a JWT. `provider_unavailable` if the application's code
   *   throws or returns no token.
   */
  get(request: ClientAssertionRequest): Promise<string>
}

const JWT = /^[\w-]+\.[\w-]+\.[\w-]+$/
const EXAMPLE = 'such as eyJ….eyJ….abc'

/** @param name - The option, for messages. */
export function sourceOfFunction(assertion: ClientAssertion, name: string): AssertionSource {
  const subject = `The function given as ${name}`
  return {
    async get(request) {
      const value: unknown = await call(subject, () => assertion(request))
      if (isJwt(value)) return value
      throw new IdentityError(
        'configuration',
        `${subject} returned ${kindOf(value)}. It must return a signed JWT, ${EXAMPLE}.`,
      )
    },
  }
}

/** @param name - The option, for messages. */
export function sourceOfTokenCredential(
  credential: FederatedTokenCredential,
  name: string,
): AssertionSource {
  return {
    async get({ tokenEndpoint }) {
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
      throw new IdentityError(
        'configuration',
        `${subject} returned an object whose token is ${kindOf(token)}. Set token to a signed JWT, ${EXAMPLE}.`,
      )
    },
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
function isOperational(error: unknown): error is IdentityError {
  const codes = ['configuration', 'provider_error', 'provider_unavailable', 'invalid_response']
  return IdentityError.is(error) && codes.includes(error.code)
}

// The message and the cause are left out, because the application's error can contain the token.
function failed(subject: string, error: unknown): IdentityError {
  const kind =
    error instanceof Error ? error.name.replaceAll(/\W+/g, '').slice(0, 40) : typeof error
  return new IdentityError('provider_unavailable', `${subject} failed with an error (${kind}).`, {
    hint: 'To see more, catch and log the error inside your function.',
  })
}
