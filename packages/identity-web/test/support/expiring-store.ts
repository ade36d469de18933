import { CountingStore } from './counting-store.ts'
import type { Clock } from '../../../dev-provider/test/support/clock.ts'

/** A store in memory that deletes values when they expire by the clock of the test. */
export class ExpiringStore extends CountingStore {
  readonly #clock: Clock
  readonly #ends = new Map<string, number>()

  constructor(clock: Clock) {
    super()
    this.#clock = clock
  }

  override get(key: string): unknown {
    if (this.#clock.now() >= (this.#ends.get(key) ?? Infinity)) this.entries.delete(key)
    return super.get(key)
  }

  override set(key: string, value: string, ttlMs: number): unknown {
    this.#ends.set(key, this.#clock.now() + ttlMs)
    return super.set(key, value, ttlMs)
  }
}
