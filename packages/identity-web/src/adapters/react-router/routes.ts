// Adds the sign-in routes to `app/routes.ts`.
/** A route in `app/routes.ts`. @public */
export interface SignInRoute {
  /** The route's name. */
  readonly id: string
  /** The path pattern, which matches every URL that the other routes do not match. */
  readonly path: string
  /** The file of the route module, which this package contains. */
  readonly file: string
}

/**
 * Returns the routes that React Router needs to call the `Auth` middleware for the sign-in URLs, such as `/redirect`. Add them
 * to `app/routes.ts`.
 *
 * The route matches every URL that your other routes do not match, but your error boundary still shows the status 404 for these
 * URLs. If you have a route for `*`, you do not need this function. It does not throw.
 * @returns A list of routes, which is the same for every redirect URI.
 * @example
 * ```ts
 * import { index, type RouteConfig } from '@react-router/dev/routes'
 * import { signInRoutes } from 'identity-web/react-router/routes'
 *
 * export default [index('home.tsx'), ...signInRoutes()] satisfies RouteConfig
 * ```
 * @public
 */
export function signInRoutes(): SignInRoute[] {
  const { pathname } = new URL('./sign-in-page.js', import.meta.url)
  // On Windows, the path of a file URL starts with a slash and the drive.
  const file = decodeURIComponent(pathname).replace(/^\/(?=[A-Za-z]:\/)/, '')
  return [{ id: 'identity-web/sign-in', path: '*', file }]
}
