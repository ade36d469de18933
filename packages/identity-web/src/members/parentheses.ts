import { IdentityError } from '../errors.ts'

/**
 * Rejects a guard that a framework calls with its request, as in `app.use(auth.loginRequired)`.
 *
 * @param guard - The name of the guard.
 * @param given - The arguments of the guard. A requirement is a plain object. A request is not, but some frameworks pass it in
 *   a plain object.
 * @throws IdentityError `configuration` with the correct code.
 */
export function assertParentheses(guard: string, [first]: readonly unknown[]): void {
  if (typeof first !== 'object' || first === null) return
  if (isPlain(first) && !hasRequest(first)) return
  throw new IdentityError(
    'configuration',
    `The framework called ${guard} with a request, because the parentheses are missing. Write ${guard}() instead of ${guard} where you pass the guard to your application or to a route.`,
  )
}

/** Whether an object is a literal. The prototype of a literal has no prototype, also if another realm made it. */
function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value) as object | null
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

/** Whether an object contains a request, like the argument of a loader. */
function hasRequest({ request }: { readonly request?: unknown }): boolean {
  return typeof request === 'object' && request !== null && 'headers' in request
}
