// The URL that ends the session at the provider.
import { endSessionUrl } from '../../client/index.ts'
import { IdentityError } from '../../errors.ts'
import { failureOf, levelOf } from '../../event-emitter.ts'
import type { EndedSession } from '../../session/index.ts'
import { landingUrl, type Site } from '../../seams/site.ts'
import { clientOf } from '../runtime/provider.ts'
import { quote } from '../../text.ts'
import { toReturnPath } from '../../seams/return-to.ts'
import type { AppServices } from '../runtime/services.ts'
import type { SignOutServices } from './services.ts'

/**
 * Returns the URL that ends the session at the provider, if there is one.
 *
 * @param signingOut - The session that ends in this application. Not set if the application does not know who signs
 *   out.
 * @param landing - The URL to which the user returns.
 */
export async function toProviderUrl<User>(
  services: SignOutServices<User>,
  signingOut: EndedSession | undefined,
  landing: string | undefined,
): Promise<string | undefined> {
  const { events, site, signOutStates, provider } = services
  // Azure AD B2C redirects to every URL if it does not get the ID token of a user.
  const checked =
    landing === undefined || signingOut !== undefined ? landing : safeLanding(services, landing)
  const target = checked ?? landingUrl(site)
  // Without a redirect URI, the user probably signed in with another browser.
  if (target === undefined) return undefined
  const { session, tokens } = signingOut ?? {}
  const hint = session?.claims['login_hint']
  const { client } = clientOf(provider, session ?? {})
  try {
    const url = await endSessionUrl(client, {
      ...(await signOutStates.create(target)),
      tenantId: session?.claims.tid,
      ...(typeof hint === 'string' && { logoutHint: hint }),
      ...(tokens?.idToken !== undefined && { idToken: tokens.idToken }),
    })
    return url?.href
  } catch (error) {
    if (!IdentityError.is(error)) throw error
    // If the provider is down, the user is signed out here nevertheless.
    const { message, ...failure } = failureOf(error)
    events.emit('sign_out.failed', {
      level: levelOf(error),
      ...failure,
      message: `The user is signed out here, but not at the provider. ${message}`,
    })
    return undefined
  }
}

/**
 * Returns a URL to which users may return. It is for cases in which the provider does not check the URL: this
 * application redirects itself, or the provider accepts every URL without the ID token of a user. The URL can come from
 * a query, so an unknown URL would be an open redirect.
 */
export function safeLanding({ events, site }: AppServices, url: string): string | undefined {
  if (isSafeLanding(site, url)) return url
  events.emit('configuration.warning', {
    level: 'info',
    message: `auth.logout() did not redirect to ${quote(url)}, because this URL does not belong to this origin and is not postLogoutRedirectUri. Only the provider may redirect to another URL, but no user was signed in or the provider did not sign the user out. If the URL is your own page, set Auth({ postLogoutRedirectUri }) to it, for example https://example.com/goodbye.`,
  })
  return undefined
}

function isSafeLanding(site: Site, url: string): boolean {
  const configured = site.postLogoutRedirectUri
  if (configured !== undefined && URL.canParse(configured) && URL.canParse(url)) {
    if (new URL(url).href === new URL(configured).href) return true
  }
  if (site.signIn.kind === 'code') return URL.canParse(url) && new URL(url).origin === site.origin
  return toReturnPath(url, 'http://localhost') !== undefined
}
