/** A clock that tests can advance. */
export interface Clock {
  now(): number
  /** Moves the clock forward by this number of seconds, or back. */
  advance(seconds: number): void
}

/** @param time - The time without `advance`. A constant stops the clock. */
export function createClock(time: () => number = Date.now): Clock {
  let offset = 0
  return {
    now: () => time() + offset,
    advance: (seconds) => {
      offset += seconds * 1000
    },
  }
}
