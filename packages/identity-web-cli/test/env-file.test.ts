import { parseEnv } from 'node:util'
import { expect, test } from 'vitest'
import { replaceVariables } from '../src/env-file/replace-variables.js'

test.each([
  ['an empty file', '', 'A=new\n'],
  ['a file without the variable', 'B=1\n', 'B=1\nA=new\n'],
  ['a file without a line break at its end', 'B=1', 'B=1\nA=new\n'],
  ['a value in its place', 'A=old\nB=1\n', 'A=new\nB=1\n'],
  ['an exported variable', '  export A = old # note\nB=1\n', '  export A=new\nB=1\n'],
  ['a variable that is set twice', 'A=1\nB=1\nA=2\n', 'B=1\nA=new\n'],
  ['a quoted value of several lines', 'A="-----BEGIN\nX=1\n-----END"\nB=1\n', 'A=new\nB=1\n'],
  ['a quotation mark that does not end', `A='old\nB=1\n`, 'A=new\nB=1\n'],
  ['a comment with the variable', '# A=old\n', '# A=old\nA=new\n'],
  ['a name that starts with the name', 'AB=1\nA.B=2\n', 'AB=1\nA.B=2\nA=new\n'],
  ['lines of Windows', 'B=1\r\nA=old\r\n', 'B=1\r\nA=new\r\n'],
])('changes %s', (_name, before, after) => {
  expect(replaceVariables(before, { A: 'new' })).toBe(after)
})

test('removes a variable', () => {
  expect(replaceVariables('A=1\nB=2\n', { A: undefined })).toBe('B=2\n')
})

test('rejects a value that the file cannot contain', () => {
  expect(() => replaceVariables('', { A: 'x\'"`' })).toThrow('The value of A contains all')
})

test.each(['a b', 'a#b', "a'b\\nc", "a'b", 'a"b', 'a\\nb', 'a$b', '  a ', 'x\ny', 'x=y', 'äöü'])(
  'Node.js reads the value %j as it was written',
  (value) => {
    expect(parseEnv(replaceVariables('A=old\n', { A: value }))).toEqual({ A: value })
  },
)
