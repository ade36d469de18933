import { expect, test } from 'vitest'

test.each([
  ['toMatchObject', () => expect({ message: 'a' }).toMatchObject({ message: /b/ })],
  ['toMatchObject in a list', () => expect([{ message: 'a' }]).toMatchObject([{ message: /a/ }])],
  ['not.toMatchObject', () => expect({ message: 'a' }).not.toMatchObject({ message: /a/ })],
  ['toEqual', () => expect({ message: 'a' }).toEqual({ message: /a/ })],
  ['not.toEqual', () => expect({ message: 'a' }).not.toEqual({ message: /a/ })],
  ['not.toStrictEqual', () => expect(['a']).not.toStrictEqual([/a/])],
])('%s rejects a regular expression in place of a string', (_name, compare) => {
  expect(compare).toThrow('Use expect.stringMatching(')
})

test('the error of a promise is not compared with a regular expression', async () => {
  const failing = Promise.reject(new Error('a'))
  const compare = async (): Promise<void> => expect(failing).rejects.toMatchObject({ message: /a/ })

  await expect(compare()).rejects.toThrow('Use expect.stringMatching(/a/)')
})

test('two regular expressions are compared by their source and flags', () => {
  expect({ pattern: /a/i }).toEqual({ pattern: /a/i })
  expect({ pattern: /a/i }).toMatchObject({ pattern: /a/i })
  expect({ pattern: /a/i }).not.toMatchObject({ pattern: /a/ })
  expect({ message: 'a' }).toEqual({ message: expect.stringMatching(/a/) })
})
