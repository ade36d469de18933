import { IdentityError, withChanges } from '../../errors.ts'
import { loadLater } from '../../load-later.ts'
import type { ErrorResponses, ErrorResponseServices } from './error-response.ts'

const load = loadLater('an error page', () => import('./error-response.ts'))

/** Creates the error responses. Their code and the pages are loaded with the first error. */
export function errorResponsesLater(services: ErrorResponseServices): ErrorResponses {
  let created: ErrorResponses | undefined

  async function responses(): Promise<ErrorResponses> {
    const { createErrorResponses } = await load()
    return (created ??= createErrorResponses(services))
  }

  /** The error of the request must not get lost if its page cannot be loaded. */
  async function responsesFor(error: IdentityError): Promise<ErrorResponses> {
    try {
      return await responses()
    } catch (failure) {
      if (!IdentityError.is(failure)) throw failure
      const message = `${failure.message} The page is for this error: ${error.message}`
      throw withChanges(failure, { message })
    }
  }

  return {
    toResponse: async (request, error, options) =>
      (await responsesFor(error)).toResponse(request, error, options),

    toForbidden: async (request, error, options) =>
      (await responsesFor(error)).toForbidden(request, error, options),

    developerNote: async (error) => (await responses()).developerNote(error),
  }
}
