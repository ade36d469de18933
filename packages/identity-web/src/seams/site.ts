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

/** The authorization code flow: the provider sends the browser back to the redirect URI. */
export interface CodeFlow {
  readonly kind: 'code'
  /** The redirect URI that is registered at the provider, although a preview deployment has another origin. */
  readonly redirectUri: string
  /** The application's own origin, which is taken from the options, never from a request header. */
  readonly origin: string
  readonly way?: undefined
  readonly paths: AuthPaths
  readonly location: AppLocation
}

/** The flow of a way to sign in without a redirect URI. The application therefore does not know its own origin. */
export interface WayFlow {
  readonly kind: SignInWay['kind']
  readonly way: SignInWay
  readonly origin?: undefined
  readonly paths: AuthPaths
  readonly location: AppLocation
}

/** The flow with a platform that signs users in before their requests reach the application. */
export interface PlatformFlow {
  readonly kind: 'platform'
  readonly platform: Platform
  /**
   * Always `undefined`, because the application does not know its own origin. A redirect URI determines only the folder
   * of its routes.
   */
  readonly origin?: undefined
  readonly way?: undefined
  readonly paths: AuthPaths
  readonly location: AppLocation
}

/** The flow with which users of this application sign in. */
export type SignInFlow = CodeFlow | WayFlow | PlatformFlow

/** The values that change an application's flow. */
interface FlowVariant {
  readonly platform: Platform | undefined
  readonly way: SignInWay | undefined
  /** This deployment's origin, if it differs from the redirect URI's origin. */
  readonly ownOrigin: string | undefined
  /** The session endpoint's path, if there is one. */
  readonly sessionPath: string | undefined
}

/**
 * Returns the flow for the resolved options, or `undefined` if the flow needs a redirect URI and the options do not
 * contain one.
 */
export function toSignInFlow(
  redirectUri: URL | undefined,
  options: LocationOptions,
  { platform, way, ownOrigin, sessionPath }: FlowVariant,
): SignInFlow | undefined {
  const paths = withSession(toPaths(redirectUri, options.basePath), sessionPath)
  const location = createAppLocation(options, paths.callback)
  if (platform !== undefined) return { kind: 'platform', platform, paths, location }
  if (way !== undefined) return { kind: way.kind, way, paths, location }
  if (redirectUri === undefined) return undefined
  const { href, origin } = redirectUri
  return { kind: 'code', redirectUri: href, origin: ownOrigin ?? origin, paths, location }
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

/** Returns the URL for one of this application's paths, without an origin if the flow does not have one. */
export function ownUrl({ origin = '' }: SignInFlow, path: string): string {
  return origin + path
}

/** Returns the URL to which users return by default. */
export function homeUrl(flow: SignInFlow): string {
  return ownUrl(flow, flow.location.homePath)
}

/** Returns the URL to which users return after a sign-out by default, or `undefined` without a redirect URI. */
export function landingUrl(flow: SignInFlow, configured: string | undefined): string | undefined {
  return configured ?? (flow.kind === 'code' ? homeUrl(flow) : undefined)
}
