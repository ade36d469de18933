import { describe, expect, test } from 'vitest'
import { describeError } from '../../src/web/users/describe-error.ts'

const WITH_MESSAGE = { includesMessage: true }
const WITHOUT_MESSAGE = { includesMessage: false }

/** An error whose stack is the given one. */
function errorWith(message: string, stack: string | undefined): Error {
  const error = new TypeError(message)
  Object.defineProperty(error, 'stack', { value: stack })
  return error
}

describe('the description of an error of the application', () => {
  test('contains the message only if the log may contain personal data', () => {
    const error = errorWith('alex is blocked', undefined)

    expect(describeError(error, WITH_MESSAGE)).toBe('TypeError: alex is blocked')
    expect(describeError(error, WITHOUT_MESSAGE)).toBe('TypeError')
    expect(describeError(errorWith('', undefined), WITH_MESSAGE)).toBe('TypeError')
  })

  test('contains the first frames of the stack, and no lines of the message', () => {
    const message = 'first\n    at alex@contoso.com:1:2'
    const frames = [
      'a (/app/a.js:1:2)',
      'b (/app/b.js:3:4)',
      'c (/app/c.js:5:6)',
      'd (/app/d.js:7:8)',
    ]
    const stack = [`TypeError: ${message}`, ...frames.map((frame) => `    at ${frame}`)].join('\n')

    expect(describeError(errorWith(message, stack), WITHOUT_MESSAGE)).toBe(
      'TypeError (at a (/app/a.js:1:2), at b (/app/b.js:3:4), at c (/app/c.js:5:6))',
    )
    expect(describeError(errorWith('x', 'a stack of somebody else'), WITHOUT_MESSAGE)).toBe(
      'TypeError',
    )
  })

  test('names the type of a value that is not an error', () => {
    expect(describeError('alex is blocked', WITH_MESSAGE)).toBe('It threw "alex is blocked".')
    expect(describeError('alex is blocked', WITHOUT_MESSAGE)).toBe(
      'It threw a value of the type string.',
    )
    expect(describeError(7, WITH_MESSAGE)).toBe('It threw a value of the type number.')
  })
})
