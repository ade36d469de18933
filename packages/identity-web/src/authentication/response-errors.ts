import type { IdentityError } from '../errors.ts'

// The errors of responses. `authenticate()` returns the error together with the status and the headers of the response.
const errors = new WeakMap<Response, IdentityError>()

/** Records the error that a response tells. */
export function recordError(response: Response, error: IdentityError): Response {
  errors.set(response, error)
  return response
}

/** Returns the error that was recorded for a response. */
export function errorOf(response: Response): IdentityError | undefined {
  return errors.get(response)
}
