import { describe, expect, test } from 'vitest'
import { IdentityError } from '../src/errors.ts'
import { loadLater } from '../src/load-later.ts'

describe('a part that is loaded later', () => {
  test('is loaded with the first call, and then returned without a promise', async () => {
    let loads = 0
    const load = loadLater('a test', async () => ({ number: ++loads }))

    expect(loads).toBe(0)
    expect(await load()).toEqual({ number: 1 })
    expect(load()).toEqual({ number: 1 })
    expect(loads).toBe(1)
  })

  // In Workers, a request cannot wait for the promise of another request.
  test('is loaded by each call until it is there', async () => {
    let loads = 0
    const load = loadLater('a test', async () => ({ number: ++loads }))

    await Promise.all([load(), load()])

    expect(loads).toBe(2)
  })

  test('is loaded again after a failure, whose error says what to do', async () => {
    let fails = true
    const cause = new TypeError('Cannot find module chunk-1.js.')
    const load = loadLater('the sign-in', async () => {
      if (fails) throw cause
      return 'loaded'
    })

    const error: unknown = await Promise.resolve(load()).catch((reason: unknown) => reason)
    expect(IdentityError.is(error) && error.code).toBe('configuration')
    expect(error).toMatchObject({
      cause,
      message:
        'A module of identity-web could not be loaded for the sign-in: Cannot find module chunk-1.js. Deploy all files of the build together, because identity-web loads some files only when a request needs them.',
    })

    fails = false
    expect(await load()).toBe('loaded')
  })
})
