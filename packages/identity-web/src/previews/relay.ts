// Relays responses of the provider to a preview.
import { IdentityError } from '../errors.ts'
import { quote } from '../text.ts'
import { isPrefetch } from '../web/http/navigation.ts'
import { redirect, repost } from '../web/http/responses.ts'
import { rejectPrefetch } from '../web/http/routes.ts'
import { homeUrl } from '../seams/site.ts'
import {
  notRelayed,
  type Preview,
  type PreviewOwner,
  type Previews,
  type Relay,
  type RelayedRequest,
} from '../seams/previews.ts'
import { isPreviewOrigin } from './origins.ts'
import type { RelaySettings } from './resolve-relay.ts'
import { createPreviewStates, type PreviewStates } from './states.ts'

/** How long the deployment at the redirect URI relays codes and users to a preview, in seconds. */
const RELAYED_SECONDS = 600

/** Returns this deployment's role: a preview, or the relay to previews. */
export function createPreviews(settings: RelaySettings, owner: PreviewOwner): Previews {
  const states = createPreviewStates(settings.secrets, owner)
  const { ownOrigin } = settings
  return ownOrigin === undefined
    ? createRelay(settings, owner, states)
    : createPreview(ownOrigin, owner, states)
}

function createPreview(ownOrigin: string, { now }: PreviewOwner, states: PreviewStates): Preview {
  return {
    ownOrigin,

    wrap: (flow, state) =>
      states.enclose(flow, { origin: ownOrigin, state, expiresAt: now() + RELAYED_SECONDS }),

    async unwrap(state) {
      const opened = await states.read('sign-in', state)
      return opened?.origin === ownOrigin ? opened.state : undefined
    },
  }
}

/**
 * Creates the relay. The preview's origin comes from the encrypted `state`, and the path comes from the options, so a
 * request cannot change them.
 */
function createRelay(
  { origins }: RelaySettings,
  { site, now }: PreviewOwner,
  states: PreviewStates,
): Relay {
  /** Relays an authorization response, because Entra ID redirects only to registered URIs, but a preview has a new URL. */
  async function relaySignIn(request: RelayedRequest, state: string): Promise<Response> {
    if (origins.length === 0) throw notRelayed()
    const opened = await states.read('sign-in', state)
    if (opened === undefined) throw notMadeHere()
    const { origin, expiresAt } = opened
    if (!isPreviewOrigin(origin, origins)) throw notAllowed(origin)
    if (isPrefetch(request)) return rejectPrefetch()
    const target = new URL(origin + site.paths.callback)
    // An attacker may have taken over a deleted preview's host, so the preview restarts the sign-in.
    if (now() >= expiresAt) {
      target.searchParams.set('state', state)
      return redirect(target.href, request.method)
    }
    // The form keeps the code out of URLs.
    if (request.method === 'POST') return repost(target.href)
    target.search = request.query
    return redirect(target.href)
  }

  /**
   * Sends a user who signed out of a preview back to the preview, because the provider redirects only to registered
   * URLs.
   */
  async function relaySignOut(state: string): Promise<Response | undefined> {
    const opened = await states.read('sign-out', state)
    if (opened === undefined || !isPreviewOrigin(opened.origin, origins)) return undefined
    // An attacker may have taken over a deleted preview's host.
    if (now() >= opened.expiresAt) return redirect(homeUrl(site))
    const target = new URL(opened.origin + site.location.homePath)
    target.searchParams.set('state', opened.state)
    return redirect(target.href)
  }

  return { ownOrigin: undefined, relaySignIn, relaySignOut }
}

function notMadeHere(): IdentityError {
  return new IdentityError(
    'invalid_request',
    `The state of this sign-in contains the origin of a preview deployment, but this state was not created with the secret of previewRelay() in this deployment.`,
    {
      hint: 'The preview and the deployment at redirectUri must have the same authority, the same clientId, the same redirectUri and the same secret of previewRelay() (IDENTITY_PREVIEW_SECRET).',
    },
  )
}

function notAllowed(origin: string): IdentityError {
  return new IdentityError(
    'invalid_request',
    `The preview deployment ${quote(origin)} started this sign-in, but its origin is not in the origins of previewRelay().`,
    {
      hint: 'If this is your preview, add its origin to previewRelay({ origins }) in the deployment that receives the requests to redirectUri.',
    },
  )
}
