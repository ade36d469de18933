import type { AuthOptions } from './options.ts'
import { previewsOf, type ResolvedPreviews } from './previews.ts'
import type { Findings } from './resolve-session.ts'

/**
 * Returns the URL of the callback at this deployment. It differs from the redirect URI in a preview.
 *
 * @param ownOrigin - The origin of this deployment, if it is a preview.
 */
export function ownCallback(redirectUri: URL, ownOrigin: string | undefined): URL {
  return ownOrigin === undefined ? redirectUri : new URL(ownOrigin + redirectUri.pathname)
}

/** Checks the option `previews`. Returns `undefined` if it is not set, or has another value than that of `previewRelay()`. */
export function resolvePreviews(
  { previews, session }: Pick<AuthOptions, 'previews' | 'session'>,
  redirectUri: URL | undefined,
  { variables, problems }: Pick<Findings, 'variables' | 'problems'>,
): ResolvedPreviews | undefined {
  if (previews === undefined) return undefined
  const resolved = previewsOf(previews)?.({
    variables,
    redirectUri,
    sessionSecrets: [session?.secret, variables['IDENTITY_SESSION_SECRET']].flat(),
  })
  const messages = resolved?.problems ?? [NOT_A_RELAY]
  problems.push(...messages.map((message) => ({ option: 'previews', message })))
  return resolved
}

const NOT_A_RELAY =
  "previews must be the result of previewRelay(). Set, for example, Auth({ previews: previewRelay({ origins: ['https://*.preview.example.com'] }) }), with import { previewRelay } from 'identity-web/previews'."
