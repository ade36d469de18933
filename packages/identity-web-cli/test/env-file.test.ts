import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { assertWritable, editEnvFile } from '../src/env-file/edit-env-file.js'
import { replaceVariables } from '../src/env-file/replace-variables.js'
import { describe, expect, test } from './support/fixtures.js'

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

describe('the file', () => {
  const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8)

  test('is replaced at once, so a reader never sees a part of it', async ({ write }) => {
    const path = write('.env', 'A=1\n')
    const before = statSync(path).ino
    await editEnvFile(path, { A: '2' })

    expect(readFileSync(path, 'utf8')).toBe('A=2\n')
    expect(statSync(path).ino).not.toBe(before)
  })

  test('is new, and the folder contains no other file afterwards', async ({ folder }) => {
    const path = join(folder, '.env')
    await editEnvFile(path, { A: '1' })

    expect([modeOf(path), readdirSync(folder)]).toEqual(['600', ['.env']])
  })

  test.for([
    ['644', '600'],
    ['640', '600'],
    ['400', '400'],
  ] as const)('with the mode %s has %s afterwards', async ([mode, expected], { write }) => {
    const path = write('.env', 'A=1\n')
    chmodSync(path, mode)
    await editEnvFile(path, { A: '2' })

    expect(modeOf(path)).toBe(expected)
  })

  // Only root can give a file to another user.
  test.runIf(process.getuid?.() === 0)('keeps its owner', async ({ write }) => {
    const path = write('.env', 'A=1\n')
    chownSync(path, 1234, 1235)
    await editEnvFile(path, { A: '2' })

    const { uid, gid } = statSync(path)
    expect([readFileSync(path, 'utf8'), uid, gid]).toEqual(['A=2\n', 1234, 1235])
  })

  test.for([
    ['a file', true],
    ['a file that does not exist', false],
  ] as const)('can be a symbolic link to %s', async ([, exists], { folder, write }) => {
    mkdirSync(join(folder, 'shared'))
    const target = join(folder, 'shared', 'app.env')
    if (exists) write('shared/app.env', 'B=1\n')
    const link = join(folder, '.env')
    symlinkSync('shared/app.env', link)
    await assertWritable(link)
    await editEnvFile(link, { A: '2' })

    expect(lstatSync(link).isSymbolicLink()).toBe(true)
    expect(readFileSync(target, 'utf8')).toBe(exists ? 'B=1\nA=2\n' : 'A=2\n')
    expect([readdirSync(folder), readdirSync(join(folder, 'shared'))]).toEqual([
      ['.env', 'shared'],
      ['app.env'],
    ])
  })

  test('can be a link in a folder that is a link itself', async ({ folder, write }) => {
    mkdirSync(join(folder, 'a', 'b'), { recursive: true })
    symlinkSync('a/b', join(folder, 'link'))
    symlinkSync('../app.env', join(folder, 'a', 'b', '.env'))
    await editEnvFile(join(folder, 'link', '.env'), { A: '1' })

    expect(readFileSync(join(folder, 'a', 'app.env'), 'utf8')).toBe('A=1\n')
    write('a/app.env', 'A=2\n')
    await editEnvFile(join(folder, 'link', '.env'), { A: '3' })
    expect(readFileSync(join(folder, 'a', 'app.env'), 'utf8')).toBe('A=3\n')
  })

  test('stays as it is after an error, and no temporary file remains', async ({
    folder,
    write,
  }) => {
    const path = write('.env', 'A=1\n')
    await expect(editEnvFile(path, { A: 'x\'"`' })).rejects.toThrow('contains all quotation marks')
    expect(readFileSync(path, 'utf8')).toBe('A=1\n')

    // The new file cannot take the place of a folder that appears while it is written.
    const other = join(folder, 'other.env')
    const edit = editEnvFile(other, { A: '1' })
    mkdirSync(join(other, 'folder'), { recursive: true })
    await expect(edit).rejects.toThrow(/EISDIR|EEXIST|ENOTEMPTY|EPERM|is not a file/)
    expect(readdirSync(folder).toSorted()).toEqual(['.env', 'other.env'])
  })
})
