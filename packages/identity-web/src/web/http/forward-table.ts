// The forwarded paths, and conflicts with routes.
import { configurationError } from '../../errors.ts'
import { isBelow, pathOf } from '../../seams/app-location.ts'
import type { ForwardSettings } from '../../options/resolve-forward.ts'

/** The paths that an application forwards. All environments of the application share them. */
export class ForwardTable {
  /** The forwarded paths. The longest path is the first one. */
  #forwards: readonly ForwardSettings[] = []

  /** @throws IdentityError `configuration` if the path is forwarded already. */
  add(settings: ForwardSettings): void {
    if (this.#forwards.some(({ path }) => path === settings.path)) {
      throw configurationError(
        `auth.forward('${settings.path}') was called twice. Choose another path in one of the calls.`,
      )
    }
    this.#forwards = [...this.#forwards, settings].toSorted((a, b) => b.path.length - a.path.length)
  }

  /** @throws IdentityError `configuration` for the first path that cannot get requests. */
  assertReachable(base: string): void {
    for (const settings of this.#forwards) assertReachable(settings, base)
  }

  /**
   * Finds the forwarded path of a request.
   *
   * @param url - The path and query, as the browser sent them. A client can also send an absolute URL.
   */
  find(url: string): ForwardSettings | undefined {
    const path = pathOf(url.startsWith('/') ? url : withoutOrigin(url))
    return this.#forwards.find((settings) => isBelow(path, settings.path))
  }
}

/** Returns a URL without its origin. Frameworks also use only the path if a request has an absolute URL. */
function withoutOrigin(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : url
}

/**
 * Checks that no route of this library is below a forwarded path.
 *
 * @throws IdentityError `configuration`.
 */
export function assertNoRouteBelow({ path }: ForwardSettings, routes: readonly string[]): void {
  const hidden = routes.find((route) => isBelow(route, path))
  if (hidden === undefined) return
  throw configurationError(
    `auth.forward('${path}') is not possible, because ${hidden} is a route of the sign-in. Choose another path, or another redirectUri.`,
  )
}

/**
 * Checks that the application gets the requests for a forwarded path.
 *
 * @param base - The path below which the application gets requests, as browsers send them.
 * @throws IdentityError `configuration`.
 */
export function assertReachable({ path }: ForwardSettings, base: string): void {
  if (isBelow(path, base)) return
  throw configurationError(
    `auth.forward('${path}') cannot get requests, because the application is below ${base}. Use auth.forward('${base}${path}'), and request this path in the browser.`,
  )
}
