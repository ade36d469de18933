const systemNow = Date.now
let offset = 0

/** Moves the clock of this process forward, so that tokens expire without waiting. Call it before other imports. */
export function advanceClock(seconds) {
  offset += seconds * 1000
  Date.now = () => systemNow() + offset
}
