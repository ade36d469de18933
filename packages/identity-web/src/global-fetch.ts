/** The global `fetch`. Edge runtimes do not allow to call it as a method of another object, so it needs a wrapper. */
export const globalFetch: typeof fetch = (input, init) => fetch(input, init)

const wrappers = new WeakSet<typeof fetch>([globalFetch])

/** Marks a function that calls the global `fetch`, so that errors do not name a function of the application. */
export function markGlobalFetch(wrapper: typeof fetch): typeof fetch {
  wrappers.add(wrapper)
  return wrapper
}

/** Returns whether a function calls the global `fetch`. The application did not pass it. */
export function isGlobalFetch(given: typeof fetch): boolean {
  return wrappers.has(given)
}
