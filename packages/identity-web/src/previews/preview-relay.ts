// `previewRelay()`: sign-in at preview deployments.
import { readOptions } from '../options/rows.ts'
import { PREVIEWS, type PreviewRelay, type ResolvePreviews } from '../seams/previews.ts'
import { PREVIEW_RELAY, type PreviewRelayOptions } from './options.ts'
import { createPreviews } from './relay.ts'
import { resolveRelay } from './resolve-relay.ts'

export type * from '../register.ts'

export type { PreviewRelay } from '../seams/previews.ts'
export type { PreviewRelayOptions } from './options.ts'

/**
 * Lets users sign in at preview deployments, although the provider redirects only to registered URLs. The deployment at
 * `redirectUri` gets the provider's responses, and relays each response for a preview to that preview. After a
 * sign-out, the deployment at `redirectUri` sends users back in the same way.
 *
 * It does not throw, because wrong options become problems of the `Auth`.
 *
 * @param options - The options, which are the same in all deployments apart from `origin`.
 * @returns The value for `Auth({ previews })`.
 *
 * @example
 * ```ts
 * import { Auth } from 'identity-web/express'
 * import { previewRelay } from 'identity-web/previews'
 *
 * const auth = new Auth(app, {
 *   redirectUri: 'https://app.example.com/redirect',
 *   previews: previewRelay({
 *     origin: process.env.DEPLOY_URL,
 *     origins: ['https://*.preview.example.com'],
 *   }),
 * })
 * ```
 * @public
 */
export function previewRelay(options: PreviewRelayOptions): PreviewRelay {
  const own = readOptions(options, PREVIEW_RELAY.rows)
  const resolve: ResolvePreviews = (needs) => {
    const { problems, settings } = resolveRelay(own, needs)
    return {
      ownOrigin: settings.ownOrigin,
      problems,
      connect: (owner) => createPreviews(settings, owner),
    }
  }
  return Object.freeze(PREVIEWS.put({ name: 'previewRelay()' }, resolve))
}
