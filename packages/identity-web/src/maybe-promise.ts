// Continues at once if a value is known, or else after its promise.
/**
 * A value, or a promise of the value. A value that is already known is not wrapped in a promise, because a promise
 * costs time.
 */
export type MaybePromise<T> = T | PromiseLike<T>

/**
 * Returns whether a value is a promise of any class. `instanceof Promise` does not work if another package, such as
 * zone.js, replaces the global `Promise`.
 */
export function isThenable<T>(value: MaybePromise<T>): value is PromiseLike<T> {
  return (
    ((typeof value === 'object' && value !== null) || typeof value === 'function') &&
    typeof (value as { readonly then?: unknown }).then === 'function'
  )
}

/** Calls a function with a value: immediately if the value is known, otherwise when its promise resolves. */
export function andThen<T, R>(
  value: MaybePromise<T>,
  next: (value: T) => MaybePromise<R>,
): MaybePromise<R> {
  return isThenable(value) ? later(value, next) : next(value)
}

async function later<T, R>(value: PromiseLike<T>, next: (value: T) => MaybePromise<R>): Promise<R> {
  return next(await value)
}
