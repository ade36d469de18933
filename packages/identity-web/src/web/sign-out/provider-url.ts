import { endSessionUrl } from '../../client/index.ts'
import { IdentityError } from '../../errors.ts'
import { failureOf, levelOf } from '../../event-emitter.ts'
import type { EndedSession, SessionStrategy } from '../../session/index.ts'
import { landingUrl } from '../../flows/flow.ts'
import type { TokenClients } from '../runtime/clients.ts'
import type { SignOutStates } from './after-sign-out.ts'
import { safeLanding, type LandingServices } from './landing.ts'

/** The services that make the URL of a sign-out at the provider. */
export interface ProviderUrlServices extends LandingServices {
  readonly clients: TokenClients
  readonly sessions: SessionStrategy
  readonly signOutStates: SignOutStates
}

/**
 * Returns the URL that ends the session at the provider, if there is one.
 *
 * @param signingOut - The session that ends here. Not set if the application cannot know who signs out.
 * @param landing - The URL to which the user returns.
 */
export async function toProviderUrl(
  services: ProviderUrlServices,
  signingOut: EndedSession | undefined,
  landing: string | undefined,
): Promise<string | undefined> {
  const { clients, events, flow, postLogoutRedirectUri, signOutStates } = services
  // Azure AD B2C redirects to every URL if it does not get the ID token of a user.
  const checked =
    landing === undefined || signingOut !== undefined ? landing : safeLanding(services, landing)
  const target = checked ?? landingUrl(flow, postLogoutRedirectUri)
  // Without a redirect URI, the user probably signed in with another browser.
  if (target === undefined) return undefined
  const { session, tokens } = signingOut ?? {}
  const hint = session?.claims['login_hint']
  const client = clients.byUserFlow.get(session?.userFlow) ?? clients.main
  try {
    const url = await endSessionUrl(client.client, {
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
