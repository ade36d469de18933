// Finds the forwarded path of a request.
import type { AuthorityKind } from '../authority/index.ts'
import { scopesToCall } from '../client/index.ts'
import { configurationError } from '../errors.ts'
import type { GuardedPath } from './forward/send.ts'
import { createGuard } from './guard/guard.ts'
import { toRouteRequirement } from './guard/requirement.ts'
import type { Forward } from './http/forward.ts'
import type { Route } from './http/routes.ts'
import { loadRoutes } from './load-routes.ts'
import { assertNoRouteBelow, assertReachable, type ForwardTable } from './http/forward-table.ts'
import type { ForwardSettings } from '../options/resolve-forward.ts'
import type { GuardServices } from './guard/services.ts'

/** The routes of the forwarded paths of an `Auth`. */
export interface ForwardRoutes {
  /** Checks a forwarded path against the settings of the `Auth`. @throws IdentityError `configuration` */
  add(settings: ForwardSettings): void
  /** Finds the forwarded path of a request. @param url - The path and query, as the browser sent them. */
  find(table: ForwardTable, url: string): Route | undefined
}

/** @param paths - The paths of the routes of sign-in. */
export function createForwardRoutes(
  services: GuardServices,
  { paths, kind }: { readonly paths: readonly string[]; readonly kind: AuthorityKind },
): ForwardRoutes {
  const routes = new Map<ForwardSettings, Route>()
  const { location } = services.site

  function add(settings: ForwardSettings): Route {
    const route = routes.get(settings) ?? toRoute(services, toGuarded(settings))
    routes.set(settings, route)
    return route
  }

  function toGuarded(settings: ForwardSettings): GuardedPath {
    assertNoRouteBelow(settings, paths)
    if (location.servesOnly !== undefined) assertReachable(settings, location.servesOnly)
    const { scopes, token } = settings
    const requirement = toRouteRequirement(
      { challenge: 'unauthorized', ...(token === 'user' && { scopes }) },
      kind,
    )
    if (token !== 'none') assertOwnApi(services, settings)
    return { settings, requirement, guard: createGuard(services, requirement) }
  }

  return {
    add: (settings) => void add(settings),
    find(table, url) {
      // The framework tells where the application is mounted with a request.
      if (location.servesOnly !== undefined) table.assertReachable(location.servesOnly)
      const settings = table.find(url)
      return settings && add(settings)
    },
  }
}

/**
 * @throws IdentityError `configuration` if the token would be sent to another host than the host of the API that its
 *   scopes belong to.
 */
function assertOwnApi(
  { provider }: GuardServices,
  { path, scopes, target: { origin } }: ForwardSettings,
): void {
  const requested = scopesToCall(scopes, provider.client.traits.prefixedScopes)
  try {
    provider.apis.toUrl(new URL(origin), requested)
  } catch (cause) {
    throw configurationError(
      `auth.forward('${path}') would send the access token to ${origin}, but the scopes ${requested.scopes.join(' ')} of the token belong to an API at another origin. Set target to a URL of that API, or set the scopes of the API at ${origin}.`,
      { cause },
    )
  }
}

function toRoute(services: GuardServices, guarded: GuardedPath): Route {
  let forward: Forward | undefined
  const route: Route = () => Promise.reject(new TypeError('The adapter does not forward requests.'))
  const load = async (): Promise<Forward> => {
    const { createForward } = await loadRoutes()
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
