// Reports a response of the provider at a path without a route.
import { quote } from '../../text.ts'
import type { AppServices } from '../runtime/services.ts'

/** The callback that is registered at the provider. */
export interface ExpectedCallback {
  /** The path of the redirect URI. */
  readonly callback: string
  readonly isForm: boolean
}

/** Receives the path, the URL and the method of each page request that does not belong to a route of sign-in. */
export type ReportMisplaced = (path: string, url: string, method: string) => void

/**
 * Reports once that the provider's response arrived at another path than the path of the redirect URI, because a proxy
 * changes paths. Without this report, the developer would only see a 404 response of the framework. Pages of the
 * application can have similar URLs, so only a `state` that this application made causes the report.
 */
export function createMisplacedReport(
  { events, provider }: AppServices,
  { callback, isForm }: ExpectedCallback,
): ReportMisplaced {
  let isReported = false

  function report(path: string): void {
    if (isReported) return
    isReported = true
    const removed = callback.endsWith(path) ? callback.slice(0, -path.length) : undefined
    const remedy =
      removed === undefined
        ? 'Configure the proxy in front of the application so that it does not change the path. If the path must change, set Auth({ redirectUri }) or IDENTITY_REDIRECT_URI to the URL that browsers request.'
        : `If a proxy in front of the application removes ${removed}, set Auth({ basePath: '${removed}' }), or configure the proxy so that it keeps the path.`
    events.emit('configuration.warning', {
      level: 'warn',
      message: `A response of the provider arrived at ${quote(path)}, but redirectUri has the path ${callback}, so the sign-in cannot end and the browser gets status 404. ${remedy}`,
    })
  }

  async function reportOwn(path: string, state: string): Promise<void> {
    // The browser's cookies are not needed to know who made the state.
    const { kind } = await provider.transactions.open(state, '')
    if (kind !== 'foreign') report(path)
  }

  return (path, url, method) => {
    if (isReported) return
    if (method === 'POST') {
      // The body belongs to the application, so only a path of which a part is missing counts.
      if (isForm && path.length > 1 && callback.endsWith(path)) report(path)
      return
    }
    const state = new URLSearchParams(url.slice(path.length)).get('state')
    // The framework responds to the request, and does not learn about an error here.
    if (state) reportOwn(path, state).catch(ignore)
  }
}

function ignore(): void {
  // The next request of this kind is checked too.
}
