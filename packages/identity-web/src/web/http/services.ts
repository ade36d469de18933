// The services of requests and responses.
import type { Pages } from '../../options/page-options.ts'
import type { AppServices } from '../runtime/services.ts'
import type { CrossSiteCheck } from './cross-site.ts'
import type { ErrorResponses } from './error-response.ts'
import type { LoginUrls } from './login-urls.ts'
import type { PageFrames } from './pages/frame.ts'

/** The pages of an application. */
export interface SitePages {
  /** The pages that the application replaces. */
  readonly own: Pages
  readonly frames: PageFrames
  readonly errors: ErrorResponses
}

/** The services that read requests and make responses. */
export interface HttpServices extends AppServices {
  readonly pages: SitePages
  readonly loginUrls: LoginUrls
  readonly crossSite: CrossSiteCheck
}
