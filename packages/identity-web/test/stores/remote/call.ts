/** A call of a method of a store, or of one of its locks, in another process. */
export interface RemoteCall {
  readonly method: string
  readonly args: readonly unknown[]
  /** The ID of the lock, for a method of a lock. */
  readonly lock?: string | undefined
}

/** The response to a call. */
export type RemoteResult =
  | { readonly error: string }
  /** `lock` is the ID of the lock that the method returned. */
  | { readonly value?: unknown; readonly lock?: string }
