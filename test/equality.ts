// In `toMatchObject`, Vitest compares an expected regular expression by its enumerable properties. It has none, so it would
// match every value. In `not.toEqual`, it would differ from every string.
import { expect } from 'vitest'

// Test files share a process, and this file runs for each of them.
const ADDED = Symbol.for('identity-web.equality')
const shared = globalThis as { [ADDED]?: true }

if (shared[ADDED] === undefined) {
  shared[ADDED] = true
  expect.addEqualityTesters([sameExpression])
}

function sameExpression(received: unknown, expected: unknown): boolean | undefined {
  if (!(expected instanceof RegExp)) return undefined
  if (received instanceof RegExp) return String(received) === String(expected)
  throw new TypeError(
    `The expected value ${expected} is a regular expression, which does not match strings here. Use expect.stringMatching(${expected}).`,
  )
}
