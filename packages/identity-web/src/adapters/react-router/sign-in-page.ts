// The route module of `signInRoutes()`. The middleware of `Auth` responds to the URLs of sign-in before it. Every other URL
// is unknown, so it does what React Router does without a route.

/**
 * Responds with 404. Because of this loader, the router in the browser asks the server for each sign-in URL.
 * @throws The response.
 * @example
 * ```ts
 * export { action, default, loader } from 'identity-web/react-router/sign-in-page'
 * ```
 * @public
 */
export function loader(): never {
  // oxlint-disable-next-line typescript/only-throw-error -- The error boundary of the application shows this response.
  throw notFound()
}

/**
 * Responds with 404.
 * @throws The response.
 * @example
 * ```ts
 * export { action, default, loader } from 'identity-web/react-router/sign-in-page'
 * ```
 * @public
 */
export function action(): never {
  // oxlint-disable-next-line typescript/only-throw-error -- As above.
  throw notFound()
}

/**
 * The route's component. Because the route has a component, the application's error boundary shows the 404 page. It
 * does not throw.
 * @returns An empty page.
 * @example
 * ```ts
 * export { action, default, loader } from 'identity-web/react-router/sign-in-page'
 * ```
 * @public
 */
// oxlint-disable-next-line import/no-default-export -- React Router reads the component from it.
export default function SignInPage(): null {
  return null
}

function notFound(): Response {
  return new Response('Not Found', { status: 404, statusText: 'Not Found' })
}
