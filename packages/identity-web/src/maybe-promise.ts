/** A value, or a promise of it. A value that is already known does not need a promise, because a promise costs time. */
export type MaybePromise<T> = T | Promise<T>

/** Calls a function with a value: immediately if the value is known, otherwise when its promise resolves. */
export function andThen<T, R>(
  value: MaybePromise<T>,
  next: (value: T) => MaybePromise<R>,
): MaybePromise<R> {
  return value instanceof Promise ? value.then(next) : next(value)
}
