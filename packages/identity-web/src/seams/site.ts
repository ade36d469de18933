import { createAppLocation, type AppLocation, type LocationOptions } from './app-location.ts'
import type { Platform } from './platform.ts'
import type { SignInWay } from './sign-in-way.ts'

/** The paths of the `Auth` routes, as the browser requests them. `auth.paths` contains them. @public */
export interface AuthPaths {
  /**
   * Starts a sign-in. The query can contain `return_to=/path`, the page to return to, and `prompt`, `login_hint` and
   * `domain_hint`.
   */
  readonly login: string
  /** Signs the user out. Use it in links and forms. */
  readonly logout: string
  /**
   * Receives the authorization response, at the path of `redirectUri`, or at `/redirect` if `redirectUri` is not set.
   */
  readonly callback: string
  /**
   * The path of the front-channel logout URL, which the provider loads in a hidden iframe when the user signs out of
   * another application.
   */
  readonly frontChannelLogout: string
  /**
   * The path of the back-channel logout URL, which the provider's server calls when the user signs out of another
   * application.
   */
  readonly backChannelLogout: string
  /** The session endpoint, which scripts call. @defaultValue not set without the option `browser` */
  readonly session?: string
}

/** The place of an application: where its pages and routes are, and how its users sign in. */
export interface Site {
  /**
   * The application's own origin, which is taken from the options, never from a request header. `undefined` without a
   * redirect URI, because the application then does not know its origin.
   */
  readonly origin: string | undefined
  readonly paths: AuthPaths
  readonly location: AppLocation
  readonly signIn: SignIn
  /** The URL to which users return after a sign-out. Not set if they return to the home page. */
  readonly postLogoutRedirectUri: string | undefined
  /** The other origins whose pages may send requests. */
  readonly trustedOrigins: readonly string[]
}

/** How the users of an application sign in. */
export type SignIn = CodeSignIn | WaySignIn | PlatformSignIn

/** The authorization code flow: the provider sends the browser back to the redirect URI. */
export interface CodeSignIn {
  readonly kind: 'code'
  /** The redirect URI that is registered at the provider, although a preview deployment has another origin. */
  readonly redirectUri: string
  readonly way?: undefined
}

/** A way to sign in without a redirect URI. */
export interface WaySignIn {
  readonly kind: SignInWay['kind']
  readonly way: SignInWay
}

/** A platform that signs users in before their requests reach the application. */
export interface PlatformSignIn {
  readonly kind: 'platform'
  readonly platform: Platform
  readonly way?: undefined
}

/** The other values that determine the place of an application. */
interface SiteVariant {
  readonly platform: Platform | undefined
  readonly way: SignInWay | undefined
  /** This deployment's origin, if it differs from the redirect URI's origin. */
  readonly ownOrigin: string | undefined
  /** The session endpoint's path, if there is one. */
  readonly sessionPath: string | undefined
  /** The options that stay as they are. */
  readonly given: Partial<Pick<Site, 'postLogoutRedirectUri' | 'trustedOrigins'>>
}

/**
 * Returns the site for the resolved options, or `undefined` if the sign-in needs a redirect URI and the options do not
 * contain one.
 */
export function toSite(
  redirectUri: URL | undefined,
  options: LocationOptions,
  { platform, way, ownOrigin, sessionPath, given }: SiteVariant,
): Site | undefined {
  const paths = withSession(toPaths(redirectUri, options.basePath), sessionPath)
  const location = createAppLocation(options, paths.callback)
  const { postLogoutRedirectUri, trustedOrigins = [] } = given
  const site = {
    origin: undefined,
    paths,
    location,
    postLogoutRedirectUri,
    trustedOrigins: [...trustedOrigins],
  }
  // With a platform, a redirect URI determines only the folder of the routes.
  if (platform !== undefined) return { ...site, signIn: { kind: 'platform', platform } }
  if (way !== undefined) return { ...site, signIn: { kind: way.kind, way } }
  if (redirectUri === undefined) return undefined
  const { href, origin } = redirectUri
  return { ...site, origin: ownOrigin ?? origin, signIn: { kind: 'code', redirectUri: href } }
}

/** Returns the routes' paths, which are in the same directory as the callback. */
export function toPaths(redirectUri: URL | undefined, basePath = ''): AuthPaths {
  const callback = redirectUri?.pathname ?? `${basePath}/redirect`
  const directory = callback.slice(0, callback.lastIndexOf('/') + 1)
  return Object.freeze({
    login: `${directory}login`,
    logout: `${directory}logout`,
    callback,
    frontChannelLogout: `${directory}front-channel-logout`,
    backChannelLogout: `${directory}back-channel-logout`,
  })
}

/** Adds the session endpoint's path, if there is one. */
export function withSession(paths: AuthPaths, session: string | undefined): AuthPaths {
  return session === undefined ? paths : Object.freeze({ ...paths, session })
}

/** Returns the URL for one of this application's paths, without an origin if the site does not have one. */
export function ownUrl({ origin = '' }: Pick<Site, 'origin'>, path: string): string {
  return origin + path
}

/** Returns the URL to which users return by default. */
export function homeUrl(site: Site): string {
  return ownUrl(site, site.location.homePath)
}

/** Returns the URL to which users return after a sign-out by default, or `undefined` without a redirect URI. */
export function landingUrl(site: Site): string | undefined {
  return site.postLogoutRedirectUri ?? (site.signIn.kind === 'code' ? homeUrl(site) : undefined)
}
