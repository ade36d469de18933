import { IdentityError, withChanges } from '../../errors.ts'
import { loadLater, type Load } from '../../load-later.ts'
import type { Site } from '../../seams/site.ts'
import type { PageSettings } from '../../options/resolve-pages.ts'
import type { ErrorResponses, ErrorResponseServices } from './error-response.ts'
import type { PageFrames } from './pages/frame.ts'

/** Loads the pages, the error responses and the other rare responses. */
export const loadPages: Load<typeof import('./loaded-pages.ts')> = loadLater(
  'a page',
  () => import('./loaded-pages.ts'),
)

/** @param site - The site with the origin of the application. The URL of the logo can be relative to this origin. */
export function createPageFrames(
  settings: PageSettings,
  site: Partial<Pick<Site, 'origin'>>,
): PageFrames {
  let frames: PageFrames | undefined
  return async (request) => {
    const { createLoadedFrames } = await loadPages()
    frames ??= createLoadedFrames(settings, site)
    return frames(request)
  }
}

/** Creates the error responses. Their code and the pages are loaded with the first error. */
export function errorResponsesLater(services: ErrorResponseServices): ErrorResponses {
  let created: ErrorResponses | undefined

  async function responses(): Promise<ErrorResponses> {
    const { createErrorResponses } = await loadPages()
    return (created ??= createErrorResponses(services))
  }

  /**
   * Returns the error responses. If their code cannot be loaded, the original error is logged, so that it is not lost.
   */
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
