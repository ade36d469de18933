import { expect, test } from 'vitest'
import { joinLists } from '../src/project/join-lists.js'

test.for([
  ["import type {\n  Server,\n} from 'node:http'", "import type { Server } from 'node:http'"],
  [
    'export function home(\n  a: A,\n  b: B,\n): string {',
    'export function home(a: A, b: B): string {',
  ],
  ['export const auth = new Auth(\n  {},\n  env,\n)', 'export const auth = new Auth({}, env)'],
  [
    'export const auth = new Auth(\n  {\n    scopes: [],\n  },\n  env,\n)',
    'export const auth = new Auth({ scopes: [] }, env)',
  ],
  ['export const auth = new Auth(app, {\n})', 'export const auth = new Auth(app)'],
  ['export const auth = new Auth({\n})', 'export const auth = new Auth()'],
  ['export const home = (\n  a: A,\n) =>', 'export const home = (a: A) =>'],
  ['const options = {\n  a: 1,\n  b: 2,\n}', 'const options = { a: 1, b: 2 }'],
  ['forRoot({\n  auth: {\n  },\n})', 'forRoot({\n  auth: {},\n})'],
])('a list that fits is written in one line: %s', ([lines = '', line]) => {
  expect(joinLists(`// a\n${lines}\nb\n`)).toBe(`// a\n${line}\nb\n`)
})

test('a longer list and other lists stay as they are', () => {
  const names = Array.from({ length: 20 }, (_, index) => `  name${index},\n`).join('')
  const text = `import {\n${names}} from 'x'\ncall(\n  a,\n)\n`

  expect(joinLists(text)).toBe(text)
})
