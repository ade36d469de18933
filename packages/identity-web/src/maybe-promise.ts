/** A value, or a promise of it. A value that is already known does not need a promise, because a promise costs time. */
export type MaybePromise<T> = T | PromiseLike<T>

/**
 * Whether a value is a promise of any class. `instanceof Promise` would miss native promises if another package replaces
 * the global `Promise`, as zone.js does, and the promises of such packages otherwise.
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
