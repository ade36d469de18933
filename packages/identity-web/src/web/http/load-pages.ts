// Loads the pages with the first one.
import { IdentityError, withChanges } from '../../errors.ts'
import { loadLater, type Load } from '../../load-later.ts'
import type { Site } from '../../seams/site.ts'
import type { PageSettings } from '../../options/resolve-pages.ts'
import type { Pages } from '../../options/page-options.ts'
import type { AppServices } from '../runtime/services.ts'
import type { ErrorResponseNeeds, ErrorResponses } from './error-response.ts'
import type { LoginUrls } from './login-urls.ts'
import type { PageFrames } from './pages/frame.ts'
import type { SitePages } from './services.ts'

/** The options of pages. */
interface PageOptions {
  /** The pages that the application replaces. */
  readonly own: Pages
  readonly pageSettings: PageSettings
  /** The base URL of the documentation, for links in notes for developers. */
  readonly docsBase: string | undefined
}

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

/** Creates the pages of an application. Their code is loaded with the first page or error. */
export function createSitePages(
  app: AppServices,
  loginUrls: LoginUrls,
  { own, pageSettings, docsBase }: PageOptions,
): SitePages {
  const frames = createPageFrames(pageSettings, app.site)
  const errors = errorResponsesLater(app, { loginUrls, own, frames, docsBase })
  return { own, frames, errors }
}

function errorResponsesLater(app: AppServices, needs: ErrorResponseNeeds): ErrorResponses {
  let created: ErrorResponses | undefined

  async function responses(): Promise<ErrorResponses> {
    const { createErrorResponses } = await loadPages()
    return (created ??= createErrorResponses(app, needs))
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
