import type { Encryption } from '../../encryption/index.ts'
import { loadLater } from '../../load-later.ts'
import type { ErrorResponses } from '../http/error-response.ts'
import { foreignState } from '../http/foreign-state.ts'
import { redirect } from '../http/responses.ts'
import type { RouteRequest } from '../http/routes.ts'
import { landingUrl, type SignInFlow } from '../options/flow.ts'
import { PREVIEW_PREFIX, type PreviewStates } from '../runtime/preview-states.ts'
import type { ForwardSignedOutServices } from './forward-signed-out.ts'

/** Distinguishes the `state` of this library from a `state` of the application, without decrypting it. */
const STATE_PREFIX = 'signed-out.'

/** The options that determine the page after a sign-out at the provider. */
export interface LandingOptions {
  readonly flow: SignInFlow
  readonly postLogoutRedirectUri: string | undefined
  readonly routes?: boolean | undefined
  readonly previews: { readonly ownOrigin: string | undefined }
}

/**
 * Returns the path of the page after a sign-out, if it belongs to this application and this library handles the routes.
 * The `state` would stay in the URL of a page that another server handles.
 */
function landingPath({ flow, postLogoutRedirectUri, routes }: LandingOptions): string | undefined {
  if (flow.kind !== 'code' || routes === false) return undefined
  const url = new URL(landingUrl(flow, postLogoutRedirectUri) ?? flow.origin)
  const { origin, pathname } = url
  return origin === flow.origin && flow.location.owns(pathname) ? pathname : undefined
}

/** Makes and checks the `state` of sign-outs. */
export interface SignOutStates {
  /** Whether the provider redirects users to this path after a sign-out, and this library has a route for it. */
  isLanding(path: string): boolean
  /** Returns where the provider redirects users after a sign-out, for the URL to which they return. */
  create(landing: string): Promise<SignOutReturn>
  /** Returns the URL to redirect to, or `undefined` if the `state` was not made here. */
  open(state: string): Promise<string | undefined>
}

/** The parameters of a sign-out at the provider. */
export interface SignOutReturn {
  readonly postLogoutRedirectUri: string
  /** Not set if the provider does not redirect to a route of this library. */
  readonly state: string | undefined
}

/** The number of seconds in which the deployment of the redirect URI sends users back to a preview. */
const FORWARDED_SECONDS = 600

/** The services that states of sign-outs use. */
export interface SignOutStateServices {
  readonly encryption: Encryption
  /** Unix time in seconds. */
  readonly now: () => number
  readonly previewSignOuts: PreviewStates
}

export function createSignOutStates(
  options: LandingOptions,
  { encryption, now, previewSignOuts }: SignOutStateServices,
): SignOutStates {
  const { flow, postLogoutRedirectUri: configured, previews } = options

  /** The provider knows only the pages of the deployment of the redirect URI, which forwards users to this preview. */
  async function viaForwarding(origin: string, own: string): Promise<SignOutReturn> {
    const { redirectUri = '' } = flow as { readonly redirectUri?: string }
    const expiresAt = now() + FORWARDED_SECONDS
    return {
      postLogoutRedirectUri: new URL(redirectUri).origin + flow.location.homePath,
      state: STATE_PREFIX + (await previewSignOuts.enclose({ origin, state: own, expiresAt })),
    }
  }

  return {
    isLanding(path) {
      const landing = landingPath(options)
      // Frameworks and proxies add or remove the slash at the end of the home page.
      return landing !== undefined && withoutSlash(path) === withoutSlash(landing)
    },

    async create(landing) {
      const isChecked =
        landingPath(options) !== undefined && landing === landingUrl(flow, configured)
      if (!isChecked) return { postLogoutRedirectUri: landing, state: undefined }
      const state = STATE_PREFIX + (await encryption.encrypt({ landing }))
      return previews.ownOrigin === undefined || configured !== undefined
        ? { postLogoutRedirectUri: landing, state }
        : viaForwarding(previews.ownOrigin, state)
    },

    async open(state) {
      const opened = (await encryption.decrypt(state)) as { readonly landing: string } | undefined
      return opened?.landing
    },
  }
}

function withoutSlash(path: string): string {
  return path.endsWith('/') ? path.slice(0, -1) : path
}

/** Returns whether a URL contains the `state` that this library added to a sign-out at the provider. */
export function isSignedOutUrl(url: string): boolean {
  // The first check is enough for nearly every URL.
  return url.includes(`state=${STATE_PREFIX}`) && ownState(url) !== undefined
}

/** Returns the `state` of this library without its prefix. The URL can also contain a `state` of the application. */
function ownState(url: string): string | undefined {
  const values = new URLSearchParams(url.slice(url.indexOf('?'))).getAll('state')
  return values.find((value) => value.startsWith(STATE_PREFIX))?.slice(STATE_PREFIX.length)
}

const loadForwardSignedOut = loadLater(
  'the way back to a preview',
  () => import('./forward-signed-out.ts'),
)

/** The services that the landing after a sign-out uses. */
export interface AfterSignOutServices extends ForwardSignedOutServices {
  readonly errorResponses: ErrorResponses
  readonly signOutStates: SignOutStates
}

/**
 * Handles the return from a sign-out at the provider: checks the `state`, and redirects to the same page without it. If
 * the sign-out did not start here, the response is an error page.
 *
 * @see {@link https://openid.net/specs/openid-connect-rpinitiated-1_0.html#RedirectionAfterLogout}
 */
export async function completeLogout(
  services: AfterSignOutServices,
  request: RouteRequest,
): Promise<Response> {
  const { errorResponses, previewSignOuts, signOutStates } = services
  const state = ownState(request.url) ?? ''
  if (previewSignOuts.isForwarding && state.startsWith(PREVIEW_PREFIX)) {
    const { forwardSignedOut } = await loadForwardSignedOut()
    return forwardSignedOut(services, request, state)
  }
  const landing = await signOutStates.open(state)
  if (landing !== undefined) return redirect(landing)
  const error = foreignState(
    'The state of the sign-out was not created by this application for this provider and client.',
  )
  return errorResponses.toResponse(request, error)
}
