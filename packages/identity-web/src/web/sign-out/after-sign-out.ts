import { IdentityError } from '../../errors.ts'
import type { Encryption } from '../../encryption/index.ts'
import type { ErrorResponses } from '../http/error-response.ts'
import { redirect } from '../http/responses.ts'
import type { RouteRequest } from '../http/routes.ts'
import { landingUrl, type SignInFlow } from '../options/flow.ts'

/** Distinguishes the `state` of this library from a `state` of the application, without decrypting it. */
const STATE_PREFIX = 'signed-out.'

/** The options that determine the page after a sign-out at the provider. */
export interface LandingOptions {
  readonly flow: SignInFlow
  readonly postLogoutRedirectUri: string | undefined
  readonly routes?: boolean | undefined
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
  /** Returns the `state` of a sign-out, or `undefined` if the provider does not redirect to a route of this library. */
  create(postLogoutRedirectUri: string): Promise<string | undefined>
  /** Returns the URL to redirect to, or `undefined` if the `state` was not made here. */
  open(state: string): Promise<string | undefined>
}

/** @param sealer - Encrypts the states. */
export function createSignOutStates(
  options: LandingOptions,
  encryption: Encryption,
): SignOutStates {
  const { flow, postLogoutRedirectUri: configured } = options
  return {
    isLanding(path) {
      const landing = landingPath(options)
      // Frameworks and proxies add or remove the slash at the end of the home page.
      return landing !== undefined && withoutSlash(path) === withoutSlash(landing)
    },

    async create(postLogoutRedirectUri) {
      const isChecked =
        landingPath(options) !== undefined && postLogoutRedirectUri === landingUrl(flow, configured)
      return isChecked
        ? STATE_PREFIX + (await encryption.encrypt({ landing: postLogoutRedirectUri }))
        : undefined
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

/** The services that the landing after a sign-out uses. */
export interface AfterSignOutServices {
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
  { errorResponses, signOutStates }: AfterSignOutServices,
  request: RouteRequest,
): Promise<Response> {
  const landing = await signOutStates.open(ownState(request.url) ?? '')
  if (landing !== undefined) return redirect(landing)
  const error = new IdentityError(
    'invalid_request',
    'The state of the sign-out was not created by this application for this provider and client.',
  )
  return errorResponses.toResponse(request, error)
}
