import { expect, test } from 'vitest'
import { problemOfName } from '../src/project/package-name.js'

test.for(['my-app', 'app2', 'a.b_c~d', '0'])('accepts %s', (name) => {
  expect(problemOfName(name)).toBeUndefined()
})

test.for([
  ['My App', 'my-app'],
  ['.hidden', 'hidden'],
  ['_private', 'private'],
  ['größe', 'gr-e'],
  ['@scope/app', 'scope-app'],
  ['', 'my-app'],
  ['日本', 'my-app'],
])('rejects "%s", and suggests %s', ([name = '', better]) => {
  const problem = problemOfName(name)

  expect(problem).toMatch(/ is not valid for a package\. Use lower-case letters/)
  expect(problem?.endsWith(`for example ${better}.`)).toBe(true)
  expect(problemOfName(better ?? '')).toBeUndefined()
})

test('rejects a name that is too long, and a name that npm reserves', () => {
  expect(problemOfName('a'.repeat(215))).toContain('a'.repeat(214))
  expect(problemOfName('node_modules')).toMatch(/reserves/)
})
