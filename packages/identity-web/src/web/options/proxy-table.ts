import { IdentityError } from '../../errors.ts'
import { pathOf } from './app-location.ts'
import type { ProxySettings } from './resolve-proxy.ts'

/** The proxies that an application declared. All environments of the application share them. */
export class ProxyTable {
  /** The proxy with the longest path comes first. */
  #proxies: readonly ProxySettings[] = []

  /** @throws IdentityError `configuration` if there is a proxy with this path. */
  add(proxy: ProxySettings): void {
    if (this.#proxies.some(({ path }) => path === proxy.path)) {
      throw new IdentityError(
        'configuration',
        `auth.proxy('${proxy.path}') was called twice. Choose another path for one of the proxies.`,
      )
    }
    this.#proxies = [...this.#proxies, proxy].toSorted((a, b) => b.path.length - a.path.length)
  }

  /** @throws IdentityError `configuration` for the first proxy that cannot get requests. */
  assertReachable(base: string): void {
    for (const proxy of this.#proxies) assertReachable(proxy, base)
  }

  /**
   * Finds the proxy of a request.
   *
   * @param url - The path and query, as the browser sent them. A client can also send an absolute URL.
   */
  find(url: string): ProxySettings | undefined {
    const path = pathOf(url.startsWith('/') ? url : withoutOrigin(url))
    return this.#proxies.find((proxy) => isBelow(path, proxy.path))
  }
}

function isBelow(path: string, folder: string): boolean {
  return path.startsWith(folder) && (path.length === folder.length || path[folder.length] === '/')
}

/** Frameworks route a request with an absolute URL by its path. */
function withoutOrigin(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : url
}

/**
 * Checks that no route of this library is below the path of a proxy.
 *
 * @throws IdentityError `configuration`.
 */
export function assertNoRouteBelow({ path }: ProxySettings, routes: readonly string[]): void {
  const hidden = routes.find((route) => isBelow(route, path))
  if (hidden === undefined) return
  throw new IdentityError(
    'configuration',
    `auth.proxy('${path}') is not possible, because ${hidden} is a route of the sign-in. Choose another path for the proxy, or another redirectUri.`,
  )
}

/**
 * Checks that the application gets the requests of a proxy.
 *
 * @param base - The path below which the application gets requests, as browsers send them.
 * @throws IdentityError `configuration`.
 */
export function assertReachable({ path }: ProxySettings, base: string): void {
  if (isBelow(path, base)) return
  throw new IdentityError(
    'configuration',
    `auth.proxy('${path}') cannot get requests, because the application is below ${base}. Use auth.proxy('${base}${path}'), and request this path in the browser.`,
  )
}
