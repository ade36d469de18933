import { chmodSync, readdirSync, readFileSync } from 'node:fs'
import { delimiter } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findProgram, runProgram } from '../src/command/run-program.js'
import { describe, expect, test } from './support/fixtures.js'

describe('Windows', () => {
  const AZ = 'C:\\Program Files\\Azure CLI\\az.CMD'
  const GIT = 'D:\\git\\git.EXE'
  /** Every program is in the current folder, too. */
  const FILES = [
    AZ,
    GIT,
    'C:\\repository\\az.CMD',
    'az.CMD',
    '.\\az.CMD',
    'bin\\az.CMD',
    '\\az.CMD',
  ]
  const find = (name: string, env: Readonly<Record<string, string>>) =>
    findProgram(name, { platform: 'win32', env, exists: (path) => FILES.includes(path) })
  const PATHEXT = '.EXE;.CMD'

  test('starts the program of PATH, a script with a shell that does not look in the current folder', () => {
    const Path = ';.;bin;\\;C:\\Windows;"C:\\Program Files\\Azure CLI";D:\\git\\'

    expect(find('az', { Path, PATHEXT })).toEqual({
      file: `"${AZ}"`,
      shell: true,
      env: { Path, PATHEXT, NoDefaultCurrentDirectoryInExePath: '1' },
    })
    expect(find('git', { PATH: Path, PATHEXT })).toMatchObject({ file: GIT, shell: false })
  })

  test.for([
    ['', ''],
    ['.;bin;..\\tools;C:;\\', 'only folders of the repository'],
    ['C:\\Windows', 'other folders'],
  ])('does not find it in the PATH "%s"', ([Path = '']) => {
    expect(find('az', { Path, PATHEXT })).toBeUndefined()
  })

  test('has default endings', () => {
    const exists = (path: string): boolean => path === 'C:\\bin\\az.CMD'
    expect(findProgram('az', { platform: 'win32', env: { PATH: 'C:\\bin' }, exists })?.file).toBe(
      '"C:\\bin\\az.CMD"',
    )
  })
})

test('elsewhere, the system looks only in PATH', async ({ folder, write, skip }) => {
  skip(process.platform === 'win32')
  chmodSync(write('the-program', '#!/bin/sh\necho "$0 $*"; exit 3\n'), 0o700)
  const run = (PATH = '') => runProgram('the-program', ['a', 'b'], { env: { PATH }, cwd: folder })

  expect((await run('/usr/bin')).error?.code).toBe('ENOENT')
  expect(await run([folder, process.env['PATH']].join(delimiter))).toMatchObject({
    error: { code: 3 },
    stdout: `${folder}/the-program a b\n`,
  })
})

test('no other file of the command starts programs', () => {
  const source = fileURLToPath(new URL('../src', import.meta.url))
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .filter((name) => readFileSync(`${source}/${name}`, 'utf8').includes('child_process'))
  expect(files).toEqual(['command/run-program.ts'])
})
