import type { EventEmitter } from '../../event-emitter.ts'
import { quote } from '../../text.ts'
import type { SignInFlow } from '../../flows/flow.ts'
import { toReturnPath } from '../../flows/return-to.ts'

/** The services that check where users return after a sign-out. */
export interface LandingServices {
  readonly events: EventEmitter
  readonly flow: SignInFlow
  readonly postLogoutRedirectUri: string | undefined
}

/**
 * Returns a URL to which users return if the provider does not check it: this application redirects there itself, or the
 * provider accepts every URL without the ID token of a user. The URL can come from a query, so an unknown one would be an
 * open redirect.
 */
export function safeLanding(
  { events, flow, postLogoutRedirectUri }: LandingServices,
  url: string,
): string | undefined {
  if (isSafeLanding(flow, url, postLogoutRedirectUri)) return url
  events.emit('configuration.warning', {
    level: 'info',
    message: `auth.logout() did not redirect to ${quote(url)}, because no user was signed in or the provider did not sign the user out, and the URL does not belong to this origin and is not postLogoutRedirectUri. If it is your page, set Auth({ postLogoutRedirectUri }) to it, for example https://example.com/goodbye.`,
  })
  return undefined
}

function isSafeLanding(flow: SignInFlow, url: string, configured: string | undefined): boolean {
  if (configured !== undefined && URL.canParse(configured) && URL.canParse(url)) {
    if (new URL(url).href === new URL(configured).href) return true
  }
  if (flow.kind === 'code') return URL.canParse(url) && new URL(url).origin === flow.origin
  return toReturnPath(url, 'http://localhost') !== undefined
}
