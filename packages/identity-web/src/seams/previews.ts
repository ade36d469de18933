// The seam for the relay of previews.
import { IdentityError } from '../errors.ts'
import type { Environment } from '../host-traits.ts'
import { defineSeam, type Seam } from '../seam.ts'
import type { Site } from './site.ts'

// The deployment at the redirect URI can relay sign-ins and sign-outs to previews. The function that describes the relay
// brings its code along, so that other applications do not bundle it.

/**
 * The relay between preview deployments and the deployment at `redirectUri`, which `previewRelay()` returns.
 *
 * @example
 * ```ts
 * import { previewRelay } from 'identity-web/previews'
 *
 * const previews: PreviewRelay = previewRelay({ origins: ['https://*.preview.example.com'] })
 * ```
 * @public
 */
export interface PreviewRelay {
  /** The name of the function that returned the object. */
  readonly name: string
}

/** Distinguishes a preview's `state` from other states, without decrypting it. */
export const PREVIEW_PREFIX = 'preview.'

/** The flows that start at a preview and return through the deployment at the redirect URI. */
export type RelayedFlow = 'sign-in' | 'sign-out'

/** The parts of a request that a relay reads. */
export interface RelayedRequest {
  readonly method: string
  /** The query of the URL with its question mark. */
  readonly query: string
  header(name: string): string | undefined
}

/** A preview deployment. The provider redirects its users to the origin of another deployment. */
export interface Preview {
  readonly ownOrigin: string
  /** Adds the name of this preview to a `state`. */
  wrap(flow: RelayedFlow, state: string): Promise<string>
  /**
   * Returns the original `state` of a sign-in that this preview wrapped, or `undefined` if the `state` belongs to
   * another deployment.
   */
  unwrap(state: string): Promise<string | undefined>
}

/** The deployment at the redirect URI. */
export interface Relay {
  readonly ownOrigin: undefined
  /**
   * Sends the browser to the preview whose origin the `state` contains.
   *
   * @throws IdentityError `invalid_request` if the preview is not allowed.
   */
  relaySignIn(request: RelayedRequest, state: string): Promise<Response>
  /** The same after a sign-out. `undefined` if the preview is not allowed, because nothing depends on this state. */
  relaySignOut(state: string): Promise<Response | undefined>
}

/** This deployment's role in the sign-ins and sign-outs of previews: a preview, or the relay. */
export type Previews = Preview | Relay

/** The application's other settings, which a relay needs to check its own settings. */
export interface PreviewNeeds {
  readonly variables: Environment
  /** The redirect URI. Not set if the application does not have a valid one. */
  readonly redirectUri: URL | undefined
  /** The values of `session.secret`, which previews must not know. */
  readonly sessionSecrets: readonly unknown[]
}

/** The settings of an `Auth` to which the states of its previews belong. */
export interface PreviewOwner {
  readonly authority: { readonly url: string }
  readonly clientId: string
  readonly site: Site
  /** The redirect URI that is registered at the provider. */
  readonly redirectUri: string
  /** Returns the Unix time in seconds. */
  readonly now: () => number
}

/** The option `previews` in a process's environment. */
export interface ResolvedPreviews {
  /** This deployment's origin, if it is a preview. */
  readonly ownOrigin: string | undefined
  readonly problems: readonly string[]
  connect(owner: PreviewOwner): Previews
}

/** Returns this deployment's role. Only sign-ins that return to a redirect URI can start at a preview. */
export function connectPreviews(
  options: Pick<PreviewOwner, 'authority' | 'clientId' | 'site'> & {
    readonly previews: ResolvedPreviews | undefined
  },
  now: () => number,
): Previews | undefined {
  const { authority, clientId, site, previews } = options
  if (site.signIn.kind !== 'code') return undefined
  const { redirectUri } = site.signIn
  return previews?.connect({ authority, clientId, site, redirectUri, now })
}

/** Checks a relay's settings. */
export type ResolvePreviews = (needs: PreviewNeeds) => ResolvedPreviews

export const PREVIEWS: Seam<ResolvePreviews> = /* @__PURE__ */ defineSeam('previews')

/**
 * Returns the error of a deployment that received a response for a preview, although this deployment does not relay
 * responses.
 */
export function notRelayed(): IdentityError {
  return new IdentityError(
    'invalid_request',
    `A preview deployment started this sign-in, but the deployment at redirectUri is not configured to send users back to previews.`,
    {
      hint: "Set Auth({ previews: previewRelay({ origins, secret }) }) in the deployment at redirectUri, for example previewRelay({ origins: ['https://*.preview.example.com'] }), with import { previewRelay } from 'identity-web/previews'.",
    },
  )
}
