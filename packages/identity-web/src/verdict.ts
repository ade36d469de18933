// The decision of a guard, which only this file can make.
import type { HttpContext, RouteGuard } from './http-context.ts'
import { andThen, isThenable, type MaybePromise } from './maybe-promise.ts'

// A guard's decision is a value that only this module makes. Anything else (a response, `undefined`, a promise that was
// not awaited, an object of another package) rejects the request. Another package can replace `Response` and `Promise`,
// so their types must not decide who may pass.

/** The decision that a request may reach its handler, with the handler's context. */
export class Allowed<Context> {
  readonly #context: Context

  constructor(context: Context) {
    this.#context = context
  }

  /**
   * Returns whether a value is this decision. Other objects, and objects with its prototype, cannot have the private
   * field.
   */
  static is<Context>(verdict: Allowed<Context> | object | undefined): verdict is Allowed<Context> {
    return isObject(verdict) && #context in verdict
  }

  get context(): Context {
    return this.#context
  }
}

/** The decision that a request must not reach its handler, with the response. */
export class Rejected {
  readonly #response: Response

  constructor(response: Response) {
    // Adapters understand a missing response as "the handler has responded".
    if (!isObject(response) || isThenable<unknown>(response)) throw unknownVerdict()
    this.#response = response
  }

  static is(verdict: object | undefined): verdict is Rejected {
    return isObject(verdict) && #response in verdict
  }

  get response(): Response {
    return this.#response
  }
}

export type Verdict<Context> = Allowed<Context> | Rejected

/** The error for a decision that a guard does not know, so the framework responds with 500. */
export function unknownVerdict(): TypeError {
  return new TypeError(
    'A guard of identity-web rejected the request, because a step of the guard returned a value that the guard does not know. Another package of this process may have replaced a global object. See the guide versions.md.',
  )
}

/** A guarded function's result, or the response if its guard rejected the request. */
export type Outcome<Result> =
  | { readonly result: Result; readonly rejection?: undefined }
  | { readonly rejection: Response; readonly result?: undefined }

/**
 * Runs a guard for a framework whose functions return data. A missing response does not allow the request, because only
 * a function that ran has a result.
 */
export function runGuarded<Context, Result>(
  guard: RouteGuard<Context>,
  http: HttpContext,
  run: (context: Context) => MaybePromise<Result>,
): MaybePromise<Outcome<Result>> {
  let outcome: Outcome<Result> | undefined
  const response = guard(http, (context) =>
    andThen(run(context), (result) => {
      outcome = { result }
      return undefined
    }),
  )
  return andThen(response, (rejection) => {
    if (isObject(rejection)) return { rejection }
    if (outcome === undefined || typeof rejection !== 'undefined') throw unknownVerdict()
    return outcome
  })
}

/**
 * Runs a guard for a framework that calls the next function itself, so that the guard has no handler.
 *
 * @param accept - Called with the context of an allowed request.
 * @returns `true` if the request is allowed, otherwise the response to it.
 */
export function isAllowedBy<Context>(
  guard: RouteGuard<Context>,
  http: HttpContext,
  accept: (context: Context) => void,
): MaybePromise<true | Response> {
  return andThen(runGuarded(guard, http, accept), ({ rejection }) => rejection ?? true)
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
