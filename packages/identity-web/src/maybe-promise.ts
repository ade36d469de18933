/** A value now, or a promise of it: what is there at once need not be waited for, and a needless promise costs. */
export type MaybePromise<T> = T | Promise<T>

/** Goes on with a value, at once where it is there already: a needless promise costs the hot path. */
export function andThen<T, R>(
  value: MaybePromise<T>,
  next: (value: T) => MaybePromise<R>,
): MaybePromise<R> {
  return value instanceof Promise ? value.then(next) : next(value)
}
