/** A call of the store, as the worker sends it to the object. It has the arguments of the method with this name. */
export type StoreCall =
  | { readonly method: 'getMany'; readonly keys: readonly string[] }
  | {
      readonly method: 'set'
      readonly key: string
      readonly value: string
      readonly ttlMs: number
      /** The owner of the lock of this key, if the value may be stored only with the lock. */
      readonly owner?: string
    }
  | { readonly method: 'delete'; readonly key: string }
  | { readonly method: 'touch'; readonly key: string; readonly ttlMs: number }
  | {
      readonly method: 'lock'
      readonly key: string
      readonly ttlMs: number
      readonly owner: string
    }
  | { readonly method: 'release'; readonly key: string; readonly owner: string }

/** The result of each method, as JSON. */
export interface StoreResults {
  readonly getMany: readonly (string | null)[]
  /** `false` if another server acquired the lock in the meantime. */
  readonly set: boolean
  readonly delete: boolean
  readonly touch: boolean
  /** `false` if another server has the lock. */
  readonly lock: boolean
  readonly release: boolean
}
