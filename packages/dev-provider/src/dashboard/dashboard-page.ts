import type { ProviderResponse } from '../protocol/http.js'
import { toPage, type PageOptions } from '../sign-in/pages/layout.js'
import { dashboardStyle } from './dashboard-style.js'

/** Creates the response for one of the developer's pages, which other sites must not load. */
export function toDashboardPage(options: PageOptions): ProviderResponse {
  const page = toPage({ ...options, style: dashboardStyle })
  return {
    ...page,
    headers: { ...page.headers, 'cross-origin-resource-policy': 'same-origin' },
  }
}
