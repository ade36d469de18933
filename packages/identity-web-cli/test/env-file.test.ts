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
import { findFile } from '../src/env-file/find-file.js'
import { replaceVariables } from '../src/env-file/replace-variables.js'
import { describe, expect, test } from './support/fixtures.js'

const WAS = '# Replaced by identity-web-cli:\n# '

test.each([
  ['an empty file', '', 'A=new\n'],
  ['a file without the variable', 'B=1\n', 'B=1\nA=new\n'],
  ['a file without a line break at its end', 'B=1', 'B=1\nA=new\n'],
  ['a value in its place', 'A=old\nB=1\n', `${WAS}A=old\nA=new\nB=1\n`],
  [
    'an exported variable',
    '  export A = old # note\nB=1\n',
    `${WAS}  export A = old # note\n  export A=new\nB=1\n`,
  ],
  ['a variable that is set twice', 'A=1\nB=1\nA=2\n', `${WAS}A=1\nB=1\n${WAS}A=2\nA=new\n`],
  [
    'a quoted value of several lines',
    'A="-----BEGIN\nX=1\n-----END"\nB=1\n',
    `${WAS}A="-----BEGIN\n# X=1\n# -----END"\nA=new\nB=1\n`,
  ],
  ['a quotation mark that does not end', `A='old\nB=1\n`, `${WAS}A='old\nA=new\nB=1\n`],
  ['a comment with the variable', '# A=old\n', '# A=old\nA=new\n'],
  ['a name that starts with the name', 'AB=1\nA.B=2\n', 'AB=1\nA.B=2\nA=new\n'],
  ['lines of Windows', 'B=1\r\nA=\r\n', 'B=1\r\nA=new\r\n'],
  ['a value that is empty', 'A=\nB=1\n', 'A=new\nB=1\n'],
  ['nothing if the value is the same', 'A = "new" # note\n', 'A = "new" # note\n'],
  ['nothing but the place of a value that is the same', 'A=new\nB=1\nA=new\n', 'B=1\nA=new\n'],
])('changes %s', (_name, before, after) => {
  const { text, replaced } = replaceVariables(before, { A: 'new' })
  expect(text).toBe(after)
  expect(replaced).toEqual(after.includes(WAS) ? ['A'] : [])
  // The old lines are comments for Node.js, too.
  expect(parseEnv(text)['A']).toBe('new')
})

test('a value that another variable gets is not a comment too', () => {
  expect(replaceVariables('A=old\nB=older\n', { A: 'new', B: 'old' })).toEqual({
    text: `A=new\n${WAS}B=older\nB=old\n`,
    replaced: ['B'],
  })
})

test('removes a variable', () => {
  expect(replaceVariables('A=1\nB=2\n', { A: undefined }).text).toBe('B=2\n')
})

test('rejects a value that the file cannot contain', () => {
  expect(() => replaceVariables('', { A: 'x\'"`' })).toThrow('The value of A contains all')
})

test.each(['a b', 'a#b', "a'b\\nc", "a'b", 'a"b', 'a\\nb', 'a$b', '  a ', 'x\ny', 'x=y', 'äöü'])(
  'Node.js reads the value %j as it was written',
  (value) => {
    expect(parseEnv(replaceVariables('A=old\n', { A: value }).text)).toEqual({ A: value })
  },
)

describe('the file', () => {
  const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8)

  test('is replaced at once, so a reader never sees a part of it', async ({ write }) => {
    const path = write('.env', 'A=1\n')
    const before = statSync(path).ino
    await editEnvFile(path, { A: '2' })

    expect(readFileSync(path, 'utf8')).toBe(`${WAS}A=1\nA=2\n`)
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
    expect([readFileSync(path, 'utf8'), uid, gid]).toEqual([`${WAS}A=1\nA=2\n`, 1234, 1235])
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
    const path = await findFile(folder, '.env')
    await assertWritable(path)
    await editEnvFile(path, { A: '2' })

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
    const edit = async (A: string) => editEnvFile(await findFile(folder, 'link/.env'), { A })
    await edit('1')

    expect(readFileSync(join(folder, 'a', 'app.env'), 'utf8')).toBe('A=1\n')
    write('a/app.env', 'A=2\n')
    await edit('3')
    expect(readFileSync(join(folder, 'a', 'app.env'), 'utf8')).toBe(`${WAS}A=2\nA=3\n`)
  })

  test('stays as it is after an error, and no temporary file remains', async ({
    folder,
    write,
  }) => {
    const path = write('.env', 'A=1\n')
    await expect(editEnvFile(path, { A: 'x\'"`' })).rejects.toThrow(
      'contains all three kinds of quotation marks',
    )
    expect(readFileSync(path, 'utf8')).toBe('A=1\n')

    // The new file cannot take the place of a folder that appears while it is written.
    const other = join(folder, 'other.env')
    const edit = editEnvFile(other, { A: '1' })
    mkdirSync(join(other, 'folder'), { recursive: true })
    await expect(edit).rejects.toThrow(/EISDIR|EEXIST|ENOTEMPTY|EPERM|is not a file/)
    expect(readdirSync(folder).toSorted()).toEqual(['.env', 'other.env'])
  })
})

describe('a symbolic link', () => {
  /** Makes a file outside of the project, whose folder is `project`. */
  const places = test.extend('project', ({ folder, write }) => {
    mkdirSync(join(folder, 'project', 'packages', 'web'), { recursive: true })
    mkdirSync(join(folder, 'outside'))
    write('outside/app.env', 'A=1\n')
    write('project/app.env', 'A=1\n')
    return join(folder, 'project')
  })

  places.for([
    ['a file', '.env', '../outside/app.env'],
    ['a file that does not exist', '.env', '../outside/new.env'],
    ['a folder', 'config', '../outside', 'config/app.env'],
    ['a folder, for a file that does not exist', 'config', '../outside', 'config/new.env'],
    ['a link to a link', '.env', 'packages/.env', '.env', '../../outside/app.env'],
  ] as const)(
    'outside of the project is rejected: %s',
    async ([, link, to, given = link, second], { project }) => {
      symlinkSync(to, join(project, link))
      if (second !== undefined) symlinkSync(second, join(project, to))

      await expect(findFile(project, given)).rejects.toThrow(
        /is or contains a symbolic link to .*outside.*\. This target is outside of the project in .*project,/,
      )
    },
  )

  places.for([
    ['a repository', '.git', '', true],
    ['an npm workspace', 'package.json', '{"workspaces":["packages/*"]}', true],
    ['a pnpm workspace', 'pnpm-workspace.yaml', 'packages: []', true],
    ['a package that contains another one', 'package.json', '{}', false],
    ['a package whose package.json is broken', 'package.json', '{', false],
  ] as const)('to the folder of %s', async ([, marker, text, isAllowed], { project, write }) => {
    write(`project/${marker}`, text)
    write('project/packages/web/package.json', '{}')
    const web = join(project, 'packages', 'web')
    symlinkSync('../../app.env', join(web, '.env'))

    const found = findFile(web, '.env')

    if (isAllowed) expect(await found).toBe(join(project, 'app.env'))
    else await expect(found).rejects.toThrow('outside of the project in')
  })

  places(
    'of another folder that the user names is followed only inside that one',
    async ({ project, folder }) => {
      symlinkSync(join(folder, 'outside'), join(folder, 'alias'))
      symlinkSync('../project/app.env', join(folder, 'outside', '.env'))

      expect(await findFile(project, '../alias/app.env')).toBe(join(folder, 'outside', 'app.env'))
      expect(await findFile(project, '../outside/new.env')).toBe(join(folder, 'outside', 'new.env'))
      await expect(findFile(project, '../outside/.env')).rejects.toThrow('outside of the project')
    },
  )
})
