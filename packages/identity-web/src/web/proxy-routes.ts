import type { AuthorityKind } from '../authority/index.ts'
import { scopesToCall } from '../client/index.ts'
import { IdentityError } from '../errors.ts'
import { createGuard } from './guard/guard.ts'
import { toRouteRequirement } from './guard/requirement.ts'
import type { Forward } from './http/proxied.ts'
import type { Route } from './http/routes.ts'
import { loadProxy } from './on-demand.ts'
import { assertNoRouteBelow, assertReachable, type ProxyTable } from './options/proxy-table.ts'
import type { ProxySettings } from './options/resolve-proxy.ts'
import type { ProxyServices } from './proxy/forward.ts'
import type { GuardedProxy } from './proxy/send.ts'

/** The routes of the proxies of an `Auth`. */
export interface ProxyRoutes {
  /** Checks a proxy against the settings of the `Auth`. @throws IdentityError `configuration` */
  add(proxy: ProxySettings): void
  /** Finds the proxy of a request. @param url - The path and query, as the browser sent them. */
  find(table: ProxyTable, url: string): Route | undefined
}

/** @param paths - The paths of the routes of sign-in. */
export function createProxyRoutes(
  services: ProxyServices,
  { paths, kind }: { readonly paths: readonly string[]; readonly kind: AuthorityKind },
): ProxyRoutes {
  const routes = new Map<ProxySettings, Route>()
  const { location } = services.flow

  function add(proxy: ProxySettings): Route {
    const route = routes.get(proxy) ?? toRoute(services, toGuarded(proxy))
    routes.set(proxy, route)
    return route
  }

  function toGuarded(proxy: ProxySettings): GuardedProxy {
    assertNoRouteBelow(proxy, paths)
    if (location.servesOnly !== undefined) assertReachable(proxy, location.servesOnly)
    const { scopes, token } = proxy
    const requirement = toRouteRequirement(
      { challenge: 'unauthorized', ...(token === 'user' && { scopes }) },
      kind,
    )
    if (token !== 'none') assertOwnApi(services, proxy)
    return { proxy, requirement, guard: createGuard(services, requirement) }
  }

  return {
    add: (proxy) => void add(proxy),
    find(table, url) {
      // The framework tells where the application is mounted with a request.
      if (location.servesOnly !== undefined) table.assertReachable(location.servesOnly)
      const proxy = table.find(url)
      return proxy && add(proxy)
    },
  }
}

/** @throws IdentityError `configuration` if the token would go to another host than that of the API which its scopes name. */
function assertOwnApi(
  { apis, clients }: ProxyServices,
  { path, scopes, target: { origin } }: ProxySettings,
): void {
  const requested = scopesToCall(scopes, clients.main.client.traits.prefixedScopes)
  try {
    apis.toUrl(new URL(origin), requested)
  } catch (cause) {
    throw new IdentityError(
      'configuration',
      `auth.proxy('${path}') would send the access token to ${origin}, but its scopes ${requested.scopes.join(' ')} belong to an API of another origin. Set target to a URL of that API, or set the scopes of the API at ${origin}.`,
      { cause },
    )
  }
}

function toRoute(services: ProxyServices, guarded: GuardedProxy): Route {
  let forward: Forward | undefined
  const route: Route = () =>
    Promise.reject(new TypeError('The adapter does not forward the requests of a proxy.'))
  const load = async (): Promise<Forward> => {
    const { createForward } = await loadProxy()
    forward ??= createForward(services, guarded)
    return forward
  }
  return Object.assign(route, {
    forward: ((request) => {
      if (forward !== undefined) return forward(request)
      return load().then((loaded) => loaded(request))
    }) satisfies Forward,
  } satisfies Pick<Route, 'forward'>)
}
