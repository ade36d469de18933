// The return from a sign-out at the provider.
import type { Encryption } from '../../encryption/index.ts'
import { redirect } from '../http/responses.ts'
import type { RouteRequest } from '../http/routes.ts'
import { landingUrl, type Site } from '../../seams/site.ts'
import { PREVIEW_PREFIX } from '../../seams/previews.ts'
import type { AppServices } from '../runtime/services.ts'

/** Distinguishes the `state` of this library from a `state` of the application, without decrypting it. */
const STATE_PREFIX = 'signed-out.'

/** The options that determine the page after a sign-out at the provider. */
export interface LandingOptions {
  readonly site: Site
  readonly routes?: boolean | undefined
}

/**
 * Returns the path of the page after a sign-out, if it belongs to this application and this library handles the routes.
 * The `state` would stay in the URL of a page that another server handles.
 */
function landingPath({ site, routes }: LandingOptions): string | undefined {
  const landing = landingUrl(site)
  if (site.signIn.kind !== 'code' || landing === undefined || routes === false) return undefined
  const { origin, pathname } = new URL(landing)
  return origin === site.origin && site.location.owns(pathname) ? pathname : undefined
}

/** Creates and checks the `state` of sign-outs. */
export interface SignOutStates {
  /**
   * Returns whether the provider redirects users to this path after a sign-out, and this library has a route for the
   * path.
   */
  isLanding(path: string): boolean
  /**
   * Returns the parameters for the provider: the redirect URL, and the `state` that contains the URL to which users
   * return.
   */
  create(landing: string): Promise<SignOutReturn>
  /**
   * Returns the URL to redirect to. If the `state` was not made here, such as that of another `Auth`, it is the same page
   * without it, because nothing depends on this state.
   */
  open(state: string, query: string): Promise<string>
}

/** The parameters of a sign-out at the provider. */
export interface SignOutReturn {
  readonly postLogoutRedirectUri: string
  /** The `state` of the sign-out. Not set if the provider does not redirect to a route of this library. */
  readonly state: string | undefined
}

export function createSignOutStates(
  options: LandingOptions,
  { encryption, previews }: Pick<AppServices, 'previews'> & { readonly encryption: Encryption },
): SignOutStates {
  const { site } = options

  return {
    isLanding(path) {
      const landing = landingPath(options)
      // Frameworks and proxies add or remove the slash at the end of the home page.
      return landing !== undefined && withoutSlash(path) === withoutSlash(landing)
    },

    async create(landing) {
      const isChecked = landingPath(options) !== undefined && landing === landingUrl(site)
      if (!isChecked) return { postLogoutRedirectUri: landing, state: undefined }
      const state = STATE_PREFIX + (await encryption.encrypt({ landing }))
      const isPreview = previews?.ownOrigin !== undefined
      if (!isPreview || site.signIn.kind !== 'code' || site.postLogoutRedirectUri !== undefined) {
        return { postLogoutRedirectUri: landing, state }
      }
      // The provider knows only the pages of the deployment of the redirect URI, which relays users to this preview.
      return {
        postLogoutRedirectUri: new URL(site.signIn.redirectUri).origin + site.location.homePath,
        state: STATE_PREFIX + (await previews.wrap('sign-out', state)),
      }
    },

    async open(state, query) {
      const opened = (await encryption.decrypt(state)) as { readonly landing: string } | undefined
      if (opened !== undefined) return opened.landing
      const parameters = new URLSearchParams(query)
      for (const value of parameters.getAll('state'))
        if (value.startsWith(STATE_PREFIX)) parameters.delete('state', value)
      const rest = parameters.toString()
      return `${site.origin}${landingPath(options)}${rest && `?${rest}`}`
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

/**
 * Handles the return from a sign-out at the provider: checks the `state`, and redirects to the same page without it.
 *
 * @see {@link https://openid.net/specs/openid-connect-rpinitiated-1_0.html#RedirectionAfterLogout}
 */
export async function completeLogout(
  services: AppServices & { readonly signOutStates: SignOutStates },
  request: RouteRequest,
): Promise<Response> {
  const { previews, signOutStates } = services
  const state = ownState(request.url) ?? ''
  const isRelayed = previews?.ownOrigin === undefined && state.startsWith(PREVIEW_PREFIX)
  const relayed = isRelayed ? await previews?.relaySignOut(state) : undefined
  return relayed ?? redirect(await signOutStates.open(state, request.query))
}
