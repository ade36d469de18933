// Continues without the store while it is down.
import type { IdentityError } from '../errors.ts'
import type { EventEmitter } from '../event-emitter.ts'
import { createReliableStore, type ReliableStore } from '../reliable-store.ts'
import { STORE_TIMEOUT_SECONDS, type SessionStore } from '../store.ts'

/** The store for the tokens. Every process also works without it, so a failure is only a warning. */
export interface SharedStore extends ReliableStore {
  /** Returns whether the store has failed. A request must not wait for a failed store. */
  isDown(): boolean
  /** Finds out in the background whether the store works again. */
  probe(): void
}

export function createSharedStore(given: SessionStore, events: EventEmitter): SharedStore {
  let failure: IdentityError | undefined
  let isDown = false

  const store = createReliableStore(given, {
    words: WORDS,
    events,
    timeoutSeconds: STORE_TIMEOUT_SECONDS,
    // The provider can issue another token, so a request waits for a broken store only once.
    maxFailures: 1,
    onFailure: (error) => (failure = error),
    onChange(down) {
      isDown = down
      if (down) reportOutage(events, failure)
    },
  })

  return {
    ...store,
    isDown: () => isDown,
    probe() {
      // In a promise, because the circuit breaker throws.
      Promise.resolve()
        .then(() => store.getMany(['ready']))
        .catch(() => undefined)
    },
  }
}

const WORDS = {
  name: 'store of sharedTokens()',
  hint: 'Check that the store is running and that this server can reach it.',
}

function reportOutage(events: EventEmitter, failure: IdentityError | undefined): void {
  events.emit('store.unavailable', {
    level: 'warn',
    code: 'store_unavailable',
    reason: failure?.reason ?? 'store_failed',
    message:
      'The store of sharedTokens() does not work. Until the store responds again, each process requests its own tokens.',
    hint: WORDS.hint,
  })
}
