// The results of the methods of a store. Not every store throws when it fails.

/** A store reported that it did not store or delete a value. */
export class StoreRejection extends Error {
  /** @param method - The method that reported it. */
  constructor(method: 'set' | 'delete') {
    super(
      method === 'set'
        ? 'set returned false, so the value was not stored'
        : 'delete returned false, and the value is still stored',
    )
  }
}

/**
 * Passes on the result of `set`.
 *
 * @throws StoreRejection for `false`. A Keyv before version 5.4 returns it when its database fails.
 */
export function assertStored(result: unknown): unknown {
  if (result === false) throw new StoreRejection('set')
  return result
}

/** How a Keyv reports the errors of its database. */
export type KeyvErrors = 'thrown' | 'hidden'

/**
 * Returns how a store reports errors, if it is a Keyv. Version 5 hides them unless `throwOnErrors` is `true`, and the
 * option exists since 5.4. Version 4 always throws.
 *
 * @returns `undefined` if the store is not a Keyv of version 5 or later.
 */
export function keyvErrorsOf(store: object): KeyvErrors | undefined {
  const isKeyv = 'throwOnErrors' in store || ['opts', 'hooks', 'stats'].every((key) => key in store)
  if (!isKeyv) return undefined
  return (store as { readonly throwOnErrors?: unknown }).throwOnErrors === true
    ? 'thrown'
    : 'hidden'
}
